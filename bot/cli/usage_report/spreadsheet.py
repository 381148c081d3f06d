"""The report as CSV for a spreadsheet: one number a line, for a pivot table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from bot.cli.usage_report.words import LOOKUPS, MEASURES, language_name
from bot.cli.visible import visible
from bot.review.counts import RATES, Counts
from bot.review.statistics import Period, Statistics, monday, of_week

# Rows of the same 集計 may be added up; each question is in all of them.
HEAD = (
    *("集計", "週（月曜日）", "日数", "項目", "見出し", "時", "言語"),
    *("指標", "件数", "母数", "率", "95%区間の下限", "95%区間の上限"),
)
WHICH, WEEK, DAYS, ENTRY, TITLE, HOUR, LANGUAGE, MEASURE, COUNT, OF, SHARE, LOW, HIGH = HEAD
_FORMULA = tuple("=+-@＝＋－＠")  # a spreadsheet computes what begins so

Row = dict[str, Any]


def spreadsheet(statistics: Statistics, titles: Mapping[str, str]) -> bytes:
    """UTF-8 with a byte order mark, by which Excel knows it.  `titles`: a few words for each
    entry, by id.  Shares are numbers, 0–1; an empty cell where there is nothing to divide by."""
    file = io.StringIO()
    writer = csv.DictWriter(file, HEAD, restval="")
    writer.writeheader()
    writer.writerows(_rows(statistics, titles))
    return file.getvalue().encode("utf-8-sig")


def _rows(statistics: Statistics, titles: Mapping[str, str]) -> Iterator[Row]:
    for week, counts in statistics.weeks().items():
        yield from _measures({WHICH: "週", **_week(week)}, counts)
    for week in statistics.weeks():
        for entry, counts in statistics.entries(week).items():
            row = {WHICH: "週と項目", **_week(week), **_entry(entry, titles)}
            yield from _measures(row, counts)
    for week in statistics.weeks():
        for (_, hour), counts in of_week(statistics.by_hour, week).items():
            yield from _measures({WHICH: "週と時刻", **_week(week), HOUR: hour}, counts)
    for week in statistics.weeks():
        for (_, language), counts in of_week(statistics.by_language, week).items():
            row = {WHICH: "週と言語", **_week(week), LANGUAGE: safe(language_name(language))}
            yield from _measures(row, counts)
    for week in statistics.weeks():
        for (_, said, entry), number in of_week(statistics.lookups, week).items():
            row = {WHICH: "回答検索", **_week(week), **_entry(entry, titles)}
            yield {**row, MEASURE: LOOKUPS.get(said, safe(said)), COUNT: number}


def _week(week: Period) -> Row:
    return {WEEK: monday(week.first).isoformat(), DAYS: week.days}


def _entry(entry: str | None, titles: Mapping[str, str]) -> Row:
    return {ENTRY: safe(entry or ""), TITLE: safe(titles.get(entry or "", ""))}


def _measures(row: Row, counts: Counts) -> Iterator[Row]:
    yield {**row, MEASURE: MEASURES["asked"], COUNT: counts.asked}
    for measure in RATES:
        rate = counts.rate(measure)
        numbers: Row = {COUNT: rate.count, OF: rate.of}
        if rate.share is not None and rate.interval is not None:
            low, high = rate.interval
            numbers |= {SHARE: f"{rate.share:.4f}", LOW: f"{low:.4f}", HIGH: f"{high:.4f}"}
        yield {**row, MEASURE: MEASURES[measure], **numbers}


def safe(text: str) -> str:
    """A text that a spreadsheet shows and does not compute."""
    text = visible(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
