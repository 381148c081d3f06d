"""The page's tables: every rate with its numbers and its interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.cli.html.markup import Markup, element, joined
from bot.cli.html.table import NUMBERS, breakable, part, row, scrolling, table
from bot.cli.usage_report.charts import OUTCOMES, verdict_bar
from bot.cli.usage_report.words import (
    HEADS,
    LOOKUPS,
    MEASURES,
    NOTHING,
    OF,
    entry_name,
    fraction,
    interval,
    language_name,
    number,
    rate_name,
    share,
    week_parts,
)
from bot.review.counts import RATES, Counts
from bot.review.rates import Rate
from bot.review.statistics import Period, Statistics, of_week

# Of the first, which is no rate, the others are shares, or shares of shares.
QUESTIONS = ("asked", "answers", "answered", "taken", "picked", "unanswered")
VERDICTS = ("answers", "rated", "helpful", "unhelpful", "silent")
LANGUAGES = ("asked", "answers", "unanswered")
KIND = f"{NUMBERS} rates"

Named = tuple[str, Counts]  # with its name, as HTML or as text


def whole_table(counts: Counts) -> Markup:
    rows = [row(MEASURES["asked"], number(counts.asked), NOTHING, NOTHING, NOTHING)]
    for measure in RATES:
        rate = counts.rate(measure)
        cells = number(rate.count), number(rate.of), share(rate), interval(rate)
        rows.append(row(rate_name(measure), *cells))
    head = ("指標", "件数", "母数", "率", "95%区間")
    return table("期間全体", head, rows, kind=NUMBERS)


def outcomes_table(caption: str, first: str, columns: Mapping[str, Counts]) -> Markup:
    """What a picture of columns shows, in numbers."""
    rows = [
        row(name, *(number(getattr(counts, measure)) for measure in ("asked", *OUTCOMES)))
        for name, counts in columns.items()
    ]
    head = (first, *(breakable(HEADS[measure]) for measure in ("asked", *OUTCOMES)))
    return table(caption, head, rows, kind=f"{NUMBERS} outcomes")


def week_name(week: Period, period: Period) -> Markup:
    parts = (element("span", part, class_="together") for part in week_parts(week, period))
    return joined(*parts)


def week_tables(statistics: Statistics) -> Markup:
    weeks = [
        (week_name(week, statistics.period), counts) for week, counts in statistics.weeks().items()
    ]
    return joined(
        _counts("週ごとの質問の率", "週", QUESTIONS, [weeks]),
        _counts("週ごとの評価", "週", VERDICTS, [weeks]),
    )


def languages_table(statistics: Statistics) -> Markup:
    languages = [(language_name(name), c) for name, c in statistics.languages().items()]
    return _counts("言語ごとの、入力された質問", "言語", LANGUAGES, [languages])


def entry_questions_table(counts: Mapping[str | None, Counts], titles: Mapping[str, str]) -> Markup:
    named = [(_entry(entry, titles), of_entry) for entry, of_entry in counts.items()]
    return _counts("項目ごとの質問", "項目", QUESTIONS, [named])


def entry_verdicts_table(counts: Mapping[str | None, Counts], titles: Mapping[str, str]) -> Markup:
    """With a bar under each name that was rated."""
    named = [
        (joined(_entry(entry, titles), *([verdict_bar(c)] if c.rated else [])), c)
        for entry, c in counts.items()
        if c.answers
    ]
    return _counts("項目ごとの評価", "項目", VERDICTS, [named])


def entries_by_week_table(statistics: Statistics, titles: Mapping[str, str]) -> Markup:
    """All measures of questions and answers, for each week the entries that were asked."""
    measures = ("asked", "answers", "taken", "unanswered", "rated", "helpful")
    weeks = statistics.weeks()
    bodies = {
        "".join(week_parts(week, statistics.period)): [
            (_entry(entry, titles), counts) for entry, counts in statistics.entries(week).items()
        ]
        for week in weeks
    }
    caption = "それぞれの週に質問のあった項目です。"
    return _counts(caption, "項目", measures, bodies.values(), list(bodies))


def lookups_table(statistics: Statistics) -> Markup:
    rows = []
    for week in statistics.weeks():
        rows.append(
            row(week_name(week, statistics.period), *map(number, _reported(statistics, week)))
        )
    return table("担当者の報告", ("週", *LOOKUPS.values()), rows, kind=NUMBERS)


def _reported(statistics: Statistics, week: Period) -> list[int]:
    """As LOOKUPS."""
    said = of_week(statistics.lookups, week)
    return [sum(n for (_, v, _), n in said.items() if v == verdict) for verdict in LOOKUPS]


def _counts(
    caption: str,
    first: str,
    measures: Sequence[str],
    bodies: Iterable[Sequence[Named]],
    names: Sequence[str] = (),
) -> Markup:
    """`names`: of the parts, where there are several."""
    whole, *rates = measures
    head = (first, OF[whole], *(breakable(HEADS[measure]) for measure in rates))
    parts = [
        [
            row(
                name,
                number(getattr(counts, whole)),
                *(rate_cell(counts.rate(measure)) for measure in rates),
            )
            for name, counts in body
        ]
        for body in bodies
    ]
    for name, rows in zip(names, parts, strict=False):
        rows.insert(0, part(name, columns=len(head)))
    return scrolling(caption, table(caption, head, *parts, kind=KIND))


def rate_cell(rate: Rate) -> Markup:
    if rate.share is None:
        return joined(NOTHING, element("small", fraction(rate)))
    return joined(share(rate), element("small", fraction(rate)), element("small", interval(rate)))


def _entry(entry: str | None, titles: Mapping[str, str]) -> Markup:
    if entry is None:
        return joined(entry_name(None))
    title = titles.get(entry)
    return joined(element("code", entry), *([element("small", title)] if title else []))
