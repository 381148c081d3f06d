"""What members asked, for a command; a database that fails becomes a message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import FaqBotError


class RecordsError(FaqBotError):
    """A database cannot be read or written."""


@contextmanager
def readable(name: str, setting: str) -> Iterator[None]:
    """What goes wrong with the database `name`, which is set in `setting`, is said without
    what the error says: it may hold addresses, and what people wrote."""
    import sqlalchemy as sa

    try:
        yield
    except (sa.exc.SQLAlchemyError, ImportError) as error:  # ImportError: no driver
        raise RecordsError(
            f"{name}のデータベースを読み書きできません（{type(error).__name__}）。"
            f"{setting} の設定が正しいか、データベースが動いているかを確かめてください。"
        ) from None
