"""The command `faq`: a thin parser; each command is a function in a module of its own.

Heavy imports happen inside the commands, so that ``--help`` is instant.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from bot.errors import FaqBotError

COMMANDS = (
    "check",
    "schema",
    "add",
    "import",
    "export",
    "train",
    "serve",
    "ask",
    "match",
    "evaluate",
    "report",
    "review",
    "purge",
    "diff",
    "preview",
    "publish",
    "versions",
    "rollback",
)

_MODULES = {"import": "import_"}
"""Command → module, where the name means something else to Python."""

_UNWRITABLE = {
    errno.ENOSPC: "空き容量がありません",
    errno.EDQUOT: "割り当てられた容量を使い切りました",
    errno.EFBIG: "ファイルが大きくなりすぎます",
    errno.EROFS: "読み取り専用です",
    errno.EACCES: "権限がありません",
    errno.EPERM: "権限がありません",
}
"""What the machine, and not the program, refuses."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="faq",
        description="「資格情報のお知らせ」FAQ ボット。プロジェクトのフォルダーで実行します。",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="コマンド")
    runs: dict[str, Callable[[argparse.Namespace], int]] = {}
    for name in COMMANDS:
        module = import_module(f"bot.cli.{_MODULES.get(name, name)}")
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        module.add_arguments(command)
        runs[name] = module.run
    options = parser.parse_args(arguments)
    try:
        _require_project_folder()
        status = runs[options.command](options)
        sys.stdout.flush()
        return status
    except FaqBotError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has gone: `faq match … | head`
        _end_output()
        return 0
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
        print(_unwritable(error), file=sys.stderr)
        _end_output()
        return 1


def _end_output() -> None:
    """Python flushes standard output once more as it ends; that must not fail again."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unwritable(error: OSError) -> str:
    file = f"{error.filename} " if isinstance(error.filename, str) else "ファイル"
    # Permission may be missing to read as well; the error does not tell which.
    refused = "を読み書きできません" if isinstance(error, PermissionError) else "に書き込めません"
    return (
        f"{file}{refused}（{_UNWRITABLE[error.errno or 0]}）。"
        "ディスクの空き容量と、ファイルやフォルダーの権限を確かめてください。"
    )


def _require_project_folder() -> None:
    if not Path("config.yml").is_file():
        raise FaqBotError(
            f"{Path.cwd()} に config.yml が見つかりません。"
            "プロジェクトのフォルダーに移動してから実行してください。"
        )


if __name__ == "__main__":
    sys.exit(main())
