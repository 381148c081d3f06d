"""How often what became of questions, and what members said of the answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from bot.review.rates import Rate


@dataclass(frozen=True, slots=True)
class Counts:
    """Questions by what became of them, and answers by what was said of them.

    A choice that is taken belongs to the question that led to it; it is no question of its own.
    """

    answered: int = 0  # at once
    taken: int = 0  # answered with one of the choices that were offered
    picked: int = 0  # from the menu, the suggestions, or the questions beside an answer
    left: int = 0  # choices were offered and none was taken
    unanswered: int = 0
    helpful: int = 0
    unhelpful: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*map(sum, zip(astuple(self), astuple(other), strict=True)))

    @property
    def asked(self) -> int:
        return self.answers + self.left + self.unanswered

    @property
    def answers(self) -> int:
        """Each question has at most one."""
        return self.answered + self.taken + self.picked

    @property
    def offered(self) -> int:
        """Questions to which choices were offered."""
        return self.taken + self.left

    @property
    def rated(self) -> int:
        """Answers of which somebody said whether they helped."""
        return self.helpful + self.unhelpful

    @property
    def silent(self) -> int:
        """Answers of which nobody said anything: neither help nor harm."""
        return self.answers - self.rated

    def rate(self, measure: str) -> Rate:
        """A measure of RATES with what it is a share of."""
        return Rate(getattr(self, measure), getattr(self, RATES[measure]))


# Of which questions, or answers, each measure is a share.
RATES = {
    "answers": "asked",
    "answered": "asked",
    "offered": "asked",
    "taken": "offered",
    "picked": "asked",
    "left": "offered",
    "unanswered": "asked",
    "rated": "answers",
    "helpful": "rated",
    "unhelpful": "rated",
    "silent": "answers",
}


def total(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())
