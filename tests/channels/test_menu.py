"""What a member can choose without typing, and what is suggested while typing."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bot import clock
from bot.channels import menu
from bot.channels.menu import FREQUENT, PERIOD, Menu
from bot.faq.load import load_book
from bot.match.matcher import Matcher
from bot.match.model import FaqModel
from bot.nlu import served
from bot.review.store import ReviewStore, Turn
from tests.channels.client import get, post
from tests.conftest import ROOT

BOOK = load_book(ROOT / "data")


@pytest.fixture
def store(tmp_path: Path) -> ReviewStore:
    return ReviewStore.open(f"sqlite:///{tmp_path}/review.db")


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "_model", FaqModel(BOOK, cast(Matcher, None)))


def shown(store: ReviewStore, entry: str, times: int, days_ago: int = 0) -> None:
    for number in range(times):
        turn = Turn("c", f"{entry}{days_ago}{number}", "質問", "answer", entry, 0.9, "ja")
        store.add_turn(turn, clock.now() - timedelta(days=days_ago))


def frequent(of: Menu) -> list[str]:
    return [button["id"] for button in asyncio.run(of._content())["frequent"]]


def test_before_anybody_asks_the_first_of_the_book_stand_in(store: ReviewStore) -> None:
    assert frequent(Menu(store)) == [entry.id for entry in BOOK.entries[:FREQUENT]]


def test_the_most_asked_of_a_month_come_first(store: ReviewStore) -> None:
    shown(store, "hotline", 2)
    shown(store, "reissue", 3)
    shown(store, "portal_url", 9, days_ago=PERIOD.days + 1)
    shown(store, "an_entry_that_is_gone", 9)
    assert frequent(Menu(store)) == ["reissue", "hotline", *(e.id for e in BOOK.entries[:2])]


def test_refusals_do_not_count(store: ReviewStore) -> None:
    store.add_turn(Turn("c", "m", "質問", "no_match", "hotline", 0.1, "ja"))
    assert "hotline" not in frequent(Menu(store))


def test_counts_are_kept_for_a_while(store: ReviewStore, monkeypatch: pytest.MonkeyPatch) -> None:
    of = Menu(store)
    first = frequent(of)
    shown(store, "hotline", 1)
    assert frequent(of) == first
    monkeypatch.setattr(menu, "COUNTED_FOR", 0)
    assert frequent(of)[0] == "hotline"


def test_what_does_not_hold_today_is_not_offered(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = tuple(
        replace(e, valid_until=date(2020, 1, 1)) if e.id == "reissue" else e for e in BOOK.entries
    )
    book = replace(BOOK, entries=ended)
    monkeypatch.setattr(served, "_model", FaqModel(book, cast(Matcher, None)))
    shown(store, "reissue", 5)
    content: dict[str, Any] = asyncio.run(Menu(store)._content())
    ids = [button["id"] for category in content["categories"] for button in category["entries"]]
    assert "reissue" not in [*ids, *(button["id"] for button in content["frequent"])]


def test_all_entries_are_there_by_category(server_url: str) -> None:
    response = get(f"{server_url}/api/entries")
    assert response.headers["cache-control"] == "public, max-age=300"
    ids = [b["id"] for category in response.body["categories"] for b in category["entries"]]
    assert sorted(ids) == sorted(entry.id for entry in BOOK.entries)


@pytest.mark.parametrize(
    ("typed", "entry"),
    [("再交付でき", "reissue"), ("saikoufu", "reissue"), ("捨てて", "may_discard")],
)
def test_a_half_typed_question_finds_its_entry(server_url: str, typed: str, entry: str) -> None:
    found = post(f"{server_url}/api/suggest", {"text": typed}).body["suggestions"]
    assert found[0] == {"id": entry, "label": BOOK.entry(entry).label}
    assert len(found) <= 3


@pytest.mark.parametrize("typed", ["", "再", "  再 ", "再交付 1234-5678-9012", "今日の天気は"])
def test_nothing_is_suggested_for_nothing_numbers_and_other_things(
    server_url: str, typed: str
) -> None:
    assert post(f"{server_url}/api/suggest", {"text": typed}).body == {"suggestions": []}
