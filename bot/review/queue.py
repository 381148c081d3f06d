"""The questions that wait for a decision, grouped by meaning, the most frequent first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.faq.entry import FaqBook
from bot.review.decisions import SKIP, Decision, Decisions
from bot.review.groups import Group, Question, rank
from bot.review.likeness import THRESHOLD, Likeness
from bot.review.linkage import central, grouped
from bot.review.unsolved import Unsolved, unsolved
from bot.text.normalize import fold

# Grouping takes quadratic time; of so many distinct questions it takes some seconds.  The most
# frequent come first, the others when those are decided.
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Queue:
    """`left_out`: how many distinct questions beyond MOST wait for another time."""

    groups: tuple[Group, ...]
    left_out: int = 0

    @property
    def questions(self) -> int:
        """Distinct ones in the groups."""
        return sum(len(group.questions) for group in self.groups)

    @classmethod
    def read(
        cls,
        engine: sa.engine.Engine,
        book: FaqBook,
        likeness: Likeness,
        since: datetime,
        now: datetime,
    ) -> Queue:
        """What was asked since then and is no wording of `book`, nor decided about."""
        waiting = _waiting(unsolved(engine, since, now), book, Decisions(engine).latest())
        kept = waiting[:MOST]
        groups = tuple(sorted(_groups(kept, likeness), key=rank))
        return cls(groups, len(waiting) - len(kept))


def _waiting(
    asked: Iterable[Unsolved], book: FaqBook, decided: Mapping[str, Decision]
) -> list[Question]:
    """Distinct questions, the most frequent first."""
    by_key: dict[str, list[Unsolved]] = {}
    for one in asked:
        by_key.setdefault(fold(one.text), []).append(one)
    known = {"", *map(fold, _wordings(book))}  # marks alone are no question
    questions = (Question.of(key, of_key) for key, of_key in by_key.items() if key not in known)
    waiting = [one for one in questions if not _is_settled(one, decided.get(one.key))]
    return sorted(waiting, key=rank)


def _wordings(book: FaqBook) -> Iterator[str]:
    for entry in book.entries:
        yield from (*book.wordings(entry), *entry.tests)
    for topic in book.topics:
        yield from topic.examples


def _is_settled(question: Question, decision: Decision | None) -> bool:
    if decision is None:
        return False
    return decision.what != SKIP or question.last <= decision.at


def _groups(questions: Sequence[Question], likeness: Likeness) -> Iterator[Group]:
    """Each of questions in one language."""
    vectors = likeness.vectors([one.text for one in questions])
    by_language: dict[str, list[int]] = {}
    for row, one in enumerate(questions):
        by_language.setdefault(one.language, []).append(row)
    for rows in by_language.values():
        own = vectors[rows]
        for inside in grouped(own, THRESHOLD):
            middle = rows[central(own, inside)]
            yield Group.of([questions[rows[row]] for row in inside], questions[middle])
