"""The data folder, read as a whole: a checked book, or every fault of every file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from bot.faq import contacts, entries, further, topics
from bot.faq.contrasts import check_contrasts
from bot.faq.entry import FaqBook
from bot.faq.fault import FaqError, Fault, Scope, quote
from bot.faq.ledger import Ledger
from bot.faq.record import Record, Shape
from bot.faq.references import check_addresses, check_links, check_references
from bot.faq.resolve import resolve
from bot.faq.source import read_source
from bot.faq.store import make_book
from bot.faq.texts import read_items, refuse_empty
from bot.faq.wordings import check_choices, check_wordings
from bot.faq.yaml_nodes import Node, Scalar, Table, parse
from bot.faq.yaml_problem import refuse_tabs

FILES = {
    "entries": "faq.yml",
    "wordings": "wordings.yml",
    "contacts": "contacts.yml",
    "topics": "out_of_scope.yml",
}
"""Top-level key → the file that holds it."""

OPTIONAL = frozenset({"wordings"})
"""The top-level keys whose files may be missing."""

T = TypeVar("T")


def load_book(data: Path) -> FaqBook:
    """Read faq.yml, wordings.yml, contacts.yml and out_of_scope.yml in the folder `data`.

    Raises FaqError with all faults of all files; a book is never half-loaded.
    """
    faults: list[Fault] = []
    if not os.path.isdir(data):  # Path.is_dir raises where a parent may not be searched
        found = "フォルダーがありません。"
        advice = "FAQ のファイルがあるフォルダーを指定してください。"
        Scope(_shown(data), faults).fault("missing_folder", None, found, "", advice)
        raise FaqError(tuple(faults))
    ledger = Ledger()
    read_entries = _read(data, "entries", entries.SHAPE, entries.read_entry, ledger, faults)
    more = _read(data, "wordings", further.SHAPE, further.read_further, ledger, faults)
    drafts = _read(data, "contacts", contacts.SHAPE, contacts.read_contact, ledger, faults)
    read_topics = _read(data, "topics", topics.SHAPE, topics.read_topic, ledger, faults)
    by_id = {draft.contact.id: draft for draft in reversed(drafts) if draft is not None}
    drafted = [draft for draft in drafts if draft is not None and by_id[draft.contact.id] is draft]
    check_wordings(ledger)
    check_choices(ledger)
    check_references(ledger)
    check_contrasts(ledger)
    check_links(ledger, {one.contact.id for one in drafted if "url" not in one.record.values})
    check_addresses(ledger)
    resolved = resolve(drafted)
    if faults:
        raise FaqError(_sorted(faults, data))
    whole = further.add_further(read_entries, more)
    return make_book(whole, resolved, tuple(read_topics), ledger.where)


def _read(
    data: Path,
    section: str,
    shape: Shape,
    read_one: Callable[[Record, Ledger], T],
    ledger: Ledger,
    faults: list[Fault],
) -> list[T]:
    """Everything in one file that can be read; the rest becomes faults."""
    path = data / FILES[section]
    scope = Scope(_shown(path), faults)
    items = _items(path, section, scope)
    if items is None:
        ledger.incomplete.add(section)
        return []
    read = []
    for number, item in enumerate(items, 1):
        inside = scope.within(_own_id(item) or f"{number}件目")
        record = Record.read(item, shape, inside)
        node = None if record is None else record.get("id")
        if record is None or node is None or _own_id(item) is None:
            ledger.incomplete.add(section)
        else:
            ledger.claim(section, inside.entry or "", node, inside)
        if record is not None:
            read.append(read_one(record, ledger))
    return read


def _items(path: Path, section: str, scope: Scope) -> list[Node] | None:
    """The members of the file's one list; None where there is no such list."""
    text = read_source(path, scope, required=section not in OPTIONAL)
    if text is None or refuse_tabs(text, scope):
        return None
    before = len(scope.faults)
    root = parse(text, scope)
    record = None if root is None else Record.read(root, Shape((section,)), scope)
    node = None if record is None else record.get(section)
    if node is None:
        return None
    items = read_items(node, f"{section} ", scope)
    if not items and section == "entries" and len(scope.faults) == before:
        refuse_empty(node, f"{section} ", scope)
    return items if items or len(scope.faults) == before else None


def _own_id(item: Node) -> str | None:
    """The id that an item gives itself, right or wrong, to name it in messages."""
    if not isinstance(item, Table):
        return None
    ids: Iterator[str] = (
        quote(node.text.strip(), 64)[1:-1]
        for key, node in item.pairs
        if key.text == "id" and isinstance(node, Scalar)
    )
    return next(ids, "") or None


def _shown(path: Path) -> str:
    """The path as people know it: from the working folder where it lies in it."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def _sorted(faults: list[Fault], data: Path) -> tuple[Fault, ...]:
    order = {_shown(data / name): number for number, name in enumerate(FILES.values())}
    faults = sorted(faults, key=lambda one: (order[one.file], one.line or 0, one.column or 0))
    return tuple(faults)
