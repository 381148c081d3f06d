"""The report in the terminal: 80 columns are enough."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.rich_table import rich_table
from bot.cli.usage_report.words import (
    HEADS,
    LOOKUPS,
    MEASURES,
    entry_name,
    fraction,
    hour_name,
    interval,
    language_name,
    left_out,
    number,
    period_name,
    rate_name,
    share,
    week_parts,
)
from bot.cli.visible import visible
from bot.review.counts import RATES, Counts
from bot.review.statistics import Statistics, of_week

COLUMNS = ("answers", "taken", "unanswered", "rated", "helpful")
MOST_WEEKS = 6  # side by side
BAR = 30  # characters


def print_report(statistics: Statistics, titles: Mapping[str, str], console: Console) -> None:
    """`titles`: a few words for each entry, by id."""
    console.print(Text(f"{period_name(statistics.period)}\n", style="bold"))
    if not (statistics.total.asked or statistics.lookups):
        console.print("この期間の記録はありません。")
        return
    for table in (
        _whole(statistics.total),
        _weeks(statistics),
        _entries(statistics, titles),
        _entries_by_week(statistics),
        _hours(statistics),
        _languages(statistics),
        *([_lookups(statistics)] if statistics.lookups else []),
    ):
        console.print(table, "")
    console.print(Text("\n".join(_notes(statistics)), style="dim"))


def _notes(statistics: Statistics) -> list[str]:
    """What is in no table, and what the figures mean."""
    return [
        "率には、件数と母数を添えています。",
        "評価のない回答は、役に立ったとも立たなかったとも数えません。",
        "候補を選ばれなかった質問と該当なしの質問は、いちばん近い項目に数えます。",
        *left_out(statistics),
    ]


def _whole(counts: Counts) -> Table:
    table = rich_table(f"期間全体　{MEASURES['asked']} {number(counts.asked)} 件", "")
    for head in ("件数/母数", "率", "95%区間"):
        table.add_column(head, justify="right")
    for measure in RATES:
        rate = counts.rate(measure)
        table.add_row(rate_name(measure), fraction(rate), share(rate), interval(rate))
    return table


def _weeks(statistics: Statistics) -> Table:
    table = _counts_table("週ごと（月曜日から）", "週")
    for week, counts in statistics.weeks().items():
        table.add_row("\n".join(week_parts(week, statistics.period)), *_cells(counts))
    return table


def _entries(statistics: Statistics, titles: Mapping[str, str]) -> Table:
    table = _counts_table("項目ごと", "項目")
    for entry, counts in statistics.entries().items():
        title = titles.get(entry or "", "")
        name = Text(visible(entry_name(entry)))
        name.append(f"\n{visible(title)}" if title else "", style="dim")
        table.add_row(name, *_cells(counts))
    return table


def _counts_table(title: str, first: str) -> Table:
    heads = ("\n".join(HEADS[measure]) for measure in COLUMNS)
    return rich_table(title, first, MEASURES["asked"], *heads)


def _cells(counts: Counts) -> list[str]:
    rates = (counts.rate(measure) for measure in COLUMNS)
    return [number(counts.asked), *(f"{share(rate)}\n{fraction(rate)}" for rate in rates)]


def _entries_by_week(statistics: Statistics) -> Table:
    weeks = list(statistics.weeks())[-MOST_WEEKS:]
    heads = ["\n".join(week_parts(week, statistics.period)) for week in weeks]
    left_out = f"（新しい {MOST_WEEKS} 週）" if len(statistics.weeks()) > MOST_WEEKS else ""
    table = rich_table(f"項目と週ごとの質問数{left_out}", "項目", *heads)
    counts = {week: statistics.entries(week) for week in weeks}
    for entry in statistics.entries():
        asked = (number(counts[week].get(entry, Counts()).asked) for week in weeks)
        table.add_row(Text(visible(entry_name(entry))), *asked)
    return table


def _hours(statistics: Statistics) -> Table:
    table = rich_table("時刻ごと", "", MEASURES["asked"], MEASURES["unanswered"])
    table.add_column("")
    hours = statistics.hours()
    most = max(counts.asked for counts in hours.values()) or 1
    for hour, counts in hours.items():
        bar = "█" * round(BAR * counts.asked / most)
        unanswered = counts.rate("unanswered")
        cells = number(counts.asked), f"{share(unanswered)} {fraction(unanswered)}"
        table.add_row(hour_name(hour), *cells, bar)
    return table


def _languages(statistics: Statistics) -> Table:
    table = rich_table("言語ごと（入力された質問）", "", MEASURES["asked"], MEASURES["unanswered"])
    for language, counts in statistics.languages().items():
        unanswered = counts.rate("unanswered")
        cells = number(counts.asked), f"{share(unanswered)} {fraction(unanswered)}"
        table.add_row(Text(visible(language_name(language))), *cells)
    return table


def _lookups(statistics: Statistics) -> Table:
    table = rich_table("回答検索での担当者の報告", "週", *LOOKUPS.values())
    for week in statistics.weeks():
        said = of_week(statistics.lookups, week)
        counts = (sum(n for (_, v, _), n in said.items() if v == verdict) for verdict in LOOKUPS)
        table.add_row("".join(week_parts(week, statistics.period)), *map(number, counts))
    return table
