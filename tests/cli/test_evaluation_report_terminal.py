"""The report of ``faq evaluate`` in the terminal."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.cli.evaluation_report.terminal import print_report
from bot.match.evaluation import Question, Report
from tests.match.decisions import (
    answer,
    inside_report,
    mixed_report,
    outside_report,
    report_on,
    silence,
)


def shown(report: Report) -> str:
    output = io.StringIO()
    print_report(report, Console(file=output, width=80))
    return output.getvalue()


def cells(text: str, first: str) -> list[str]:
    """Those of the row that starts with `first`."""
    return next(line.split()[1:] for line in text.splitlines() if line.split()[:1] == [first])


def test_figures_have_their_questions_and_interval() -> None:
    text = shown(mixed_report())
    assert cells(text, "すぐに正答")[:3] == ["対象内", "5", "20.0%"]
    assert cells(text, "対象外への回答")[:3] == ["対象外", "3", "33.3%"]
    assert cells(text, "すぐに正答")[3].startswith("0.0〜")
    assert cells(text, "確からしさの誤差（ECE）")[0] == "すべて"


def test_entries_voices_and_kinds_have_their_counts() -> None:
    text = shown(mixed_report())
    assert cells(text, "a") == ["2", "1", "0", "0", "1", "0", "50.0%"]
    assert cells(text, "b") == ["3", "0", "1", "1", "0", "1", "0.0%"]
    assert cells(text, "短い一言（terse）") == ["2", "1", "0", "1", "0", "0", "50.0%"]
    assert cells(text, "own_voice") == ["1", "0", "0", "0", "0", "1", "0.0%"]
    assert cells(text, "隣の話題（near）") == ["2", "0", "1", "1", "50.0%"]


def test_every_miss_has_its_candidates_and_confidences() -> None:
    text = shown(mixed_report())
    assert "望ましくない判断 5 件" in text
    assert (
        "誤答  「なくした」  正解 b\n"
        "    回答 a（確からしさ 0.93）  terse\n"
        "    候補 a 0.93, c 0.00\n"
    ) in text
    assert "    候補提示 a・b（確からしさ 0.80）  near\n" in text
    assert text.index("「なくした」") < text.index("「保険料は？」") < text.index("「教えて」")


def test_groups_without_questions_are_left_out() -> None:
    assert "種類ごと" not in shown(inside_report())
    assert "項目ごと" not in shown(outside_report())
    assert cells(shown(outside_report()), "すぐに正答") == ["対象内", "0", "–", "–"]


def test_a_usual_terminal_is_wide_enough() -> None:
    question = Question("短い", "notice_after_disqualification", "presupposition")
    text = shown(report_on((question, answer("a")), (Question("x", None, kind="near"), silence())))
    tables = text[: text.index("望ましくない判断")]
    assert "notice_after_disqualification " in tables
    assert max(map(cell_len, tables.splitlines())) <= 80


@pytest.mark.parametrize("text", ["[red]赤[/red] [/]", "あ\x1b[2Jい", "あ\nい", "\u202eあ"])
def test_a_text_cannot_command_the_terminal(text: str) -> None:
    output = shown(report_on((Question(text, "a"), silence())))
    assert not {"\x1b", "\u202e"} & set(output)
    assert "あ\nい" not in output
    assert ("[red]赤[/red] [/]" in output) == text.startswith("[")
