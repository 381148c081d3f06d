"""What an agent sees of an entry, and of a query."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any, Final

from bot import clock
from bot.faq.card import contact_card
from bot.faq.categories import button
from bot.faq.entry import Entry
from bot.match.decision import Candidate
from bot.match.highlight import Highlighter
from bot.match.model import FaqModel

# Of the answers given at .8 four in five are right or more: to be read out.  One word of a question
# is never so sure; below .05 are one in 500 development questions that have an answer, and four in
# five of those that have none.
SURE: Final = 0.8
LIKELY: Final = 0.05
_KEPT: Final = 1000  # rankings: who types on, deletes and types again asks the same


class Lookup:
    """Answers queries out of one model."""

    def __init__(self, model: FaqModel) -> None:
        self.model = model
        self._highlighter = Highlighter(model.matcher.reader.sudachi)
        self._ranking = lru_cache(maxsize=_KEPT)(self._ranked)

    def hits(self, query: str, limit: int, day: date) -> list[dict[str, Any]]:
        """The likeliest entries that hold on `day`, as data."""
        meant, ranking = self._ranking(query, day)
        return [self._hit(candidate, meant, day) for candidate in ranking[:limit]]

    def _ranked(self, query: str, day: date) -> tuple[str, tuple[Candidate, ...]]:
        meant = self.model.matcher.reader.meant(query)
        return meant, self.model.rank(query, len(self.model.book.entries), day)

    def _hit(self, candidate: Candidate, meant: str, day: date) -> dict[str, Any]:
        entry = self.model.book.entry(candidate.entry)
        return {
            **self.entry(entry, day),
            "confidence": round(candidate.confidence, 4),
            "certainty": certainty(candidate.confidence),
            "words": self._highlighter.shared(meant, entry.question, entry.label, entry.answer),
        }

    def entry(self, entry: Entry, day: date) -> dict[str, Any]:
        """All of an entry, the internal note too; contacts are open or closed now."""
        book, now = self.model.book, clock.now()
        related = (book.entry(id) for id in entry.related)
        return {
            "id": entry.id,
            "category": entry.category,
            "question": entry.question,
            "label": entry.label,
            "answer": entry.answer,
            "short": entry.short,
            "easy": entry.easy,
            "agent_note": entry.agent_note,
            "steps": [asdict(step) for step in entry.steps],
            "contacts": [contact_card(book.contact(id), now) for id in entry.contacts],
            "links": [
                {"id": c.id, "name": c.name, "url": c.url} for c in map(book.contact, entry.links)
            ],
            "related": [button(other) for other in related if other.is_valid_on(day)],
            "source": entry.source,
            "reviewed": _iso(entry.reviewed),
            "valid_from": _iso(entry.valid_from),
            "valid_until": _iso(entry.valid_until),
        }


def certainty(confidence: float) -> str:
    """What a page says in words: 確実, 候補, 要確認."""
    if confidence >= SURE:
        return "sure"
    return "likely" if confidence >= LIKELY else "unsure"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
