"""``faq evaluate FILE``: how the trained model does on questions with known answers."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.options import add_edited
from bot.errors import FaqBotError

if TYPE_CHECKING:
    from bot.match.evaluation import Report
    from bot.match.model import FaqModel

HELP = "正解つきの質問（JSON Lines）で応答を採点します"


class ReportFileError(FaqBotError):
    """The report cannot be written where it should go."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help='1行に {"text": "…", "entry": 項目の id または null, "voice": …, "kind": …（任意）}',
    )
    parser.add_argument("--json", action="store_true", help="結果を JSON で出力します")
    parser.add_argument(
        "--html",
        type=_html_file,
        metavar="FILE",
        help="図表つきの結果を HTML ファイルに書き出します",
    )
    add_edited(parser)


def _html_file(name: str) -> Path:
    """`--html questions.jsonl answers.jsonl` must not replace the questions."""
    if not name.endswith((".html", ".htm")):
        raise argparse.ArgumentTypeError(f"{name}: .html で終わるファイル名を指定してください")
    return Path(name)


def run(options: argparse.Namespace) -> int:
    from rich.console import Console

    from bot.cli.content import chosen_model
    from bot.cli.evaluation_report.terminal import print_report
    from bot.match.evaluation import evaluate_all, read_questions

    model = chosen_model(options, threads=2)
    known = frozenset(entry.id for entry in model.book.entries)
    questions = [q for file in options.files for q in read_questions(file, known)]
    with Console(stderr=True).status("採点しています…"):
        report = evaluate_all(questions, model.match_all)
    if options.html:  # first: whoever reads standard output may stop early (`… | head`)
        _write_html(report, model, options)
    if options.json:
        _print_json(report)
    else:
        print_report(report, Console())
    return 0


def _print_json(report: Report) -> None:
    """UTF-8, whatever the terminal's encoding; a lone surrogate stays an escape."""
    text = json.dumps(report.as_dict(), ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")


def _write_html(report: Report, model: FaqModel, options: argparse.Namespace) -> None:
    from bot.cli.content import chosen_archive
    from bot.cli.evaluation_report.page import Origin, page
    from bot.clock import today

    origin = Origin(
        model=str(chosen_archive(options)),
        files=tuple(str(file) for file in options.files),
        day=today(),
        titles={entry.id: entry.question for entry in model.book.entries},
    )
    try:
        options.html.write_text(page(report, origin), encoding="utf-8")
    except OSError as error:
        raise ReportFileError(
            f"{options.html}: 書き込めません（{error.strerror}）。"
            "書き込めるフォルダーの、.html で終わるファイル名を指定してください。"
        ) from error
    # Standard output belongs to the result, which may be JSON for a program.
    print(f"採点結果を {options.html} に書き出しました。", file=sys.stderr)
