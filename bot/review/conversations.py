"""Where Rasa keeps conversations: what endpoints.yml says, read as Rasa reads it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
import yaml

from bot.errors import FaqBotError

SCHEMA = "POSTGRESQL_SCHEMA"  # Rasa's own setting
ENDPOINTS = Path("endpoints.yml")
_SQL = re.compile(r"sql|(.+\.)?\w*SQLTrackerStore", re.I)
_UNSET = re.compile(r"\$\{(\w+)\}")


class EndpointsError(FaqBotError):
    """endpoints.yml names no database that can be opened from here."""


def database_of(file: Path = ENDPOINTS) -> sa.engine.URL | None:
    """The database of the tracker store; None where conversations are in memory only, which is
    what Rasa does without a setting.  Raises EndpointsError."""
    store = _tracker_store(file)
    kind = store.get("store_type", store.get("type"))
    if kind is None:
        return None
    if not _SQL.fullmatch(str(kind)):
        raise EndpointsError(
            f"{file}: tracker_store の type が {kind} です。会話を扱えるのは SQL データベース"
            "（sql、または SQLTrackerStore）だけです。会話は、そのデータベースの機能で削除してください。"
        )
    try:
        url = _url(**{key: store[key] for key in _URL_KEYS if store.get(key) is not None})
    except (ValueError, sa.exc.ArgumentError):
        raise EndpointsError(
            f"{file}: tracker_store のデータベースの場所を読み取れません。"
            "dialect・url・port・db を確かめてください。"
        ) from None
    schema = os.environ.get(SCHEMA)
    if schema and url.drivername == "postgresql":
        return url.update_query_dict({"options": f"-csearch_path={schema}"})
    return url


def _tracker_store(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError):
        raise EndpointsError(
            f"{file}: 読み込めません。UTF-8 の正しい YAML か、確かめてください。"
        ) from None
    store = content.get("tracker_store") if isinstance(content, dict) else None
    return _expanded(store, file) if isinstance(store, dict) else {}


def _expanded(value: Any, file: Path) -> Any:
    """With ${VARIABLE} replaced by its value in the environment."""
    if isinstance(value, dict):
        return {key: _expanded(one, file) for key, one in value.items()}
    if not isinstance(value, str) or not _UNSET.search(value):
        return value
    expanded = os.path.expandvars(value)
    unset = [name for name in _UNSET.findall(value) if name not in os.environ]
    if unset:
        raise EndpointsError(
            f"{file}: 環境変数 {'・'.join(unset)} が設定されていません。"
            "サーバーと同じ環境変数を設定してから実行してください。"
        )
    return expanded


_URL_KEYS = ("dialect", "url", "port", "db", "username", "password", "query")


def _url(
    dialect: str = "sqlite",
    url: str | None = None,
    port: int | str | None = None,
    db: str = "rasa.db",
    username: str | None = None,
    password: str | None = None,
    query: dict[str, str] | None = None,
) -> sa.engine.URL:
    """As `SQLTrackerStore.get_db_url`; there `url` is called host, and it may be a whole URL."""
    if url and "://" in url:
        return sa.engine.make_url(url)
    if url:
        parsed = urlsplit(f"scheme://{url}")
        port, url = parsed.port or port, parsed.hostname or url
    return sa.engine.URL.create(
        dialect, username, password, url, int(port) if port else None, db, query or {}
    )
