"""What members asked and said is kept once, counted, and found again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import clock
from bot.review.store import URL_VARIABLE, ReviewStore, Turn, Verdict

NOW = datetime(2026, 11, 24, 12, tzinfo=clock.JAPAN)
ASKED = Turn("conversation", "1", "再交付してほしい", "answer", "reissue", 0.9312, "ja")
TAPPED = Turn("conversation", "2", None, "chosen", "may_discard", None, "ja")
UNKNOWN = Turn("another", "1", "How's the weather?", "no_match", None, 0.0, "en")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "review.db"


@pytest.fixture
def store(file: Path) -> Iterator[ReviewStore]:
    store = ReviewStore.open(f"sqlite:///{file}")
    yield store
    close(store)


def close(store: ReviewStore) -> None:
    store._engine.dispose()


def test_turns_come_back_as_they_were_in_the_order_asked(store: ReviewStore) -> None:
    for turn in (UNKNOWN, ASKED, TAPPED):
        store.add_turn(turn)
    assert store.turns() == [UNKNOWN, ASKED, TAPPED]


def test_verdicts_come_back_as_they_were(store: ReviewStore) -> None:
    given = [
        Verdict("conversation", "1", "reissue", True),
        Verdict("conversation", None, None, False, "電話番号が［個人番号］とは 🙂 𠮷"),
        Verdict("conversation", None, None, False, ""),
        Verdict("another", "1", "reissue", False, "同じ名前の別の会話"),
    ]
    for verdict in given:
        store.add_verdict(verdict)
    assert store.verdicts() == given


def test_a_member_who_changes_his_mind_is_counted_once(store: ReviewStore) -> None:
    first = Verdict("conversation", "1", "reissue", True)
    other = replace(first, message="2")
    for verdict in (first, other, first, replace(first, helpful=False)):
        store.add_verdict(verdict)
    assert store.verdicts() == [other, replace(first, helpful=False)]


def test_a_message_that_is_sent_again_is_kept_once(store: ReviewStore) -> None:
    store.add_turn(ASKED)
    store.add_turn(ASKED)
    store.add_turn(replace(ASKED, text="ほかの文"))
    assert store.turns() == [ASKED]
    others = [replace(ASKED, message="2"), replace(ASKED, conversation="another")]
    for turn in others:
        store.add_turn(turn)
    assert store.turns() == [ASKED, *others]


def test_a_turn_that_cannot_be_kept_says_so(store: ReviewStore) -> None:
    """Only what is there already is passed over in silence."""
    with store._engine.begin() as connection:
        connection.execute(sa.text("drop table turns"))
    with pytest.raises(sa.exc.OperationalError):
        store.add_turn(ASKED)


def test_the_most_asked_come_first_and_equals_by_name(store: ReviewStore) -> None:
    shown = ["reissue", "hotline", "may_discard", "hotline", "check_on_portal", "reissue"]
    for number, entry in enumerate([*shown, "hotline"]):
        store.add_turn(replace(ASKED, message=str(number), entry=entry), NOW)
    expected = ["hotline", "reissue", "check_on_portal", "may_discard"]
    assert store.most_asked(NOW) == expected


def test_only_entries_that_were_shown_count(store: ReviewStore) -> None:
    for number, outcome in enumerate(("choices", "no_match")):
        store.add_turn(replace(ASKED, message=str(number), outcome=outcome), NOW)
    assert store.most_asked(NOW) == []
    store.add_turn(TAPPED, NOW)
    assert store.most_asked(NOW) == ["may_discard"]


def test_only_the_period_counts(store: ReviewStore) -> None:
    minute = timedelta(minutes=1)
    for at in (NOW - minute, NOW, NOW + minute):
        store.add_turn(replace(ASKED, message=str(at)), at)
    store.add_turn(TAPPED, NOW - minute)
    assert store.most_asked(NOW) == ["reissue"]
    assert store.most_asked(NOW + 2 * minute) == []
    assert store.most_asked(NOW - minute) == ["reissue", "may_discard"]


def test_the_time_kept_is_now(store: ReviewStore, file: Path) -> None:
    before = clock.now()
    store.add_turn(ASKED)
    store.add_verdict(Verdict("conversation", "1", "reissue", True))
    assert store.most_asked(before) == ["reissue"]
    assert store.most_asked(clock.now()) == []


def test_what_is_kept_is_there_after_a_restart(file: Path) -> None:
    for _ in range(2):
        store = ReviewStore.open(f"sqlite:///{file}")
        store.add_turn(ASKED)
        assert store.turns() == [ASKED]
        close(store)


def test_without_a_setting_it_lies_under_var(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    store = ReviewStore.open()
    store.add_turn(ASKED)
    assert (tmp_path / "var/review.db").is_file()
    close(store)


def test_the_environment_names_another_database(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(URL_VARIABLE, f"sqlite:///{file}")
    store = ReviewStore.open()
    store.add_turn(ASKED)
    close(store)
    assert not (tmp_path / "var").exists()
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("select text from turns").fetchall() == [(ASKED.text,)]


def test_several_threads_lose_nothing_and_count_nothing_twice(store: ReviewStore) -> None:
    def add(number: int) -> None:
        store.add_turn(replace(ASKED, message=str(number % 100)))
        store.add_verdict(Verdict("conversation", str(number), "reissue", True))
        store.most_asked(NOW)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(200)))
    assert sorted(int(turn.message) for turn in store.turns()) == list(range(100))
    assert len(store.verdicts()) == 200


def test_two_servers_share_one_file(store: ReviewStore, file: Path) -> None:
    other = ReviewStore.open(f"sqlite:///{file}")

    def add(number: int) -> None:
        (store, other)[number % 2].add_turn(replace(ASKED, message=str(number // 2)))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(add, range(100)))
    assert len(store.turns()) == len(other.turns()) == 50
    close(other)


def test_two_servers_that_start_at_once_make_the_tables_once(file: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        stores = list(threads.map(lambda _: ReviewStore.open(f"sqlite:///{file}"), range(4)))
    for store in stores:
        store.add_turn(ASKED)
        close(store)
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("select count(*) from turns").fetchone() == (1,)
