"""The review store's tables."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()
turns = sa.Table(
    "turns",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("conversation", sa.String(64), nullable=False),
    sa.Column("message", sa.String(64), nullable=False),
    sa.Column("text", sa.Text),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("entry", sa.String(64)),
    sa.Column("confidence", sa.Float),
    sa.Column("language", sa.String(8), nullable=False),
    sa.UniqueConstraint("conversation", "message"),
)
verdicts = sa.Table(
    "verdicts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("conversation", sa.String(64), nullable=False),
    sa.Column("message", sa.String(64)),
    sa.Column("entry", sa.String(64)),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("comment", sa.Text),
)
lookups = sa.Table(
    "lookups",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("shown", sa.Text, nullable=False),  # ids, blanks between
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("entry", sa.String(64)),
)
# What staff decided about the questions that `faq review` shows.
decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("by", sa.String(64)),
    sa.Column("question", sa.Text, nullable=False),  # folded
    sa.Column("what", sa.String(16), nullable=False),
    sa.Column("target", sa.String(64)),  # the entry or topic that got it
)
