"""Whether a telephone line is open at a given moment in Japan, and when that changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import jpholiday

from bot.faq.entry import Hours, MonthDay, Span

# The longest closure is the turn of the year; two weeks ahead is always enough.
_DAYS_AHEAD = 14
_WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True, slots=True)
class Opening:
    """`changes` is when the line closes (if open) or opens next; None: never."""

    open: bool
    changes: datetime | None

    def text(self, now: datetime) -> str:
        """In Japanese, for the card: 受付中（本日20:00まで）."""
        if self.changes is None:
            return "受付中（24時間365日）" if self.open else "受付時間外"
        when = f"{self.changes:%-H:%M}"
        if self.open:
            return f"受付中（本日{when}まで）"
        days = (self.changes.date() - now.date()).days
        named = ("本日", "明日")[days] if days < 2 else _day_name(self.changes.date())
        return f"受付時間外（次は{named}{when}から）"


def opening(hours: Hours, now: datetime) -> Opening:
    """The state of a line at `now` (aware, Japan time)."""
    if hours.always:
        return Opening(True, None)
    span = _span(hours, now.date())
    if span and span.covers(now.time()):
        return Opening(True, datetime.combine(now.date(), span.end, now.tzinfo))
    return Opening(False, _next_start(hours, now))


def _next_start(hours: Hours, now: datetime) -> datetime | None:
    for ahead in range(_DAYS_AHEAD + 1):
        day = now.date() + timedelta(days=ahead)
        span = _span(hours, day)
        if span and (ahead or now.time() < span.start):
            return datetime.combine(day, span.start, now.tzinfo)
    return None


def _span(hours: Hours, day: date) -> Span | None:
    if hours.closed and hours.closed.covers(day):
        return None
    weekend = day.weekday() >= 5 or jpholiday.is_holiday(day)
    return hours.holiday if weekend else hours.weekday


def _day_name(day: date) -> str:
    return f"{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def hours_text(hours: Hours) -> str:
    """The opening hours in Japanese, one line a rule."""
    if hours.always:
        return "24時間365日"
    lines = []
    if hours.weekday:
        lines.append(f"平日 {_span_text(hours.weekday)}")
    if hours.holiday:
        lines.append(f"土日祝 {_span_text(hours.holiday)}")
    if hours.closed:
        lines.append(f"休業 {_date_text(hours.closed.start)}～{_date_text(hours.closed.end)}")
    return "\n".join(lines)


def _span_text(span: Span) -> str:
    return f"{span.start:%-H:%M}～{span.end:%-H:%M}"


def _date_text(day: MonthDay) -> str:
    return f"{day.month}月{day.day}日"
