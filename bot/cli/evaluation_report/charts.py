"""The report's pictures; a table beside each says the same in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from bot.cli.evaluation_report.words import percent
from bot.cli.html.bars import bar
from bot.cli.html.markup import Markup
from bot.cli.html.svg import TOP, Plot, drawing, label
from bot.match.evaluation.counts import Tally
from bot.match.evaluation.curves import Bin, CurvePoint, Point, at_threshold

MARKED = (0.9, 0.7, 0.5, 0.3)  # thresholds shown on the curve and in its table
PARTS = ("right", "offered", "silent", "misled", "wrong")  # of a bar; also CSS classes


def risk_coverage_chart(curve: Sequence[CurvePoint], point: Point | None) -> Markup:
    """Share answered across, share of wrong answers upwards."""
    plot = _risk_plot(max((p.risk for p in curve), default=0))
    shapes = plot.frame("答える割合", "答えたうちの誤り")
    shapes.append(plot.curve([(p.coverage, p.risk) for p in curve], "curve"))
    marked = [p for p in (at_threshold(curve, threshold) for threshold in MARKED) if p]
    shapes += [plot.circle((p.coverage, p.risk), "mark") for p in marked]
    if point is not None:
        place = point.coverage, point.risk if point.answered else 0.0
        shapes += [plot.diamond(place, "here"), _above(plot, place, "実際の判断")]
    return drawing(f"リスク・カバレッジ曲線。実際の判断: {decided_in_words(point)}", *shapes)


def _risk_plot(highest: float) -> Plot:
    """Just high enough, with a round number on top and at most ten marks."""
    step = next((s for s in (0.01, 0.02, 0.05, 0.1) if highest <= 6 * s), 0.2)
    return Plot(max(1, ceil(round(highest / step, 6))) * step, step)


def _above(plot: Plot, place: tuple[float, float], text: str) -> Markup:
    """Above a place of the curve, where it is free: the curve rises to the right."""
    x, y = plot.x(place[0]), plot.y(place[1]) - 12
    return label(x, y, text, "end" if place[0] > 0.3 else "start", "strong")


def decided_in_words(point: Point | None) -> str:
    if point is None:
        return "質問がありません。"
    if not point.answered:
        return "どの質問にも答えませんでした。"
    return (
        f"質問の{percent(point.coverage)}（{point.answered}件）に答え、"
        f"そのうち{percent(point.risk)}が誤りでした。"
    )


def reliability_chart(bins: Sequence[Bin]) -> Markup:
    """Confidence across, share of right candidates upwards, and above it how many questions."""
    plot = Plot()
    shapes = plot.frame("第1候補の確からしさ", "実際に正しかった割合（上の数字は質問数）")
    for row in bins:
        shapes.append(
            label(plot.x((row.low + row.high) / 2), TOP - 5, str(row.questions), "middle")
        )
        if row.questions:
            shapes.append(plot.bar(row.low, row.high, row.right, "bin"))
    shapes.append(plot.line((0, 0), (1, 1), "ideal"))
    shapes += [plot.circle((b.confidence, b.right), "mark") for b in bins if b.questions]
    return drawing("信頼度図。数値は続く表にあります。", *shapes)


def outcome_bar(counts: Tally) -> Markup:
    """One bar of all questions."""
    return bar((name, getattr(counts, name)) for name in PARTS)
