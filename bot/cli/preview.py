"""``faq preview``: the edited content on a port of its own, today or on another day."""

from __future__ import annotations

import argparse
import os
import tempfile
from datetime import date, datetime
from pathlib import Path

from bot.cli.options import port_number

HELP = "編集中の内容を、公開せずに別のポートで試します"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=port_number, default=5006, help="ポート番号（既定: 5006）")
    parser.add_argument(
        "--on",
        type=date.fromisoformat,
        metavar="日付",
        help="この日として試します（例: 2027-04-01）",
    )


def run(options: argparse.Namespace) -> int:
    from bot.cli.serve import require_free, trained_archive

    require_free("127.0.0.1", options.port)
    archive = trained_archive()
    if options.on is not None:
        _as_of(options.on)

    from bot.nlu.rasa_setup import prepare

    prepare()
    from bot.channels.server import preview

    day = f"{options.on} として表示する" if options.on else ""
    notice = f"これは{day}公開前の確認用の画面です。会話は記録されません。"
    with tempfile.TemporaryDirectory() as folder:  # what is tried is no member's question
        os.environ["FAQ_REVIEW_DB"] = f"sqlite:///{folder}/review.db"
        preview(archive, options.port, notice, Path(folder))
    return 0


def _as_of(day: date) -> None:
    """The clock shows that day from now on, at the time it is."""
    from bot import clock

    shift = day - clock.today()
    real = clock.now

    def now() -> datetime:
        return real() + shift

    clock.now = now
