"""A group of questions while somebody decides about it in the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.faq.entry import FaqBook
from bot.review.groups import ADDED, Group, has_marks
from bot.review.likeness import Suggestion


@dataclass(slots=True)
class Row:
    """A question: `text` as it would be added, `inside` whether it is decided about."""

    key: str
    text: str
    people: int
    added: bool
    inside: bool = True

    @property
    def is_refused(self) -> bool:
        return has_marks(self.text)


@dataclass(slots=True)
class Card:
    """`entry`: the id of the one that gets the wordings."""

    group: Group
    suggestion: Suggestion
    rows: list[Row]
    entry: str

    @classmethod
    def of(cls, group: Group, suggestion: Suggestion, book: FaqBook) -> Card:
        free = [one.key for one in group.questions if not one.has_marks][:ADDED]
        rows = [Row(q.key, q.text, len(q.who), q.key in free) for q in group.questions]
        likely = (one.entry for one in suggestion.candidates)
        return cls(group, suggestion, rows, next(likely, book.entries[0].id))

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(row.key for row in self._inside())

    @property
    def texts(self) -> tuple[str, ...]:
        """Those to be added."""
        return tuple(row.text for row in self._inside() if row.added)

    def _inside(self) -> Iterable[Row]:
        return (row for row in self.rows if row.inside)
