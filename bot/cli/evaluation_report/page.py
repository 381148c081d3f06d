"""The report as one HTML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.cli.evaluation_report.charts import (
    MARKED,
    decided_in_words,
    reliability_chart,
    risk_coverage_chart,
)
from bot.cli.evaluation_report.confusion import confusion_table
from bot.cli.evaluation_report.results import results_table
from bot.cli.evaluation_report.tables import (
    bins_table,
    curve_table,
    entries_table,
    figures_table,
    kinds_table,
    voices_table,
)
from bot.cli.evaluation_report.words import interval, value
from bot.cli.html.document import Section, Tile, chart, document, tiles
from bot.cli.html.markup import Markup, element, joined
from bot.match.evaluation.bootstrap import RESAMPLES
from bot.match.evaluation.report import Report

TILES = ("right", "wrong", "out_of_scope_answered", "calibration_error")


@dataclass(frozen=True)
class Origin:
    """What was scored, when; `titles`: the question of each entry, by id."""

    model: str
    files: tuple[str, ...]
    day: date
    titles: Mapping[str, str] = field(default_factory=dict)


def page(report: Report, origin: Origin) -> str:
    return document("採点結果", _header(report, origin), _sections(report, origin))


def _header(report: Report, origin: Origin) -> Markup:
    inside, outside = len(report.inside), len(report.outside)
    facts = {
        "採点した日": f"{origin.day.year}年{origin.day.month}月{origin.day.day}日",
        "モデル": origin.model,
        "質問": "、".join(origin.files),
    }
    rows = [joined(element("dt", name), element("dd", fact)) for name, fact in facts.items()]
    return element(
        "header",
        element("h1", "採点結果"),
        element(
            "p",
            f"正解のわかっている質問{inside + outside}件（対象内{inside}件、対象外{outside}件）で、"
            "ボットの判断を採点しました。",
        ),
        element("dl", *rows, class_="about"),
        _tiles(report),
    )


def _tiles(report: Report) -> Markup:
    labels = {"wrong": "対象内への誤答"}
    figures = {figure.measure.name: figure for figure in report.figures}
    return tiles(
        Tile(
            labels.get(name, figures[name].measure.label),
            value(figures[name]),
            (f"95%区間 {interval(figures[name])}", f"{figures[name].questions}問"),
        )
        for name in TILES
    )


def _sections(report: Report, origin: Origin) -> list[Section]:
    """Without groups that no question belongs to."""
    sections = [
        Section("rates", "全体", _rates(report)),
        Section("confusion", "取り違え（混同行列）", confusion_table(report.confusion)),
        Section("risk", "答える割合と誤り", _risk(report)),
        Section("reliability", "確からしさの信頼性", _reliability(report)),
    ]
    if report.inside:
        entries = entries_table(report.by_entry(), origin.titles)
        voices = voices_table(report.by_voice())
        sections.append(Section("entries", "項目ごと", entries))
        sections.append(Section("voices", "話し方ごと", voices))
    if report.outside:
        kinds = kinds_table(report.by_kind())
        sections.append(Section("kinds", "対象外の種類ごと", kinds))
    misses = f"望ましくない判断{len(report.misses)}件"
    sections.append(Section("misses", misses, _misses(report)))
    if report.offered:
        offered = results_table(
            "正答が候補の中にだけあった質問を、確からしさの低いものから並べています。",
            report.offered,
        )
        title = f"候補の中に正答があった{len(report.offered)}件"
        sections.append(Section("offered", title, offered))
    return sections


def _rates(report: Report) -> Markup:
    note = (
        "95%区間は、質問の選び方による率のぶれです。対象内・対象外のそれぞれから質問を選び直して"
        f"{RESAMPLES:,}回採点し、中央の95%をとりました（ブートストラップ法）。0%と100%の率では幅が出ませんが、"
        "確実という意味ではありません。"
    )
    return joined(figures_table(report.figures), element("p", note, class_="about"))


def _risk(report: Report) -> Markup:
    curve, point = report.curve, report.operating_point
    marks = "、".join(map(str, MARKED))
    note = (
        "確からしさがある値以上の質問にだけ第1候補で答えるとしたときの、答える割合（全質問のうち）と、"
        "答えたうちの誤りの割合です。線が低いほど、正しい答えと誤りをよく見分けています。"
        f"丸は、左から順に{marks}以上で答えたときです。◆は実際の判断です。"
    )
    picture = risk_coverage_chart(curve, point)
    return chart(picture, note + decided_in_words(point), curve_table(curve))


def _reliability(report: Report) -> Markup:
    error = next(f for f in report.figures if f.measure.name == "calibration_error")
    note = (
        "第1候補の確からしさごとに、実際に正しかった割合を棒の高さで示します。"
        "丸が破線に近いほど、確からしさをそのまま信じられます。破線より下は自信のもちすぎ、"
        f"上は控えめすぎです。平均のずれ（ECE）は{value(error)}、95%区間は{interval(error)}です。"
    )
    return chart(reliability_chart(report.bins), note, bins_table(report.bins))


def _misses(report: Report) -> Markup:
    caption = "誤答、候補に正答なし、該当なしの順に、それぞれ確からしさの高いものから並べています。"
    return results_table(caption, report.misses)
