"""Questions that somebody should look at: without an answer, or with one that did not help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from bot.review.questions import in_japan
from bot.review.tables import lookups, turns, verdicts
from bot.text.language import language_of

REASONS = ("no_match", "unhelpful", "not_taken", "wrong", "missing")
"""Why a question is here: it got no answer; a member said that the answer did not help; choices
were offered and none was taken; an agent found another question's answer, or no entry."""

# A choice is taken within half an hour: for so long a conversation lasts without a message.
PENDING = timedelta(minutes=30)
ROWS = 5_000  # fetched at a time


@dataclass(frozen=True, slots=True)
class Unsolved:
    """One question asked once; `who`: a conversation, or an agent's lookup, which are numbers of
    no person; `at`: in Japan; `reason`: one of REASONS; `shown`: the entry that did not help."""

    text: str
    language: str
    who: str
    at: datetime
    reason: str
    shown: str | None = None


def unsolved(engine: sa.engine.Engine, since: datetime, now: datetime) -> Iterator[Unsolved]:
    """Those asked from `since` on, in no order of time."""
    with engine.connect() as connection:
        rows = connection.execution_options(yield_per=ROWS).execute(_turns(since))
        for _, conversation in groupby(rows, key=lambda row: row.conversation):
            yield from _of_conversation(list(conversation), now)
        for row in connection.execution_options(yield_per=ROWS).execute(_lookups(since)):
            yield _of_agent(row)


def _turns(since: datetime) -> Any:
    """The turns, in their order, of all conversations in which something was left unsolved."""
    said = (verdicts.c.conversation == turns.c.conversation) & (
        verdicts.c.message == turns.c.message
    )
    without = sa.select(turns.c.conversation).where(
        turns.c.at >= since, turns.c.outcome.in_(("no_match", "choices"))
    )
    unhelpful = sa.select(verdicts.c.conversation).where(
        verdicts.c.at >= since, verdicts.c.helpful.is_(False)
    )
    concerned = turns.c.conversation.in_(without) | turns.c.conversation.in_(unhelpful)
    return (
        sa.select(turns, verdicts.c.helpful)
        .select_from(turns.outerjoin(verdicts, said))
        .where(turns.c.at >= since, concerned)
        .order_by(turns.c.conversation, turns.c.id, verdicts.c.id)
    )


def _lookups(since: datetime) -> Any:
    return sa.select(lookups).where(
        lookups.c.at >= since, lookups.c.verdict.in_(("wrong", "missing"))
    )


def _of_conversation(rows: list[Any], now: datetime) -> Iterator[Unsolved]:
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        if row.text is None or (after is not None and after.id == row.id):  # rated twice at once
            continue
        taken = after if after is not None and after.outcome == "chosen" else None
        if row.outcome == "no_match":
            yield _of_member(row, "no_match")
        elif row.outcome == "answer" and row.helpful is False:
            yield _of_member(row, "unhelpful", row.entry)
        elif row.outcome == "choices" and taken is not None:
            if taken.helpful is False:
                yield _of_member(row, "unhelpful", taken.entry)
        elif row.outcome == "choices" and (after or now - in_japan(row.at) > PENDING):
            yield _of_member(row, "not_taken")


def _of_member(row: Any, reason: str, shown: str | None = None) -> Unsolved:
    return Unsolved(row.text, row.language, row.conversation, in_japan(row.at), reason, shown)


def _of_agent(row: Any) -> Unsolved:
    who = f"lookup {row.id}"
    shown = row.entry if row.verdict == "wrong" else None
    return Unsolved(row.query, language_of(row.query), who, in_japan(row.at), row.verdict, shown)
