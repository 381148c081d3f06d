"""What members said of the answers, kept for the staff's review."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from bot import clock

URL_VARIABLE = "FAQ_REVIEW_DB"  # an SQLAlchemy URL, e.g. of PostgreSQL
DEFAULT_FILE = Path("var/review.db")

_metadata = sa.MetaData()
_feedback = sa.Table(
    "feedback",
    _metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("conversation", sa.String(64), nullable=False),
    sa.Column("entry", sa.String(64)),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("comment", sa.Text),
)


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict; `entry` is None after a reply without an answer; `comment` is redacted."""

    conversation: str
    entry: str | None
    helpful: bool
    comment: str | None = None


class FeedbackStore:
    def __init__(self, engine: sa.engine.Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str | None = None) -> FeedbackStore:
        """The store of `url`, of the environment, or SQLite under var/; tables are made."""
        url = url or os.environ.get(URL_VARIABLE)
        if url is None:
            DEFAULT_FILE.parent.mkdir(parents=True, exist_ok=True)
            url = f"sqlite:///{DEFAULT_FILE}"
        engine = sa.create_engine(url, future=True)
        _metadata.create_all(engine)
        return cls(engine)

    def add(self, feedback: Feedback, at: datetime | None = None) -> None:
        with self._engine.begin() as connection:
            connection.execute(_feedback.insert(), {"at": at or clock.now(), **asdict(feedback)})

    def all(self) -> list[Feedback]:
        columns = [_feedback.c[name] for name in Feedback.__dataclass_fields__]
        with self._engine.begin() as connection:
            return [Feedback(*row) for row in connection.execute(sa.select(*columns))]
