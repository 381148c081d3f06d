"""Questions that wait for a decision, and groups of such that say much the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.review.unsolved import REASONS, Unsolved
from bot.text.redact import INSURANCE_SYMBOL, MY_NUMBER

# Of a group, so many wordings are added unless somebody chooses others: what they say in common
# counts with the first, and a fifth adds little.
ADDED = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A question however it was spelt.  `key`: folded; `text`: as it was asked last; `who`: each
    conversation and each agent's lookup in which it was asked; `last`: in Japan; `reasons` and
    `shown` (the entries that did not help): each with how often."""

    key: str
    text: str
    language: str
    who: frozenset[str] = field(repr=False)
    last: datetime
    reasons: Mapping[str, int]
    shown: Mapping[str, int]

    @classmethod
    def of(cls, key: str, asked: Sequence[Unsolved]) -> Question:
        last = max(asked, key=lambda one: one.at)
        return cls(
            key,
            last.text,
            last.language,
            frozenset(one.who for one in asked),
            last.at,
            _in_order(Counter(one.reason for one in asked), REASONS),
            Counter(one.shown for one in asked if one.shown is not None),
        )

    @property
    def has_marks(self) -> bool:
        """Whether something was taken out of it: it is no example as it stands."""
        return has_marks(self.text)

    def as_dict(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "text": self.text,
            "people": len(self.who),
            "last": self.last.isoformat(timespec="seconds"),
            "redacted": self.has_marks,
        }


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that say much the same; the first asked by most, `representative` in their
    middle."""

    representative: str
    questions: tuple[Question, ...]

    @classmethod
    def of(cls, questions: Sequence[Question], representative: Question) -> Group:
        return cls(representative.text, tuple(sorted(questions, key=rank)))

    @property
    def language(self) -> str:
        return self.questions[0].language

    @property
    def people(self) -> int:
        return len(frozenset().union(*(one.who for one in self.questions)))

    @property
    def last(self) -> datetime:
        return max(one.last for one in self.questions)

    @property
    def reasons(self) -> Mapping[str, int]:
        return _in_order(_total(one.reasons for one in self.questions), REASONS)

    @property
    def shown(self) -> Mapping[str, int]:
        """The entries that did not help, the one shown most often first."""
        return dict(_total(one.shown for one in self.questions).most_common())

    def as_dict(self) -> dict[str, Any]:
        return {
            "representative": self.representative,
            "language": self.language,
            "people": self.people,
            "last": self.last.isoformat(timespec="seconds"),
            "reasons": dict(self.reasons),
            "shown": dict(self.shown),
            "questions": [one.as_dict() for one in self.questions],
        }


def rank(one: Question | Group) -> tuple[int, float, str]:
    """The most people first, then the latest, then by text."""
    people = len(one.who) if isinstance(one, Question) else one.people
    name = one.key if isinstance(one, Question) else one.representative
    return -people, -one.last.timestamp(), name


def has_marks(text: str) -> bool:
    """Whether a mark of the redaction stands in a text."""
    return MY_NUMBER in text or INSURANCE_SYMBOL in text


def _total(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return total


def _in_order(counts: Mapping[str, int], order: Sequence[str]) -> dict[str, int]:
    return {name: counts[name] for name in order if counts.get(name)}
