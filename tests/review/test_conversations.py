"""Where conversations are kept: the same database that Rasa opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.tracker_store import SQLTrackerStore
from rasa.utils.endpoints import read_endpoint_config

from bot.errors import FaqBotError
from bot.review.conversations import database_of
from tests.conftest import ROOT

CLASS = "bot.channels.tracker_store.CappedSQLTrackerStore"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "endpoints.yml"


def write(file: Path, store: dict[str, Any] | None) -> Path:
    file.write_text(yaml.safe_dump({"tracker_store": store}), encoding="utf-8")
    return file


def opened_by_rasa(file: Path) -> str:
    config = read_endpoint_config(str(file), "tracker_store")
    assert config is not None
    names = ("dialect", "port", "db", "username", "password", "query")
    given = {name: config.kwargs[name] for name in names if name in config.kwargs}
    url = SQLTrackerStore.get_db_url(host=config.url, **given)
    return url if isinstance(url, str) else url.render_as_string(hide_password=False)


def opened(file: Path) -> str:
    url = database_of(file)
    assert url is not None
    return str(url.render_as_string(hide_password=False))


@pytest.mark.parametrize(
    "store",
    [
        {"type": "SQL"},
        {"type": "sql", "db": "var/other.db"},
        {"type": CLASS, "dialect": "sqlite", "db": "var/conversations.db", "max_events": 60},
        {
            "type": CLASS,
            "dialect": "postgresql",
            "url": "db.example.jp",
            "port": 5433,
            "db": "rasa",
        },
        {"type": "SQL", "dialect": "postgresql", "url": "db.example.jp:5434", "db": "rasa"},
        {
            "type": "SQL",
            "dialect": "postgresql",
            "url": "db",
            "db": "rasa",
            "username": "u",
            "password": "p@/ss:",
            "query": {"sslmode": "require"},
        },
        {"type": "SQL", "url": "postgresql://u:p@db.example.jp/rasa"},
        {"store_type": "sql", "db": "a.db"},
    ],
)
def test_it_is_the_database_that_rasa_opens(store: dict[str, Any], file: Path) -> None:
    write(file, store)
    assert opened(file) == opened_by_rasa(file)


def test_variables_are_those_of_the_environment(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DB_WORD", "secret")
    monkeypatch.setenv("DB_PORT", "5439")
    file.write_text(
        "tracker_store:\n  type: SQL\n  dialect: postgresql\n  url: db\n  db: rasa\n"
        "  port: ${DB_PORT}\n  username: $u\n  password: ${DB_WORD}\n"
    )
    assert opened(file) == opened_by_rasa(file) == "postgresql://$u:secret@db:5439/rasa"


def test_rasas_schema_is_searched(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTGRESQL_SCHEMA", "faq")
    url = database_of(write(file, {"type": "SQL", "dialect": "postgresql", "url": "db"}))
    assert url is not None
    assert url.query["options"] == "-csearch_path=faq"
    url = database_of(write(file, {"type": "SQL"}))
    assert url is not None and not url.query


def test_the_projects_own_file_is_understood() -> None:
    assert opened(ROOT / "endpoints.yml") == "sqlite:///var/conversations.db"


@pytest.mark.parametrize("content", ["", "tracker_store:\n", "action_endpoint: {url: x}\n", "a"])
def test_without_a_setting_there_is_no_database(content: str, file: Path) -> None:
    file.write_text(content)
    assert database_of(file) is None
    assert database_of(file.with_name("missing.yml")) is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("tracker_store: {type: redis}", "tracker_store の type が redis です。"),
        ("tracker_store: {type: mongod}", "tracker_store の type が mongod です。"),
        ("tracker_store: {type: my.own.Store}", "tracker_store の type が my.own.Store です。"),
        ("tracker_store: {type: SQL, port: x}", "データベースの場所を読み取れません。"),
        ("tracker_store: {type: SQL, url: '://'}", "データベースの場所を読み取れません。"),
        ("tracker_store: {type: SQL, password: '${NOT_SET_1}'}", "環境変数 NOT_SET_1 が"),
        ("tracker_store: [", "読み込めません。"),
    ],
)
def test_what_cannot_be_opened_is_named(content: str, message: str, file: Path) -> None:
    file.write_text(content)
    with pytest.raises(FaqBotError) as raised:
        database_of(file)
    assert str(raised.value).startswith(f"{file}: ")
    assert message in str(raised.value)
