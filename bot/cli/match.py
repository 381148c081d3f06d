"""``faq match``: JSON Lines in, JSON Lines out; the matcher for other programs."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bot.cli.options import add_edited

if TYPE_CHECKING:
    from bot.match.model import FaqModel

HELP = '標準入力の各行 {"text": "…"} を照合し、結果を1行ずつ JSON で出力します'

CHUNK = 65_536  # bytes read at once
BATCH = 256  # lines matched at once: their similarities take some megabytes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_edited(parser)


def run(options: argparse.Namespace) -> int:
    from bot.cli.content import chosen_model

    model = chosen_model(options, threads=2)
    for lines in read_lines(sys.stdin.fileno()):
        sys.stdout.buffer.writelines(map(to_line, match_lines(lines, model)))
        sys.stdout.buffer.flush()
    return 0


def read_lines(descriptor: int) -> Iterator[list[bytes]]:
    """The lines that are there, as many at once as have arrived: a file goes in large
    batches, a program that waits for each answer gets it at once."""
    rest = b""
    while chunk := os.read(descriptor, CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        for start in range(0, len(lines), BATCH):
            yield lines[start : start + BATCH]
    if rest:
        yield [rest]


def match_lines(lines: Sequence[bytes], model: FaqModel) -> list[dict[str, Any]]:
    """One result a line, in order; an unreadable line gets an error in its place."""
    texts = [_text(line) for line in lines]
    asked = [text for text in texts if text is not None]
    decisions = iter(model.match_all(asked) if asked else [])
    return [
        {"error": 'expected one JSON object a line: {"text": "…"}'}
        if text is None
        else {"text": text, **next(decisions).as_dict()}
        for text in texts
    ]


def to_line(result: dict[str, Any]) -> bytes:
    """UTF-8, whatever the terminal's encoding; a lone surrogate stays an escape."""
    return json.dumps(result, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def _text(line: bytes) -> str | None:
    try:
        value = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    text = value.get("text") if isinstance(value, dict) else None
    return text if isinstance(text, str) else None
