"""The report as plain data, for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.review.counts import RATES, Counts
from bot.review.rates import Rate
from bot.review.statistics import Period, Statistics, of_week


def plain(statistics: Statistics, titles: Mapping[str, str]) -> dict[str, Any]:
    """`titles`: a few words for each entry, by id."""
    weeks = statistics.weeks()
    return {
        **_days(statistics.period),
        "total": _counts(statistics.total),
        "weeks": [{**_days(week), **_counts(counts)} for week, counts in weeks.items()],
        "entries": _entries(statistics, None, titles),
        "weeks_entries": [
            {**_days(week), "entries": _entries(statistics, week, titles)} for week in weeks
        ],
        "hours": [{"hour": h, **_counts(counts)} for h, counts in statistics.hours().items()],
        "languages": [
            {"language": language, **_counts(counts)}
            for language, counts in statistics.languages().items()
        ],
        "lookups": [
            {**_days(week), "verdict": verdict, "entry": entry, "count": number}
            for week in weeks
            for (_, verdict, entry), number in of_week(statistics.lookups, week).items()
        ],
        "verdicts_not_counted": {
            "no_answer": statistics.of_no_answer,
            "no_question": statistics.of_no_question,
        },
    }


def _days(period: Period) -> dict[str, str]:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def _entries(
    statistics: Statistics, week: Period | None, titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {"entry": entry, "label": titles.get(entry or ""), **_counts(counts)}
        for entry, counts in statistics.entries(week).items()
    ]


def _counts(counts: Counts) -> dict[str, Any]:
    return {"asked": counts.asked, **{name: _rate(counts.rate(name)) for name in RATES}}


def _rate(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval or (None, None)
    return {"count": rate.count, "of": rate.of, "rate": rate.share, "low": low, "high": high}
