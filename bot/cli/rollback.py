"""``faq rollback``: serve an earlier version again."""

from __future__ import annotations

import argparse

from bot.cli.options import add_who, who

HELP = "前の版に戻します（動いているボットに数秒で反映されます）"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "version", nargs="?", type=int, metavar="版", help="戻す版の番号（既定: 1つ前に公開した版）"
    )
    add_who(parser)


def run(options: argparse.Namespace) -> int:
    from bot.match.versions import Versions
    from bot.publish.publisher import roll_back

    versions = Versions()
    version = roll_back(versions, options.version, who(options), options.comment)
    print(f"版 {version.number} に戻しました。動いているボットには5秒以内に反映されます。")
    print(
        "data/ の内容は書き換えていません。次に公開する前に直すか、"
        f"{versions.data(version.number)} の内容に戻してください。"
    )
    return 0
