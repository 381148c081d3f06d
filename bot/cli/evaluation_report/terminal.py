"""The report in the terminal: 80 columns are enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.evaluation_report.words import (
    COLUMNS,
    KIND_COLUMNS,
    KINDS,
    VOICES,
    interval,
    kind_cells,
    named,
    outcome_cells,
    value,
)
from bot.cli.rich_table import rich_table
from bot.cli.visible import visible
from bot.match.evaluation.bootstrap import RESAMPLES
from bot.match.evaluation.counts import Tally
from bot.match.evaluation.questions import UNNAMED
from bot.match.evaluation.report import Figure, Report
from bot.match.evaluation.result import Result

OVER = {"in_scope": "対象内", "out_of_scope": "対象外", "all": "すべて"}
INTERVALS = (
    f"95%区間はブートストラップ法（{RESAMPLES:,}回）によります。"
    "0%と100%には幅が出ませんが、確実という意味ではありません。"
)

Columns = Sequence[Sequence[str]]
Cells = Callable[[Tally], list[str]]


def print_report(report: Report, console: Console) -> None:
    console.print(_figures(report.figures))
    console.print(Text(f"\n{INTERVALS}\n", style="dim"))
    groups: list[tuple[str, Mapping[str, Tally], Columns, Cells, Mapping[str, str]]] = [
        ("項目ごと（対象内）", report.by_entry(), COLUMNS, outcome_cells, {}),
        ("話し方ごと（対象内）", report.by_voice(), COLUMNS, outcome_cells, VOICES),
        ("種類ごと（対象外）", report.by_kind(), KIND_COLUMNS, kind_cells, KINDS),
    ]
    for title, tallies, columns, cells, names in groups:
        if tallies:
            table = rich_table(title, "", *map("\n".join, columns))
            for name, counts in tallies.items():
                table.add_row(Text(visible(named(name, names))), *cells(counts))
            console.print(table, "")
    console.print(Text(f"望ましくない判断 {len(report.misses)} 件（重いものから）", style="bold"))
    for miss in report.misses:
        console.print(_text(miss), soft_wrap=True)


def _figures(figures: Sequence[Figure]) -> Table:
    table = rich_table("採点結果", "", "質問", "件数", "値", "95%区間")
    for f in figures:
        over = OVER[f.measure.over]
        table.add_row(f.measure.label, over, str(f.questions), value(f), interval(f))
    return table


def _text(result: Result) -> Text:
    """Three lines: what was asked, what was done, what could have been done."""
    asked, decision = result.question, result.decision
    notes = [note for note in (asked.kind, asked.voice) if note != UNNAMED]
    candidates = ", ".join(f"{c.entry} {c.confidence:.2f}" for c in decision.candidates)
    text = Text()
    text.append(result.outcome.value, style="bold")
    text.append(f"  「{visible(asked.text)}」  正解 {result.expected}\n")
    text.append(f"    {result.decided}（確からしさ {decision.confidence:.2f}）")
    text.append(f"  {visible('・'.join(notes))}\n" if notes else "\n", style="dim")
    text.append(f"    候補 {candidates or 'なし'}")
    return text
