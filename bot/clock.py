"""The time in Japan: opening hours and validity dates mean Japanese time, wherever the
server stands.  Tests put another function in the place of `now`."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

# Japan has had no daylight saving time since 1951: a fixed offset needs no tz database.
JAPAN = timezone(timedelta(hours=9), "JST")


def now() -> datetime:
    return datetime.now(JAPAN)


def today() -> date:
    return now().date()
