"""A database as a server wants it: SQLite by default, any other by its URL."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool


def engine_of(url: str | sa.engine.URL) -> sa.engine.Engine:
    """An engine whose connections are kept open; several threads may use it.

    SQLAlchemy opens an SQLite file anew for every transaction, which takes longer than most
    transactions.  Kept open, it gets a log of its own (WAL): readers and a writer side by side,
    and a commit that does not wait for the disk.  A power cut may lose the last seconds, never
    the file.
    """
    url = sa.engine.make_url(url)
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return sa.create_engine(url, future=True, hide_parameters=True)
    engine = sa.create_engine(
        url,
        future=True,
        hide_parameters=True,  # from errors, which may be logged: they are what people wrote
        poolclass=QueuePool,
        connect_args={"check_same_thread": False},
    )
    sa.event.listen(engine, "connect", _write_ahead)
    return engine


def _write_ahead(connection: Any, record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten
    cursor.close()
