"""``faq train``: make the Rasa model from data/."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "data/ から応答モデルを学習し、models/ に保存します"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="最新であっても学習し直します")
    parser.add_argument(
        "--data", type=Path, help="ほかのフォルダーの内容から学習します（既定: data）"
    )
    parser.add_argument(
        "--output", type=Path, default=Path("models"), help="保存先のフォルダー（既定: models）"
    )


def run(options: argparse.Namespace) -> int:
    from bot.cli.content import checked_book

    if options.data is not None:
        checked_book(options.data)
        print(f"学習が終わりました: {train(options.force, options.output, options.data)}")
        return 0
    from bot.match.archive import is_stale, newest_archive

    book = checked_book()
    if not options.force and not is_stale(book, options.output):
        print(f"モデルは最新です: {newest_archive(options.output)}")
        return 0
    print(f"学習が終わりました: {train(options.force, options.output)}")
    return 0


def train(force: bool = False, output: Path = Path("models"), data: Path | None = None) -> Path:
    """Train with Rasa, showing progress; returns the new archive."""
    from rich.console import Console

    from bot.nlu.rasa_setup import prepare

    prepare()
    # The stream itself, not Console(stderr=True): training redirects the name `sys.stderr`.
    console = Console(file=sys.stderr)
    with console.status("学習しています（初回は1分ほどかかります）…"):
        from bot.nlu.training import train_model

        return train_model(force, output, data)
