"""The contact card says whether somebody answers at this very minute in Japan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from bot.faq.entry import FaqBook
from bot.match.decision import Answer, Candidate, NoMatch
from tests.actions.conftest import Run, serve

At = Callable[[str], None]

MINUTES = ("09:29", "09:30", "17:29", "17:30", "19:59", "20:00")
# The days that matter, and from when until when somebody answers on them.
DAYS = {
    "2026-11-24": ("09:30", "20:00"),  # Tuesday
    "2026-11-28": ("09:30", "17:30"),  # Saturday
    "2026-11-23": ("09:30", "17:30"),  # Monday, 勤労感謝の日
    "2026-12-29": None,  # Tuesday
    "2027-01-03": None,  # Sunday
}


def answer(entry: str) -> Answer:
    return Answer(entry, (Candidate(entry, 0.97),))


def card(run: Run, entry: str) -> dict[str, Any]:
    (message,) = run("action_contact_card", answer(entry))
    assert message["type"] == "contact"
    return message


@pytest.mark.parametrize("entry", ["hotline", "foreign_language_line", "ip_phone_line"])
@pytest.mark.parametrize(("day", "minute"), product(DAYS, MINUTES))
def test_open_or_not_at_this_minute(run: Run, at: At, entry: str, day: str, minute: str) -> None:
    at(f"{day} {minute}")
    hours = DAYS[day]
    is_open = hours is not None and hours[0] <= minute < hours[1]
    shown = card(run, entry)
    assert shown["open"] is is_open
    assert shown["status"].startswith("受付中" if is_open else "受付時間外")


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("2026-11-24 09:29", "受付時間外（次は本日9:30から）"),
        ("2026-11-24 19:59", "受付中（本日20:00まで）"),
        ("2026-11-28 17:29", "受付中（本日17:30まで）"),
        ("2026-11-23 17:30", "受付時間外（次は明日9:30から）"),
        ("2026-12-29 12:00", "受付時間外（次は1月4日（月）9:30から）"),
        ("2027-01-03 12:00", "受付時間外（次は明日9:30から）"),
    ],
)
def test_the_status_says_until_or_from_when(run: Run, at: At, moment: str, status: str) -> None:
    at(moment)
    assert card(run, "hotline")["status"] == status


@pytest.mark.parametrize(("day", "minute"), product(DAYS, MINUTES))
def test_the_suspension_line_is_always_open(run: Run, at: At, day: str, minute: str) -> None:
    at(f"{day} {minute}")
    shown = card(run, "card_lost_stop")
    assert shown["open"] is True
    assert shown["status"] == "受付中（24時間365日）"
    assert shown["phones"][0]["tel"] == "tel:0120950178"


def test_a_web_page_has_an_address_and_no_hours(
    run: Run, at: At, book: FaqBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [replace(entry, contacts=("card_application",)) for entry in book.entries]
    serve(replace(book, entries=tuple(entries)), monkeypatch)
    at("2026-12-31 23:59")
    shown = card(run, "reissue")
    assert shown["url"] == "https://www.kojinbango-card.go.jp/kofushinse/"
    assert shown["hours"] is shown["open"] is shown["status"] is None
    assert shown["phones"] == []


def test_numbers_are_told_apart(run: Run) -> None:
    phones = card(run, "foreign_language_line")["phones"]
    assert [p["number"] for p in phones] == ["0120-0178-26", "0120-0178-27"]
    assert all(p["label"] for p in phones)
    assert card(run, "foreign_language_line")["languages"] == ["en", "zh", "ko", "es", "pt"]


@pytest.mark.parametrize(
    "decision",
    [
        answer("reissue"),
        answer("entry_of_an_older_model"),
        NoMatch((Candidate("hotline", 0.2),)),
        None,
    ],
)
def test_without_a_contact_nothing_is_said(run: Run, decision: Any) -> None:
    assert run("action_contact_card", decision) == []
