"""The report as one HTML file."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cli.html.bars import key
from bot.cli.html.document import Section, Tile, chart, document, tiles
from bot.cli.html.markup import Markup, element, joined
from bot.cli.usage_report.charts import OUTCOMES, VERDICTS, columns_chart
from bot.cli.usage_report.tables import (
    entries_by_week_table,
    entry_questions_table,
    entry_verdicts_table,
    languages_table,
    lookups_table,
    outcomes_table,
    week_name,
    week_tables,
    whole_table,
)
from bot.cli.usage_report.words import (
    MEASURES,
    fraction,
    hour_name,
    interval,
    left_out,
    period_name,
    rate_name,
    share,
    week_parts,
)
from bot.review.counts import Counts
from bot.review.statistics import Statistics

TITLE = "利用状況"
TILES = ("answers", "unanswered", "helpful", "rated")
INTERVALS = (
    "95%区間は、件数が限られているために率がどれほどぶれるかの目安です（Wilson の方法）。"
    "評価のない回答は、役に立ったとも立たなかったとも数えません。"
)
ENTRIES = (
    "選ばれた候補は、選ばれた項目に数えています。候補が選ばれなかった質問と該当なしの質問は、"
    "いちばん近い項目に数えています。"
)


def page(statistics: Statistics, titles: Mapping[str, str]) -> str:
    """`titles`: a few words for each entry, by id."""
    return document(TITLE, _header(statistics), _sections(statistics, titles))


def _header(statistics: Statistics) -> Markup:
    asked = f"{MEASURES['asked']} {statistics.total.asked:,} 件"
    about = f"{period_name(statistics.period)}、{asked}"
    return element("header", element("h1", TITLE), element("p", about), _tiles(statistics))


def _tiles(statistics: Statistics) -> Markup:
    rates = {measure: statistics.total.rate(measure) for measure in TILES}
    return tiles(
        Tile(
            rate_name(measure),
            share(rate),
            (fraction(rate), f"95%区間 {interval(rate)}"),
        )
        for measure, rate in rates.items()
    )


def _sections(statistics: Statistics, titles: Mapping[str, str]) -> list[Section]:
    """Without those that have nothing to show."""
    sections = [
        Section("whole", "全体", _whole(statistics)),
        Section("weeks", "週ごと", _weeks(statistics)),
        Section("hours", "時刻ごと", _hours(statistics)),
    ]
    if statistics.by_entry:
        by_week = entries_by_week_table(statistics, titles)
        sections.append(Section("entries", "項目ごと", _entries(statistics, titles)))
        sections.append(Section("entries-weeks", "週ごと、項目ごと", by_week))
    if statistics.by_language:
        sections.append(Section("languages", "言語ごと", languages_table(statistics)))
    if statistics.lookups:
        sections.append(Section("lookups", "回答検索", lookups_table(statistics)))
    return sections


def _whole(statistics: Statistics) -> Markup:
    notes = (INTERVALS, *left_out(statistics))
    return joined(
        whole_table(statistics.total), *(element("p", note, class_="about") for note in notes)
    )


def _weeks(statistics: Statistics) -> Markup:
    period = statistics.period
    weeks = statistics.weeks()
    picture = columns_chart(
        "週ごとの質問の数。数値は続く表にあります。",
        "週の初日",
        {week_parts(week, period)[0].rstrip("〜"): counts for week, counts in weeks.items()},
    )
    named: dict[str, Counts] = {week_name(week, period): counts for week, counts in weeks.items()}
    numbers = outcomes_table("週ごとの質問の数", "週", named)
    note = "週は月曜日から日曜日までです。"
    return joined(chart(picture, note, joined(_outcomes_key(), numbers)), week_tables(statistics))


def _hours(statistics: Statistics) -> Markup:
    hours = statistics.hours()
    picture = columns_chart(
        "時刻ごとの質問の数。数値は続く表にあります。",
        "時台（日本時間）",
        {str(hour): counts for hour, counts in hours.items()},
    )
    named = {hour_name(hour): counts for hour, counts in hours.items()}
    numbers = outcomes_table("時刻ごとの質問の数", "時刻", named)
    return chart(picture, "時刻は日本時間です。", joined(_outcomes_key(), numbers))


def _entries(statistics: Statistics, titles: Mapping[str, str]) -> Markup:
    counts = statistics.entries()
    return joined(
        element("p", ENTRIES, class_="about"),
        entry_questions_table(counts, titles),
        key({kind: MEASURES[name] for name, kind in VERDICTS.items()}),
        entry_verdicts_table(counts, titles),
    )


def _outcomes_key() -> Markup:
    """What the parts of the columns mean, the upper ones first."""
    return key({kind: MEASURES[name] for name, kind in reversed(OUTCOMES.items())})
