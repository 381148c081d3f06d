"""Options that several commands have."""

from __future__ import annotations

import argparse
import getpass


def add_edited(parser: argparse.ArgumentParser) -> None:
    """Which model: see `content.chosen_archive`."""
    parser.add_argument(
        "--edited",
        action="store_true",
        help="公開中の版ではなく、最後に学習した編集中の内容（faq train）を使います",
    )


def add_who(parser: argparse.ArgumentParser) -> None:
    """What a version keeps of whoever made it."""
    parser.add_argument("--by", default=None, help="実行した人の名前（既定: ログイン名）")
    parser.add_argument("--comment", default="", help="変更の理由や内容（記録に残ります）")


def who(options: argparse.Namespace) -> str:
    """The name given, or that of the user of this machine."""
    return options.by or getpass.getuser()


def port_number(text: str) -> int:
    """Of a TCP port; ValueError for anything else."""
    port = int(text)
    if not 0 < port < 65536:
        raise ValueError(text)
    return port
