"""The lines of single wordings, for notices about one of three thousand.

The loader keeps the places of keys. A file is read once more when a wording in it is asked for,
which happens for a handful of notices or not at all.
"""

from __future__ import annotations

from pathlib import Path

from bot.faq.entry import FaqBook
from bot.faq.fault import Scope
from bot.faq.notice import Place
from bot.faq.source import Spot, read_source
from bot.faq.yaml_nodes import Listing, Node, Scalar, Table, parse

_KEYS = ("question", "examples")


class WordingPlaces:
    """Looks up the wordings of one book."""

    def __init__(self, book: FaqBook) -> None:
        self._book = book
        self._files: dict[str, dict[tuple[str, str], Spot]] = {}

    def of_entry(self, id: str, text: str) -> Place:
        """Where the entry has the wording, in faq.yml or wordings.yml."""
        fallback = Place.of(self._book, "entries", id, "examples")
        return self._found(("entries", "wordings"), id, text) or fallback

    def of_topic(self, id: str, text: str) -> Place:
        """Where the topic has the wording."""
        return self._found(("topics",), id, text) or Place.of(self._book, "topics", id)

    def _found(self, sections: tuple[str, ...], id: str, text: str) -> Place | None:
        for section in sections:
            file = self._book.where.get(f"{section}/{id}", "").rpartition(":")[0]
            spot = self._spots(file).get((id, text)) if file else None
            if spot is not None:
                return Place(file, spot.line, spot.column, id)
        return None

    def _spots(self, file: str) -> dict[tuple[str, str], Spot]:
        """Id and wording → where; empty for a file that has gone since it was loaded."""
        if file not in self._files:
            scope = Scope(file, [])
            text = read_source(Path(file), scope)
            root = None if text is None else parse(text, scope)
            self._files[file] = _spots(root)
        return self._files[file]


def _spots(root: Node | None) -> dict[tuple[str, str], Spot]:
    spots: dict[tuple[str, str], Spot] = {}
    for _, listing in root.pairs if isinstance(root, Table) else ():
        for item in listing.items if isinstance(listing, Listing) else ():
            if not isinstance(item, Table):
                continue
            values = {key.text: value for key, value in item.pairs}
            id = values.get("id")
            for scalar in (s for key in _KEYS for s in _scalars(values.get(key))):
                if isinstance(id, Scalar):
                    spot = Spot(scalar.line, scalar.column)
                    spots.setdefault((id.text, scalar.text.strip()), spot)
    return spots


def _scalars(node: Node | None) -> list[Scalar]:
    if isinstance(node, Listing):
        return [item for item in node.items if isinstance(item, Scalar)]
    return [node] if isinstance(node, Scalar) else []
