"""What was asked between two days, by week, entry, hour and language: numbers, never texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from bot.clock import JAPAN
from bot.review.counts import Counts, total
from bot.review.questions import Question, in_japan, questions
from bot.review.tables import lookups, turns, verdicts

WEEK = timedelta(days=7)

K = TypeVar("K")
Key = TypeVar("Key", bound="tuple[Any, ...]")


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days in Japan, `first` and `last` included; `first` is not after `last`."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(), JAPAN)

    @property
    def end(self) -> datetime:
        """The moment after it."""
        return datetime.combine(self.last, time(), JAPAN) + timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def weeks(self) -> list[Period]:
        """From Monday to Sunday; the first and the last may be parts of a week."""
        mondays = [monday(self.first)]
        while mondays[-1] + WEEK <= self.last:
            mondays.append(mondays[-1] + WEEK)
        sunday = timedelta(days=6)
        return [Period(max(m, self.first), min(m + sunday, self.last)) for m in mondays]


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Statistics:
    """Counts by the week's Monday and … ; what nobody asked has no key.

    `by_entry`: the entry shown or else the likeliest, None where none was near; `by_hour`: 0–23;
    `by_language`: of typed questions.  `lookups`: what agents said of them, by Monday, verdict and
    entry.  Verdicts that belong to no answer, and are in no counts: `of_no_answer`, on replies
    without one; `of_no_question`, of which no question is known.
    """

    period: Period
    by_entry: Mapping[tuple[date, str | None], Counts]
    by_hour: Mapping[tuple[date, int], Counts]
    by_language: Mapping[tuple[date, str], Counts]
    lookups: Mapping[tuple[date, str, str | None], int]
    of_no_answer: int
    of_no_question: int

    @property
    def total(self) -> Counts:
        return total(self.by_hour.values())

    def weeks(self) -> dict[Period, Counts]:
        """All of the period, those in which nobody asked, too."""
        counts = _summed(self.by_hour, 0)
        return {week: counts.get(monday(week.first), Counts()) for week in self.period.weeks()}

    def hours(self) -> dict[int, Counts]:
        counts = _summed(self.by_hour, 1)
        return {hour: counts.get(hour, Counts()) for hour in range(24)}

    def entries(self, week: Period | None = None) -> dict[str | None, Counts]:
        """Of one week or of all, the most asked first; None, for no entry, comes last."""
        kept = self.by_entry if week is None else of_week(self.by_entry, week)
        counts = _summed(kept, 1)
        order = sorted(counts, key=lambda e: (e is None, -counts[e].asked, e or ""))
        return {entry: counts[entry] for entry in order}

    def languages(self) -> dict[str, Counts]:
        counts = _summed(self.by_language, 1)
        return dict(sorted(counts.items(), key=lambda item: (-item[1].asked, item[0])))


def of_week(table: Mapping[Key, K], week: Period) -> dict[Key, K]:
    """The rows of a table of Statistics that belong to a week."""
    return {key: value for key, value in table.items() if key[0] == monday(week.first)}


def _summed(table: Mapping[Any, Counts], place: int) -> dict[Any, Counts]:
    """By one part of the key."""
    sums: dict[Any, Counts] = defaultdict(Counts)
    for key, counts in table.items():
        sums[key[place]] += counts
    return dict(sums)


def count(engine: sa.engine.Engine, period: Period) -> Statistics:
    """Reads the period once; the memory it takes does not depend on how many asked."""
    with engine.connect() as connection:
        tally = _Tally.of(questions(connection, period.start, period.end))
        return Statistics(
            period,
            tally.table(tally.by_entry),
            tally.table(tally.by_hour),
            tally.table(tally.by_language),
            _lookups(connection, period),
            tally.of_no_answer,
            _of_no_question(connection, period),
        )


class _Tally:
    """Numbers by (key, field of Counts)."""

    def __init__(self) -> None:
        self.by_entry: Counter[Any] = Counter()
        self.by_hour: Counter[Any] = Counter()
        self.by_language: Counter[Any] = Counter()
        self.of_no_answer = 0

    @classmethod
    def of(cls, asked: Iterable[Question]) -> _Tally:
        tally = cls()
        for question in asked:
            tally.add(question)
        return tally

    def add(self, question: Question) -> None:
        week = monday(question.at.date())
        self._count(question, question.outcome, week)
        if question.helpful is None:
            return
        if question.has_answer:
            self._count(question, "helpful" if question.helpful else "unhelpful", week)
        else:
            self.of_no_answer += 1

    def _count(self, question: Question, field: str, week: date) -> None:
        self.by_entry[(week, question.entry), field] += 1
        self.by_hour[(week, question.at.hour), field] += 1
        if question.language is not None:
            self.by_language[(week, question.language), field] += 1

    @staticmethod
    def table(numbers: Counter[Any]) -> dict[Any, Counts]:
        fields: dict[Any, dict[str, int]] = defaultdict(dict)
        for (key, field), number in numbers.items():
            fields[key][field] = number
        return {key: Counts(**given) for key, given in sorted(fields.items(), key=_by_key)}


def _by_key(item: tuple[Any, Any]) -> tuple[date, str]:
    (week, name), _ = item
    return week, f"{name:02}" if isinstance(name, int) else name or ""


def _lookups(connection: Any, period: Period) -> dict[tuple[date, str, str | None], int]:
    query = sa.select(lookups.c.at, lookups.c.verdict, lookups.c.entry).where(
        lookups.c.at >= period.start, lookups.c.at < period.end
    )
    rows = connection.execution_options(yield_per=1_000).execute(query)
    return dict(Counter((monday(in_japan(at).date()), said, entry) for at, said, entry in rows))


def _of_no_question(connection: Any, period: Period) -> int:
    """How many verdicts came without the id of a question, or with one that is not here."""
    known = sa.exists().where(
        turns.c.conversation == verdicts.c.conversation, turns.c.message == verdicts.c.message
    )
    query = sa.select(sa.func.count()).where(
        verdicts.c.at >= period.start, verdicts.c.at < period.end, ~known
    )
    return int(connection.execute(query.select_from(verdicts)).scalar_one())
