"""What an action needs of the tracker, typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

from bot.faq.entry import Entry, FaqBook
from bot.nlu import served
from bot.nlu.labels import DECISION_KEY
from bot.text.language import JAPANESE


@dataclass(frozen=True, slots=True)
class Turn:
    """The user's last message as the matcher saw it, and the book that answers it.

    `both`: the message asks for each of the `choices`; `language`: what it is written in.
    """

    book: FaqBook
    entry: Entry | None
    choices: tuple[Entry, ...]
    candidates: tuple[Entry, ...]
    topic_kind: str
    both: bool = False
    language: str = JAPANESE

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        """A message that never passed the matcher (an empty one) is a turn without a match."""
        decision: dict[str, Any] = (tracker.latest_message or {}).get(DECISION_KEY) or {}
        return cls.read(decision, served.current().book)

    @classmethod
    def read(cls, decision: dict[str, Any], book: FaqBook) -> Turn:
        """Of a decision as it travels through Rasa (bot/nlu/labels.py)."""
        answers = _known(book, [decision.get("entry")])
        return cls(
            book=book,
            entry=answers[0] if answers else None,
            choices=_known(book, decision.get("choices", [])),
            candidates=_known(book, [c["id"] for c in decision.get("candidates", [])]),
            topic_kind=_kind(book, decision.get("topic")),
            both=decision.get("both", False),
            language=decision.get("language", JAPANESE),
        )


def _known(book: FaqBook, ids: list[Any]) -> tuple[Entry, ...]:
    """Entries by id; an id of an older model that the book no longer has is passed over."""
    by_id = {e.id: e for e in book.entries}
    return tuple(by_id[i] for i in ids if i in by_id)


def _kind(book: FaqBook, topic_id: str | None) -> str:
    return next((t.kind for t in book.topics if t.id == topic_id), "near")
