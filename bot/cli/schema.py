"""``faq schema``: JSON Schemas of the data files, for editors."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.errors import FaqBotError

HELP = "data/ のファイルの JSON Schema を書き出します（エディターの入力補助と検査のため）"


class SchemaFolderError(FaqBotError):
    """The schemas cannot be written where they should go."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("docs/schema"),
        metavar="DIR",
        help="書き出すフォルダー（既定: docs/schema）",
    )


def run(options: argparse.Namespace) -> int:
    from bot.faq.schema import schemas

    folder: Path = options.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in schemas().items():
            (folder / name).write_text(text, encoding="utf-8")
            print(folder / name)
    except OSError as error:
        raise SchemaFolderError(
            f"{folder}: 書き込めません（{error.strerror}）。書き込めるフォルダーを指定してください。"
        ) from error
    return 0
