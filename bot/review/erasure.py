"""Deleted means gone: what SQLite deletes it would otherwise leave in its files.

Other databases give deleted rows' space to new ones in their own time (PostgreSQL: autovacuum).
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.errors import FaqBotError

WAIT = 30_000  # milliseconds, for the server to let go of a lock
PAUSE = 0.1  # seconds between two tries
# To write a file anew keeps the server from writing meanwhile: two seconds for so many bytes on a
# usual disk. The server waits five for its turn (sqlite3's default), then a member gets an error.
MOST_WHILE_SERVING = 200_000_000


class StillInUseError(FaqBotError):
    """What was deleted is still in SQLite's log, because somebody reads."""


def erasing(engine: sa.engine.Engine) -> sa.engine.Engine:
    """The engine; from now on SQLite overwrites with zeros what it deletes, and has patience."""
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _overwrite)
        engine.dispose()
    return engine


def _overwrite(connection: Any, record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute(f"PRAGMA busy_timeout={WAIT}")
    cursor.close()


def file_of(engine: sa.engine.Engine) -> Path | None:
    """SQLite's file; None where there is none."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or name in (None, "", ":memory:"):
        return None
    return Path(str(name))


def is_large(file: Path) -> bool:
    """Whether writing it anew would keep the server waiting."""
    return file.stat().st_size > MOST_WHILE_SERVING


def erase(engine: sa.engine.Engine, anew: bool) -> None:
    """Nothing deleted is left in the log and, if the file is written `anew`, in the file.

    Without that, copies may be left in pages that SQLite once rearranged: secure_delete knows
    nothing of them.  Raises StillInUseError.
    """
    file = file_of(engine)
    if file is None:
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if anew:
            connection.execute(sa.text("VACUUM"))
        emptied = _empty_log(connection)
    if not emptied:
        raise StillInUseError(
            f"{file} から削除しましたが、ほかの処理が使用中のため、ログ（{file.name}-wal）から"
            "消し切れていません。しばらくしてから faq purge をもう一度実行してください。"
        )


def _empty_log(connection: Any) -> bool:
    """Whether it could be done.  SQLite waits for who reads or writes, but not for who is just
    doing the same, as the server does now and then."""
    patience = time.monotonic() + WAIT / 1000
    while True:
        busy, *_ = connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)")).one()
        if not busy or time.monotonic() > patience:
            return not busy
        time.sleep(PAUSE)
