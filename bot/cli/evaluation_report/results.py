"""Single questions with what was decided and what could have been."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cli.evaluation_report.words import KINDS, VOICES, named
from bot.cli.html.markup import Markup, element
from bot.cli.html.table import table
from bot.match.decision import NoMatch
from bot.match.evaluation.questions import UNNAMED
from bot.match.evaluation.result import Result


def results_table(caption: str, results: Sequence[Result]) -> Markup:
    """A sentence where there is nothing to list."""
    if not results:
        return element("p", "ありません。")
    rows = [_row(number, result) for number, result in enumerate(results, 1)]
    return table(caption, ("番号", "質問と正解", "判断と候補"), rows, kind="results")


def _row(number: int, result: Result) -> Markup:
    return element(
        "tr",
        element("th", str(number), scope="row"),
        element("td", *_question(result)),
        element("td", *_decision(result)),
    )


def _question(result: Result) -> list[Markup]:
    asked = result.question
    notes = [
        *([f"種類: {named(asked.kind, KINDS)}"] if asked.kind != UNNAMED else []),
        *([f"話し方: {named(asked.voice, VOICES)}"] if asked.voice != UNNAMED else []),
    ]
    right = element("code", asked.entry) if asked.entry else Markup("対象外")
    return [
        element("p", asked.text, class_="asked"),
        element("p", "正解: ", right),
        *(element("p", note, class_="note") for note in notes),
    ]


def _decision(result: Result) -> list[Markup]:
    decision = result.decision
    candidates = [
        element("li", element("code", c.entry), f" {c.confidence:.2f}") for c in decision.candidates
    ]
    topic = decision.topic if isinstance(decision, NoMatch) else None
    return [
        element(
            "p",
            element("b", result.outcome.value, class_=f"badge {result.outcome.name.lower()}"),
            f" {result.decided}（確からしさ {decision.confidence:.2f}）",
        ),
        element("ol", *candidates) if candidates else element("p", "候補はありません。"),
        *([element("p", f"近い対象外の話題: {topic}", class_="note")] if topic else []),
    ]
