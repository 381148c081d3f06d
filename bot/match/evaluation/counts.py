"""How many questions ended how: in groups, and entry by entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.match.decision import Answer, Choices, Decision
from bot.match.evaluation.result import Outcome, Result


@dataclass(frozen=True, slots=True)
class Tally:
    """Questions of one group by their outcome."""

    questions: int
    right: int
    offered: int
    wrong: int
    misled: int
    silent: int


@dataclass(frozen=True, slots=True)
class Cell:
    """So many questions that `expected` (None: no entry) answers got this decision.

    `decision`: answer, choices or no_match; `answered`: the entry of an answer.
    """

    expected: str | None
    decision: str
    answered: str | None
    count: int


def tally(results: Iterable[Result], key: Callable[[Result], str]) -> dict[str, Tally]:
    """By name, in the order in which the names come."""
    groups: dict[str, Counter[Outcome]] = {}
    for result in results:
        groups.setdefault(key(result), Counter())[result.outcome] += 1
    return {name: _tally(counts) for name, counts in groups.items()}


def _tally(counts: Counter[Outcome]) -> Tally:
    return Tally(
        questions=sum(counts.values()),
        right=counts[Outcome.RIGHT],
        offered=counts[Outcome.OFFERED],
        wrong=counts[Outcome.WRONG],
        misled=counts[Outcome.MISLED],
        silent=counts[Outcome.SILENT],
    )


def confusion(results: Iterable[Result]) -> tuple[Cell, ...]:
    """The cells that are not empty, of what may be a matrix of thousands of entries."""
    counts = Counter((r.question.entry, *_done(r.decision)) for r in results)
    return tuple(Cell(*cell, count) for cell, count in counts.items())


def _done(decision: Decision) -> tuple[str, str | None]:
    if isinstance(decision, Answer):
        return "answer", decision.entry
    return ("choices" if isinstance(decision, Choices) else "no_match"), None
