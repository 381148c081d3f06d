"""The contact card at the minutes that matter, in Japan time."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from bot.clock import JAPAN
from bot.faq.entry import Hours, MonthDay, Span, YearlySpan
from bot.faq.opening import hours_text, opening

HOTLINE = Hours(
    weekday=Span(time(9, 30), time(20, 0)),
    holiday=Span(time(9, 30), time(17, 30)),
    closed=YearlySpan(MonthDay(12, 29), MonthDay(1, 3)),
)
ALWAYS = Hours(always=True)


@pytest.mark.parametrize(
    ("moment", "is_open", "status"),
    [
        # Tuesday, 24 November 2026
        ("2026-11-24 09:29", False, "受付時間外（次は本日9:30から）"),
        ("2026-11-24 09:30", True, "受付中（本日20:00まで）"),
        ("2026-11-24 17:29", True, "受付中（本日20:00まで）"),
        ("2026-11-24 17:30", True, "受付中（本日20:00まで）"),
        ("2026-11-24 19:59", True, "受付中（本日20:00まで）"),
        ("2026-11-24 20:00", False, "受付時間外（次は明日9:30から）"),
        # Saturday
        ("2026-11-28 09:29", False, "受付時間外（次は本日9:30から）"),
        ("2026-11-28 09:30", True, "受付中（本日17:30まで）"),
        ("2026-11-28 17:29", True, "受付中（本日17:30まで）"),
        ("2026-11-28 17:30", False, "受付時間外（次は明日9:30から）"),
        ("2026-11-28 19:59", False, "受付時間外（次は明日9:30から）"),
        ("2026-11-28 20:00", False, "受付時間外（次は明日9:30から）"),
        # Monday, a public holiday (勤労感謝の日)
        ("2026-11-23 17:29", True, "受付中（本日17:30まで）"),
        ("2026-11-23 17:30", False, "受付時間外（次は明日9:30から）"),
        # A substitute holiday (振替休日, Monday 4 May 2026 is みどりの日, 6 May the substitute)
        ("2026-05-06 19:00", False, "受付時間外（次は明日9:30から）"),
        # The turn of the year
        ("2026-12-28 19:59", True, "受付中（本日20:00まで）"),
        ("2026-12-28 20:00", False, "受付時間外（次は1月4日（月）9:30から）"),
        ("2026-12-29 10:00", False, "受付時間外（次は1月4日（月）9:30から）"),
        ("2027-01-03 10:00", False, "受付時間外（次は明日9:30から）"),
        ("2027-01-04 09:30", True, "受付中（本日20:00まで）"),
    ],
)
def test_hotline(moment: str, is_open: bool, status: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=JAPAN)
    state = opening(HOTLINE, now)
    assert state.open is is_open
    assert state.text(now) == status


@pytest.mark.parametrize("moment", ["2026-11-24 03:00", "2026-12-31 23:59", "2027-01-01 00:00"])
def test_suspension_line_is_always_open(moment: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=JAPAN)
    state = opening(ALWAYS, now)
    assert state.open
    assert state.text(now) == "受付中（24時間365日）"


def test_line_that_never_opens_says_so() -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=JAPAN)
    assert opening(Hours(), now).text(now) == "受付時間外"


def test_hours_in_words() -> None:
    assert hours_text(HOTLINE) == "平日 9:30～20:00\n土日祝 9:30～17:30\n休業 12月29日～1月3日"
    assert hours_text(ALWAYS) == "24時間365日"
