"""The report's tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.cli.evaluation_report.charts import MARKED, PARTS, outcome_bar
from bot.cli.evaluation_report.words import (
    COLUMNS,
    KIND_COLUMNS,
    KINDS,
    NOTHING,
    VOICES,
    interval,
    kind_cells,
    named,
    outcome_cells,
    percent,
    value,
)
from bot.cli.html.bars import key
from bot.cli.html.markup import Markup, element, joined
from bot.cli.html.table import NUMBERS, breakable, part, row, table
from bot.match.evaluation.counts import Tally
from bot.match.evaluation.curves import Bin, CurvePoint, at_threshold
from bot.match.evaluation.report import Figure
from bot.match.evaluation.result import Outcome

OVER = {"in_scope": "対象内の質問", "out_of_scope": "対象外の質問", "all": "すべての質問"}


def figures_table(all_figures: Sequence[Figure]) -> Markup:
    bodies = [
        [
            part(OVER[over], columns=4),
            *(row(f.measure.label, value(f), interval(f), str(f.questions)) for f in figures),
        ]
        for over, figures in groupby(all_figures, key=lambda figure: figure.measure.over)
    ]
    head = ("指標", "値", "95%区間", "質問数")
    return table(
        "全体の率。質問数は、その率のもとになった質問の数です。", head, *bodies, kind=NUMBERS
    )


def curve_table(curve: Sequence[CurvePoint]) -> Markup:
    points = [(threshold, at_threshold(curve, threshold)) for threshold in MARKED]
    rows = [
        row(f"{threshold:.1f}以上", percent(p.coverage), percent(p.risk), str(p.answered))
        if p
        else row(f"{threshold:.1f}以上", percent(0), NOTHING, "0")
        for threshold, p in points
    ]
    head = ("確からしさ", "答える割合", "うち誤り", "質問数")
    return table("確からしさで区切って答えた場合", head, rows, kind=NUMBERS)


def bins_table(bins: Sequence[Bin]) -> Markup:
    rows = [
        row(f"{b.low:.1f}〜{b.high:.1f}", str(b.questions), percent(b.confidence), percent(b.right))
        for b in bins
    ]
    head = ("確からしさ", "質問数", "平均", "正しかった割合")
    return table("確からしさと、実際に正しかった割合", head, rows, kind=NUMBERS)


def entries_table(groups: Mapping[str, Tally], titles: Mapping[str, str]) -> Markup:
    names = {
        entry: joined(element("code", entry), element("small", titles.get(entry, "")))
        for entry in groups
    }
    return _outcomes("項目ごとの結果", "項目", groups, names)


def voices_table(groups: Mapping[str, Tally]) -> Markup:
    names = {voice: named(voice, VOICES) for voice in groups}
    return _outcomes("対象内の質問の、話し方ごとの結果", "話し方", groups, names)


def _outcomes(
    caption: str, first: str, groups: Mapping[str, Tally], names: Mapping[str, str]
) -> Markup:
    """With a bar under each name."""
    rows = [
        row(joined(names[name], outcome_bar(counts)), *outcome_cells(counts))
        for name, counts in groups.items()
    ]
    head = (first, *map(breakable, COLUMNS))
    return joined(_key(), table(caption, head, rows, kind=f"{NUMBERS} outcomes"))


def kinds_table(groups: Mapping[str, Tally]) -> Markup:
    rows = [row(named(kind, KINDS), *kind_cells(counts)) for kind, counts in groups.items()]
    head = ("種類", *map(breakable, KIND_COLUMNS))
    caption = "対象外の質問の、種類ごとの結果。該当なしが望ましい判断です。"
    return table(caption, head, rows, kind=f"{NUMBERS} outcomes")


def _key() -> Markup:
    """What the parts of the bars mean."""
    words = {outcome.name.lower(): outcome.value for outcome in Outcome}
    return key({name: words[name] for name in PARTS})
