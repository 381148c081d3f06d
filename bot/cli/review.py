"""``faq review``: unanswered questions, one group after the other, and what becomes of them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bot.cli.options import who

HELP = "回答できなかった質問を意味ごとにまとめて表示し、言い方や項目として追加します"

DATA = Path("data")
DAYS = 28
MOST_DAYS = 366


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--days", type=_days, default=DAYS, metavar="N", help=f"直近 N 日の質問（既定: {DAYS}）"
    )
    parser.add_argument("--list", action="store_true", help="一覧を表示するだけで、何も決めません")
    parser.add_argument("--json", action="store_true", help="一覧を JSON で出力します")
    parser.add_argument("--by", metavar="名前", help="記録に残す担当者の名前（既定: ログイン名）")


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= MOST_DAYS):
        raise argparse.ArgumentTypeError(f"{text}: 1 から {MOST_DAYS} までの整数を指定してください")
    return int(text)


def run(options: argparse.Namespace) -> int:
    from rich.console import Console

    from bot.cli.content import checked_book
    from bot.cli.reviewing.session import Session
    from bot.cli.reviewing.words import listed
    from bot.match.archive import load_served
    from bot.review.decisions import Decisions
    from bot.review.desk import Desk
    from bot.review.reviewer import Reviewer, refuse_read_only
    from bot.review.store import ReviewStore

    book = checked_book()
    engine = ReviewStore.open().engine
    with Console(stderr=True).status("質問をまとめています…"):
        desk = Desk(engine, DATA, load_served(threads=2))
        if options.json:
            print_json(desk.as_dict(desk.content(), options.days))
            return 0
        queue = desk.queue(book, options.days)
    if options.list or not queue.groups:
        for line in listed(queue, desk, book, options.days):  # each as soon as it is there
            print(line)
        return 0
    refuse_read_only(DATA)
    reviewer = Reviewer(DATA, Decisions(engine))
    Session(desk, reviewer, queue, book, who(options)).go_through(options.days)
    return 0


def print_json(content: object) -> None:
    """UTF-8, whatever the terminal's encoding."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
