"""``faq diff``: what the edited content would change for members."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.faq.entry import FaqBook
    from bot.match.model import FaqModel

HELP = "編集中の内容を公開中の版と比べ、答えが変わる質問を表示します"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "revision",
        nargs="?",
        metavar="版",
        help="比べる相手: 版の番号か git のリビジョン（既定: 公開中の版。まだなければ git の HEAD）",
    )
    parser.add_argument("--json", action="store_true", help="プログラム向けに JSON で出力します")


def run(options: argparse.Namespace) -> int:
    from bot.cli.comparison import as_dict, described
    from bot.cli.content import checked_book
    from bot.match.versions import Versions
    from bot.publish.base import Base
    from bot.publish.publisher import Comparison
    from bot.publish.settings import Settings

    book = checked_book()
    settings = Settings.load()
    base = Base.of(options.revision, Versions())
    comparison = Comparison(base.model, _model(book), settings)
    if options.json:
        print(json.dumps({"base": base.name} | as_dict(comparison), ensure_ascii=False, indent=2))
        return 0
    print(f"{base.name} と、編集中の内容（data/）を比べました。\n")
    print("\n".join(described(comparison)))
    return 0


def _model(book: FaqBook) -> FaqModel:
    """The trained model of the edited content; fitted now, without Rasa, where there is none."""
    from bot.match.archive import is_stale, load_newest
    from bot.match.fitting import fit_model

    return fit_model(book) if is_stale(book) else load_newest(threads=2)
