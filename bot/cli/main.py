"""The command `faq`: a thin parser; each command is a function in a module of its own.

Heavy imports happen inside the commands, so that ``--help`` is instant.
"""

from __future__ import annotations

import argparse
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
        # Python flushes standard output once more as it ends; that must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _require_project_folder() -> None:
    if not Path("config.yml").is_file():
        raise FaqBotError(
            f"{Path.cwd()} に config.yml が見つかりません。"
            "プロジェクトのフォルダーに移動してから実行してください。"
        )


if __name__ == "__main__":
    sys.exit(main())
