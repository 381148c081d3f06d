"""A server that many visitors come to, as its reverse proxy tells it."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.channels.session import Sessions
from tests.channels.client import Response, get, post

PARTNER: Final = "https://www.example.jp"
SECRET: Final = "a secret of the tests"
RATE: Final = 40  # messages a minute and address; a conversation may send 30

_numbers = itertools.count()


def copy_of(project: Path, folder: Path) -> Path:
    """The same content and model, without what a server has kept."""
    kept = shutil.ignore_patterns("*.db*", "secret", "server.log", ".rasa")
    shutil.copytree(project, folder, symlinks=True, ignore=kept, dirs_exist_ok=True)
    return folder


@dataclass(frozen=True)
class Visitor:
    """Somebody with an address of his own."""

    url: str
    address: str = field(
        default_factory=lambda: f"198.18.{'.'.join(map(str, divmod(next(_numbers), 256)))}"
    )

    def post(
        self, path: str, body: Any = None, raw: bytes | None = None, **headers: str
    ) -> Response:
        return post(self.url + path, body, raw, **{"X-Forwarded-For": self.address, **headers})

    def get(self, path: str, **headers: str) -> Response:
        return get(self.url + path, **{"X-Forwarded-For": self.address, **headers})


@dataclass
class Site:
    folder: Path
    url: str = ""

    def environment(self, rate: int) -> dict[str, str]:
        return {
            "FAQ_ORIGINS": PARTNER,
            "FAQ_PROXIES": "1",
            "FAQ_RATE": str(rate),
            "FAQ_SECRET": SECRET,
        }

    def visitor(self) -> Visitor:
        return Visitor(self.url)

    def token(self) -> str:
        """Of a new conversation."""
        return Sessions(SECRET).new().token

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")

    def rows(self, query: str, *values: str, database: str = "review") -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / f"var/{database}.db")) as connection:
            return connection.execute(query, values).fetchall()
