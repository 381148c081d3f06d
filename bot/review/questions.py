"""The questions of a period, one after the other, each with what became of it in the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from bot.clock import JAPAN
from bot.review.tables import turns, verdicts

# A choice is taken within half an hour, for so long a conversation lasts without a message; a
# question shortly before the period takes with it a choice in the period, and the other way round.
AROUND = timedelta(hours=1)
ROWS = 5_000  # fetched at a time

# What became of a question, by the outcome of its turn.
_OUTCOMES = {
    "answer": "answered",
    "choices": "left",
    "chosen": "picked",
    "no_match": "unanswered",
}


@dataclass(frozen=True, slots=True)
class Question:
    """`at`: in Japan, when it was asked; `outcome`: the first five fields of Counts; `entry`: the
    one that was shown, or else the likeliest; `language`: None where nothing was typed;
    `helpful`: what was said of the reply, None for silence."""

    at: datetime
    outcome: str
    entry: str | None
    language: str | None
    helpful: bool | None

    @property
    def has_answer(self) -> bool:
        return self.outcome not in ("left", "unanswered")


def questions(connection: Any, start: datetime, end: datetime) -> Iterator[Question]:
    """Those asked from `start` on, before `end`, in no order of time; no more than ROWS are held
    at once."""
    rows = connection.execution_options(yield_per=ROWS).execute(_query(start, end))
    for _, turns_of_one in groupby(rows, key=lambda row: row.conversation):
        for question in _merged(turns_of_one):
            if start <= question.at < end:
                yield question


def _query(start: datetime, end: datetime) -> Any:
    """The turns around the period, those of one conversation together in their order; one that
    was rated twice at the same moment comes twice, the later verdict first."""
    said = (verdicts.c.conversation == turns.c.conversation) & (
        verdicts.c.message == turns.c.message
    )
    return (
        sa.select(
            turns.c.id,
            turns.c.conversation,
            turns.c.at,
            turns.c.outcome,
            turns.c.entry,
            turns.c.language,
            verdicts.c.helpful,
        )
        .select_from(turns.outerjoin(verdicts, said))
        .where(turns.c.at >= start - AROUND, turns.c.at < end + AROUND)
        .order_by(turns.c.conversation, turns.c.id, verdicts.c.id.desc())
    )


def _merged(rows: Iterator[Any]) -> Iterator[Question]:
    """The questions of one conversation: a choice that was taken is no question of its own."""
    before: Question | None = None
    last_id = None
    for row in rows:
        if row.id == last_id:
            continue
        last_id = row.id
        if before is not None and before.outcome == "left" and row.outcome == "chosen":
            yield replace(before, outcome="taken", entry=row.entry, helpful=row.helpful)
            before = None
            continue
        if before is not None:
            yield before
        before = _question(row)
    if before is not None:
        yield before


def _question(row: Any) -> Question:
    _, _, at, outcome, entry, language, helpful = row  # by name it takes twice as long
    typed_in = None if outcome == "chosen" else language
    return Question(in_japan(at), _OUTCOMES[outcome], entry, typed_in, helpful)


def in_japan(at: datetime) -> datetime:
    """SQLite keeps Japanese time and forgets that it does."""
    return at.replace(tzinfo=JAPAN) if at.tzinfo is None else at.astimezone(JAPAN)
