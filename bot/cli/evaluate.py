"""``faq evaluate FILE``: how the trained model does on questions with known answers."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.match.evaluation import Report

HELP = "正解つきの質問（JSON Lines）で応答を採点します"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help='1行に {"text": "…", "entry": 項目の id または null, "voice": …（任意）}',
    )
    parser.add_argument("--json", action="store_true", help="結果を JSON で出力します")


def run(options: argparse.Namespace) -> int:
    from bot.match.archive import load_newest
    from bot.match.evaluation import evaluate, read_questions

    model = load_newest()
    known = frozenset(entry.id for entry in model.book.entries)
    questions = [q for file in options.files for q in read_questions(file, known)]
    report = evaluate(questions, model.match)
    if options.json:
        print(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        _print(report)
    return 0


def _print(report: Report) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    overall = Table("全体", "値", title="採点結果")
    for name, value in report.overall().items():
        overall.add_row(name, value)
    console.print(overall)
    for title, groups in (("項目", report.by_entry()), ("話し方", report.by_voice())):
        table = Table(title, "質問", "正答", "候補に正答", "誤答", "該当なし")
        for name, counts in groups.items():
            table.add_row(name, *(str(number) for number in counts))
        console.print(table)
    for miss in report.misses:
        print(miss)  # rich would show its fields
