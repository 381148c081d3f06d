"""``faq match``: JSON Lines in, JSON Lines out; the matcher for other programs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.match.model import FaqModel

HELP = '標準入力の各行 {"text": "…"} を照合し、結果を1行ずつ JSON で出力します'

BATCH = 64  # lines matched at once when they come from a file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: it reads standard input."""


def run(options: argparse.Namespace) -> int:
    from bot.match.archive import load_newest

    model = load_newest()
    for result in match_lines(sys.stdin.buffer, model):
        print(json.dumps(result, ensure_ascii=False), flush=True)
    return 0


def match_lines(lines: Iterable[bytes], model: FaqModel) -> Iterator[dict[str, Any]]:
    """One result a line, in order; an unreadable line gets an error in its place."""
    for line in lines:
        text = _text(line)
        if text is None:
            yield {"error": 'expected one JSON object a line: {"text": "…"}'}
        else:
            yield {"text": text, **model.match(text).as_dict()}


def _text(line: bytes) -> str | None:
    try:
        value = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    text = value.get("text") if isinstance(value, dict) else None
    return text if isinstance(text, str) else None
