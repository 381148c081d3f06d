"""What members asked, what they got and what they said of it, kept for the staff's review.

Texts come here redacted.  Nothing says who asked: a conversation is a random number.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from bot import clock
from bot.review import tables
from bot.review.database import engine_of

URL_VARIABLE = "FAQ_REVIEW_DB"  # an SQLAlchemy URL, e.g. of PostgreSQL
DEFAULT_FILE = Path("var/review.db")

ANSWERED = ("answer", "chosen")  # the outcomes with an entry that was shown


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what became of it.

    `message`: its id within the conversation; `text` is redacted, None for a tapped choice;
    `outcome`: "answer", "choices" or "no_match" as decided, "chosen" where the member tapped;
    `entry`: the one shown, or the likeliest; `confidence`: 0–1, None where it was tapped.
    """

    conversation: str
    message: str
    text: str | None
    outcome: str
    entry: str | None
    confidence: float | None
    language: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a reply helped; `message`: the id of its question, `entry` None after a reply
    without an answer; `comment` is redacted."""

    conversation: str
    message: str | None
    entry: str | None
    helpful: bool
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class LookupVerdict:
    """What an agent said of a lookup: `verdict` is "found", "wrong" (it is another question) or
    "missing" (there is no entry); `query` is redacted, `shown` are ids in their order."""

    query: str
    shown: tuple[str, ...]
    verdict: str
    entry: str | None = None


class ReviewStore:
    """May be used by several threads at once."""

    def __init__(self, engine: sa.engine.Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str | None = None) -> ReviewStore:
        """The store of `url`, of the environment, or SQLite under var/; tables are made."""
        url = url or os.environ.get(URL_VARIABLE)
        if url is None:
            DEFAULT_FILE.parent.mkdir(parents=True, exist_ok=True)
            url = f"sqlite:///{DEFAULT_FILE}"
        engine = engine_of(url)
        for table in tables.metadata.sorted_tables:
            _make(table, engine)
        return cls(engine)

    @property
    def engine(self) -> sa.engine.Engine:
        """For what is counted or deleted as a whole."""
        return self._engine

    def add_turn(self, turn: Turn, at: datetime | None = None) -> None:
        """Kept once: a message that a client sent again, after its reply was lost, is the same."""
        try:
            with self._engine.begin() as connection:
                connection.execute(tables.turns.insert(), {"at": at or clock.now(), **asdict(turn)})
        except sa.exc.IntegrityError:
            pass

    def add_verdict(self, verdict: Verdict, at: datetime | None = None) -> None:
        """In the place of an earlier one of the same message: minds change, requests repeat."""
        with self._engine.begin() as connection:
            if verdict.message is not None:
                connection.execute(
                    tables.verdicts.delete().where(
                        tables.verdicts.c.conversation == verdict.conversation,
                        tables.verdicts.c.message == verdict.message,
                    )
                )
            connection.execute(
                tables.verdicts.insert(), {"at": at or clock.now(), **asdict(verdict)}
            )

    def add_lookup(self, said: LookupVerdict, at: datetime | None = None) -> None:
        row = {"at": at or clock.now(), **asdict(said), "shown": " ".join(said.shown)}
        with self._engine.begin() as connection:
            connection.execute(tables.lookups.insert(), row)

    def most_asked(self, since: datetime) -> list[str]:
        """The entries shown since then, those most often shown first."""
        count = sa.func.count()
        query = (
            sa.select(tables.turns.c.entry)
            .where(tables.turns.c.at >= since, tables.turns.c.outcome.in_(ANSWERED))
            .group_by(tables.turns.c.entry)
            .order_by(count.desc(), tables.turns.c.entry)
        )
        with self._engine.begin() as connection:
            return [row.entry for row in connection.execute(query)]

    def asked(self, since: datetime, most: int) -> dict[str, int]:
        """The texts most often asked since then, and how often; those of equal number by text."""
        table = tables.turns.c
        count = sa.func.count().label("times")
        query = (
            sa.select(table.text, count)
            .where(table.at >= since, table.text.is_not(None))
            .group_by(table.text)
            .order_by(count.desc(), table.text)
            .limit(most)
        )
        with self._engine.begin() as connection:
            return {row.text: row.times for row in connection.execute(query)}

    def turns(self) -> list[Turn]:
        """All, in the order in which they were asked."""
        columns = [tables.turns.c[name] for name in Turn.__dataclass_fields__]
        with self._engine.begin() as connection:
            rows = connection.execute(sa.select(*columns).order_by(tables.turns.c.id))
            return [Turn(*row) for row in rows]

    def verdicts(self) -> list[Verdict]:
        """All, in the order in which they were given."""
        columns = [tables.verdicts.c[name] for name in Verdict.__dataclass_fields__]
        with self._engine.begin() as connection:
            rows = connection.execute(sa.select(*columns).order_by(tables.verdicts.c.id))
            return [Verdict(*row) for row in rows]

    def lookups(self) -> list[LookupVerdict]:
        """All, in the order in which they were given."""
        columns = [tables.lookups.c[name] for name in LookupVerdict.__dataclass_fields__]
        with self._engine.begin() as connection:
            rows = connection.execute(sa.select(*columns).order_by(tables.lookups.c.id))
            return [LookupVerdict(q, tuple(shown.split()), v, e) for q, shown, v, e in rows]


def _make(table: sa.Table, engine: sa.engine.Engine) -> None:
    """Each table by itself: another server that starts now may be at any of them."""
    try:
        table.create(engine, checkfirst=True)
    except sa.exc.DBAPIError:  # it was made between the look and the making
        table.create(engine, checkfirst=True)
