"""How long questions are kept, and the end of that: all that is older is deleted.

Deleting goes in short transactions with pauses between, so that a server that runs meanwhile
hardly waits.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.clock import JAPAN
from bot.errors import FaqBotError
from bot.review.tables import metadata

RETENTION_VARIABLE = "FAQ_RETENTION_DAYS"
DAYS = 180  # half a year tells a season's questions from the next one's
MOST_DAYS = 3650
ROWS = 500  # in one transaction: some milliseconds
CONVERSATIONS = 100  # some ten events each
PAUSE = 0.01  # seconds, for others to write

_events = sa.Table(  # Rasa's, as far as it matters here
    "events",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255)),
    sa.Column("timestamp", sa.Float),  # seconds since 1970
)


class RetentionError(FaqBotError):
    """The setting is no number of days."""


@dataclass(frozen=True, slots=True)
class Conversations:
    """How many of Rasa's, and of how many events they were made."""

    conversations: int = 0
    events: int = 0

    def __add__(self, other: Conversations) -> Conversations:
        return Conversations(self.conversations + other.conversations, self.events + other.events)


def retention_days() -> int:
    """Of the environment, or DAYS.  Raises RetentionError."""
    given = os.environ.get(RETENTION_VARIABLE, "").strip() or str(DAYS)
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= MOST_DAYS):
        raise RetentionError(
            f"{RETENTION_VARIABLE} が「{given}」です。質問を残す日数を、"
            f"1 から {MOST_DAYS} までの整数で指定してください（既定: {DAYS}）。"
        )
    return int(given)


def first_kept(today: date) -> date:
    """The first day that is kept: today and as many days before as the setting says."""
    return today - timedelta(days=retention_days())


def purge_records(engine: sa.engine.Engine, before: date, dry_run: bool = False) -> dict[str, int]:
    """How many rows of each of the review store's tables are from before a day in Japan; they
    are deleted, unless it is a dry run."""
    end = _midnight(before)
    work = _count if dry_run else _delete
    return {table.name: work(engine, table, end) for table in metadata.sorted_tables}


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=JAPAN)


def _count(engine: sa.engine.Engine, table: sa.Table, end: datetime) -> int:
    query = sa.select(sa.func.count()).select_from(table).where(table.c.at < end)
    with engine.connect() as connection:
        return int(connection.execute(query).scalar_one())


def _delete(engine: sa.engine.Engine, table: sa.Table, end: datetime) -> int:
    oldest = sa.select(table.c.id).where(table.c.at < end).order_by(table.c.at).limit(ROWS)
    deleted = 0
    while True:
        with engine.begin() as connection:
            ids = connection.execute(oldest).scalars().all()
            if ids:
                connection.execute(table.delete().where(table.c.id.in_(ids)))
        deleted += len(ids)
        if len(ids) < ROWS:
            return deleted
        time.sleep(PAUSE)


def purge_conversations(
    engine: sa.engine.Engine, before: date, dry_run: bool = False
) -> Conversations:
    """Those of Rasa's tracker store whose newest event is from before a day in Japan; they are
    deleted whole, unless it is a dry run."""
    if not sa.inspect(engine).has_table(_events.name):
        return Conversations()
    end, last, purged = _midnight(before).timestamp(), "", Conversations()
    while True:
        with engine.begin() as connection:
            seen = _newest(connection, last)
            old = [sender for sender, newest in seen if newest is not None and newest < end]
            purged += _conversations(connection, old, dry_run)
        if len(seen) < CONVERSATIONS:
            return purged
        last = seen[-1][0]
        if old:
            time.sleep(PAUSE)


def _newest(connection: Any, after: str) -> list[tuple[str, float | None]]:
    """The next conversations by name, each with the time of its newest event."""
    query = (
        sa.select(_events.c.sender_id, sa.func.max(_events.c.timestamp))
        .where(_events.c.sender_id > after)
        .group_by(_events.c.sender_id)
        .order_by(_events.c.sender_id)
        .limit(CONVERSATIONS)
    )
    return [(sender, newest) for sender, newest in connection.execute(query)]


def _conversations(connection: Any, senders: list[str], dry_run: bool) -> Conversations:
    theirs = _events.c.sender_id.in_(senders)
    if dry_run:
        count = sa.select(sa.func.count()).select_from(_events).where(theirs)
        return Conversations(len(senders), int(connection.execute(count).scalar_one()))
    return Conversations(len(senders), connection.execute(_events.delete().where(theirs)).rowcount)
