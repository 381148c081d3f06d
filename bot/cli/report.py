"""``faq report``: what was asked and answered, week by week."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import FaqBotError

if TYPE_CHECKING:
    from bot.review.statistics import Period, Statistics

HELP = "質問・回答・評価の件数を、週・項目・時刻ごとに集計します"
WEEKS = 4  # whole ones, before the week of the last day
MOST_WEEKS = 520
STANDARD_OUTPUT = "-"


class ReportError(FaqBotError):
    """The options make no report, or it cannot be written where it should go."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="first", type=_day, metavar="日付", help="最初の日（例: 2026-11-01）"
    )
    parser.add_argument(
        "--to", dest="last", type=_day, metavar="日付", help="最後の日（既定: 今日）"
    )
    parser.add_argument(
        "--weeks",
        type=_weeks,
        metavar="N",
        help=f"最後の日の週と、その前の N 週（既定: {WEEKS}）",
    )
    parser.add_argument(
        "--csv", metavar="FILE", help="表計算ソフト用の CSV を書き出します（- で標準出力）"
    )
    parser.add_argument(
        "--html",
        type=_html_file,
        metavar="FILE",
        help="図表つきの HTML ファイルを書き出します",
    )
    parser.add_argument("--json", action="store_true", help="結果を JSON で出力します")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text}: 2026-11-01 のような日付を指定してください"
        ) from None


def _weeks(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_WEEKS):
        raise argparse.ArgumentTypeError(
            f"{text}: 0 から {MOST_WEEKS} までの整数を指定してください"
        )
    return int(text)


def _html_file(name: str) -> Path:
    if not name.endswith((".html", ".htm")):
        raise argparse.ArgumentTypeError(f"{name}: .html で終わるファイル名を指定してください")
    return Path(name)


def run(options: argparse.Namespace) -> int:
    if options.json and options.csv == STANDARD_OUTPUT:
        raise ReportError(
            "--json と --csv - は、どちらも標準出力に書きます。片方だけにしてください。"
        )
    statistics = _counted(_period(options))
    titles = _titles()
    if options.html:  # first: whoever reads standard output may stop early (`… | head`)
        from bot.cli.usage_report.page import page

        _write(options.html, page(statistics, titles).encode())
    if options.csv:
        from bot.cli.usage_report.spreadsheet import spreadsheet

        _write(options.csv, spreadsheet(statistics, titles))
    if options.json:
        from bot.cli.usage_report.plain import plain

        text = json.dumps(plain(statistics, titles), ensure_ascii=False, indent=2)
        _write(STANDARD_OUTPUT, text.encode("utf-8", "backslashreplace") + b"\n")
    elif options.csv != STANDARD_OUTPUT:
        from rich.console import Console

        from bot.cli.usage_report.terminal import print_report

        print_report(statistics, titles, Console())
    return 0


def _period(options: argparse.Namespace) -> Period:
    """As the options say; by default four whole weeks and the current one, up to today."""
    from bot import clock
    from bot.review.statistics import Period, monday

    if options.first and options.weeks is not None:
        raise ReportError("--from と --weeks は同時に指定できません。片方だけにしてください。")
    last = options.last or clock.today()
    weeks = WEEKS if options.weeks is None else options.weeks
    first = options.first or monday(last) - timedelta(weeks=weeks)
    if first > last:
        raise ReportError(
            f"最初の日 {first} が最後の日 {last} より後です。--from には --to 以前の日を指定してください。"
        )
    return Period(first, last)


def _counted(period: Period) -> Statistics:
    from rich.console import Console

    from bot.cli.records import readable
    from bot.review.statistics import count
    from bot.review.store import URL_VARIABLE, ReviewStore

    with readable("質問の記録", URL_VARIABLE), Console(stderr=True).status("集計しています…"):
        return count(ReviewStore.open().engine, period)


def _titles() -> dict[str, str]:
    """The content's labels by id; counting works without them."""
    from bot.faq.fault import FaqError
    from bot.faq.load import load_book

    try:
        return {entry.id: entry.label for entry in load_book(Path("data")).entries}
    except FaqError:
        print(
            "data/ を読めないため、項目を id だけで示します。faq check で確かめてください。",
            file=sys.stderr,
        )
        return {}


def _write(file: Path | str, content: bytes) -> None:
    if file == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        return
    try:
        Path(file).write_bytes(content)
    except OSError as error:
        raise ReportError(
            f"{file}: 書き込めません（{error.strerror}）。"
            "書き込めるフォルダーのファイル名を指定してください。"
        ) from error
    # Standard output belongs to the result, which may be for a program.
    print(f"集計を {file} に書き出しました。", file=sys.stderr)
