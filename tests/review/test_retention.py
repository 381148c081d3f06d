"""What is older than the setting allows is deleted, nothing else, and nobody has to wait."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import FaqBotError
from bot.review import retention
from bot.review.database import engine_of
from bot.review.erasure import erase, erasing
from bot.review.retention import (
    DAYS,
    RETENTION_VARIABLE,
    Conversations,
    first_kept,
    purge_conversations,
    purge_records,
    retention_days,
)
from bot.review.store import LookupVerdict, ReviewStore
from bot.review.tables import decisions, metadata
from tests.review.usage import ANSWERED, Conversation, japan

BEFORE = date(2026, 11, 2)
OLD, KEPT = "むかしの質問", "ことしの質問"
LAST, FIRST = japan("2026-11-01 23:59"), japan("2026-11-02 00:00")


def ask(store: ReviewStore, name: str, text: str, at: datetime) -> None:
    """A row in each table."""
    Conversation(store, name, at).asks(ANSWERED, helpful=False, text=text, comment=text)
    store.add_lookup(LookupVerdict(text, (), "missing"), at)
    with store.engine.begin() as connection:
        row = {"at": at, "question": text, "what": "ignore"}
        connection.execute(decisions.insert(), row)


def rows(engine: sa.engine.Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.execute(
                sa.select(sa.func.count()).select_from(table)
            ).scalar_one()
            for table in metadata.sorted_tables
        }


def test_the_setting_is_a_number_of_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(RETENTION_VARIABLE, raising=False)
    assert retention_days() == DAYS == 180
    for given, days in (("", 180), (" 30 ", 30), ("1", 1), ("3650", 3650)):
        monkeypatch.setenv(RETENTION_VARIABLE, given)
        assert retention_days() == days


@pytest.mark.parametrize("given", ["0", "3651", "-1", "7.5", "半年", "１８０", "180日"])
def test_another_setting_is_named(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RETENTION_VARIABLE, given)
    with pytest.raises(FaqBotError) as raised:
        retention_days()
    assert str(raised.value).startswith(f"{RETENTION_VARIABLE} が「{given}」です。")
    assert "1 から 3650 までの整数" in str(raised.value)


def test_the_days_before_today_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RETENTION_VARIABLE, "30")
    assert first_kept(date(2026, 12, 2)) == date(2026, 11, 2)


def test_what_is_older_goes_from_every_table(store: ReviewStore) -> None:
    for number in range(3):
        ask(store, f"a{number}", OLD, LAST)
    ask(store, "b", KEPT, FIRST)
    each = dict.fromkeys(metadata.tables, 3)
    assert {"turns", "verdicts", "lookups"} <= set(each)
    assert purge_records(store.engine, BEFORE, dry_run=True) == each
    assert rows(store.engine) == dict.fromkeys(each, 4)
    assert purge_records(store.engine, BEFORE) == each
    assert rows(store.engine) == dict.fromkeys(each, 1)
    assert [turn.text for turn in store.turns()] == [KEPT]
    assert set(purge_records(store.engine, BEFORE).values()) == {0}


@pytest.mark.parametrize("count", [0, 1, 3, 4, 6, 7])
def test_all_batches_are_deleted(
    count: int, store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "ROWS", 3)
    for number in range(count):
        ask(store, str(number), OLD, LAST)
    ask(store, "kept", KEPT, FIRST)
    assert set(purge_records(store.engine, BEFORE).values()) == {count}
    assert set(rows(store.engine).values()) == {1}


def test_no_file_holds_what_was_deleted(store: ReviewStore, tmp_path: Path) -> None:
    """While the server has the database open."""
    for number in range(200):
        ask(store, f"a{number}", OLD * (1 + number % 60), LAST)
        ask(store, f"b{number}", KEPT, FIRST)
    engine = erasing(engine_of(store.engine.url))
    purge_records(engine, BEFORE)
    erase(engine, anew=True)
    engine.dispose()
    files = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert {"review.db", "review.db-wal"} <= set(files)
    assert not [name for name, content in files.items() if OLD.encode() in content]
    assert KEPT.encode() in files["review.db"]
    ask(store, "after", KEPT, FIRST)
    assert len(store.turns()) == 201


def test_a_server_writes_on_meanwhile(store: ReviewStore) -> None:
    for number in range(1500):
        Conversation(store, f"a{number}", LAST).asks(ANSWERED)
    engine = erasing(engine_of(store.engine.url))
    slowest = 0.0

    def purge() -> dict[str, int]:
        deleted = purge_records(engine, BEFORE)
        erase(engine, anew=True)
        return deleted

    with ThreadPoolExecutor(1) as threads:
        purging, number = threads.submit(purge), 0
        while not purging.done() or number < 20:
            start, number = time.monotonic(), number + 1
            Conversation(store, f"b{number}", FIRST).asks(ANSWERED)
            slowest = max(slowest, time.monotonic() - start)
    assert purging.result()["turns"] == 1500
    assert len(store.turns()) == number
    assert slowest < 2
    engine.dispose()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.engine.Engine]:
    """Rasa's tracker store, as far as it matters; tests/cli/test_purge.py has Rasa's own."""
    engine = engine_of(f"sqlite:///{tmp_path / 'conversations.db'}")
    yield engine
    engine.dispose()


def say(engine: sa.engine.Engine, *events: tuple[str, datetime | None]) -> None:
    retention._events.create(engine, checkfirst=True)
    rows = [{"sender_id": s, "timestamp": at and at.timestamp()} for s, at in events]
    with engine.begin() as connection:
        connection.execute(retention._events.insert(), rows)


def kept(engine: sa.engine.Engine) -> list[str]:
    query = sa.select(retention._events.c.sender_id).order_by(retention._events.c.id)
    with engine.connect() as connection:
        return list(connection.execute(query).scalars())


def test_a_conversation_goes_whole_when_its_newest_event_is_old(engine: sa.engine.Engine) -> None:
    say(engine, ("old", LAST), ("new", FIRST), ("both", LAST), ("old", LAST), ("both", FIRST))
    assert purge_conversations(engine, BEFORE, dry_run=True) == Conversations(1, 2)
    assert len(kept(engine)) == 5
    assert purge_conversations(engine, BEFORE) == Conversations(1, 2)
    assert kept(engine) == ["new", "both", "both"]
    assert purge_conversations(engine, BEFORE) == Conversations(0, 0)


def test_an_event_without_a_time_tells_nothing(engine: sa.engine.Engine) -> None:
    say(engine, ("old", LAST), ("old", None), ("unknown", None))
    assert purge_conversations(engine, BEFORE) == Conversations(1, 2)
    assert kept(engine) == ["unknown"]


@pytest.mark.parametrize("count", [1, 3, 4, 6, 7])
@pytest.mark.parametrize("dry_run", [False, True])
def test_all_conversations_are_looked_at(
    count: int, dry_run: bool, engine: sa.engine.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "CONVERSATIONS", 3)
    names = [f"c{number}" for number in range(count)]
    say(engine, *((name, LAST) for name in names), *((f"{name}x", FIRST) for name in names))
    assert purge_conversations(engine, BEFORE, dry_run) == Conversations(count, count)
    assert len(kept(engine)) == count * (2 if dry_run else 1)


def test_a_database_without_conversations_has_none(engine: sa.engine.Engine) -> None:
    assert purge_conversations(engine, BEFORE) == Conversations(0, 0)
