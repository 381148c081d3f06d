"""Questions to the person at the terminal; a pipe or a file may answer as well."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress

from bot.errors import FaqBotError

YES = ("y", "yes", "ｙ", "はい")
NO = ("n", "no", "ｎ", "いいえ")


class InputEnded(FaqBotError):
    """There is nobody to answer any more."""


def ask(prompt: str) -> str:
    """One line without the blanks around it; raises InputEnded."""
    if sys.stdin.isatty():
        with suppress(ImportError):
            import readline  # noqa: F401  # with it, the arrow keys move in the line
    try:
        return input(prompt).strip()
    except EOFError:
        raise InputEnded("入力が終わったため中止しました。何も変えていません。") from None
    except UnicodeDecodeError:
        raise InputEnded(
            "入力を文字として読めないため中止しました。何も変えていません。UTF-8 で入力してください。"
        ) from None


def ask_lines(prompt: str) -> Iterator[str]:
    """Lines up to one that is empty, or a single full stop."""
    while (line := ask(prompt)) not in ("", "."):
        yield line


def ask_again() -> None:
    """After a wrong answer. A pipe has not read what was wrong with it, and its next line answers
    another question: raises InputEnded."""
    if not sys.stdin.isatty():
        raise InputEnded("入力に誤りがあるため中止しました。何も変えていません。")


def agreed(question: str) -> bool:
    """Whether the answer is a clear yes."""
    return ask(f"{question} [y/N] ").lower() in YES
