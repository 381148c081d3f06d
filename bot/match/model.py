"""The trained model as one thing: the approved book and the matcher fitted to it.

Rasa packs the folder that `FaqModel.save` writes into its model archive, so an archive is
complete in itself: what it answers cannot drift from what it was trained on, and going
back to an older archive goes back to its answers too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.clock import today
from bot.errors import FaqBotError
from bot.faq.entry import FaqBook
from bot.faq.store import book_from_json, book_to_json
from bot.match.decision import Candidate, Decision
from bot.match.matcher import Matcher
from bot.match.sources import DATA, MODEL_VERSION, SOURCES_FILE, sources_fingerprint

BOOK_FILE = "book.json"
VERSION_FILE = "version"


class StaleModelError(FaqBotError):
    """The model was made by code that this code does not understand."""


@dataclass(frozen=True)
class FaqModel:
    book: FaqBook
    matcher: Matcher

    def match(self, text: str, day: date | None = None) -> Decision:
        """Decide what answers `text` on `day` (today in Japan unless given)."""
        return self.match_all([text], day)[0]

    def match_all(self, texts: Sequence[str], day: date | None = None) -> list[Decision]:
        """The same for many texts at once, in order."""
        return self.matcher.match(texts, self._hidden(day))

    def rank(self, text: str, limit: int, day: date | None = None) -> tuple[Candidate, ...]:
        """The best `limit` entries for `text`, whatever the decision would be."""
        return self.matcher.rank(text, self._hidden(day))[:limit]

    def valid_ids(self, day: date | None = None) -> frozenset[str]:
        """The entries that hold on `day` (today in Japan unless given)."""
        day = day or today()
        return frozenset(e.id for e in self.book.entries if e.is_valid_on(day))

    def _hidden(self, day: date | None) -> frozenset[str]:
        return frozenset(e.id for e in self.book.entries) - self.valid_ids(day)

    def save(self, folder: Path, data: Path = DATA) -> None:
        """`data` is the folder that the content came from."""
        (folder / BOOK_FILE).write_text(book_to_json(self.book), encoding="utf-8")
        (folder / VERSION_FILE).write_text(str(MODEL_VERSION), encoding="ascii")
        fingerprint = sources_fingerprint(self.book.fingerprint, data)
        (folder / SOURCES_FILE).write_text(fingerprint, encoding="ascii")
        self.matcher.save(folder)

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> FaqModel:
        version = folder / VERSION_FILE
        if not version.is_file() or version.read_text("ascii") != str(MODEL_VERSION):
            raise StaleModelError(
                "学習済みモデルが、このプログラムの版と合いません。faq train を実行してください。"
            )
        book = book_from_json((folder / BOOK_FILE).read_text(encoding="utf-8"))
        return cls(book, Matcher.load(folder, threads))
