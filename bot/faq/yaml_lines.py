"""Values as lines of block YAML, as staff write them by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

STEP = 2  # columns that each level is indented
FLOW_WIDTH = 80  # a list of ids, or a pair of short texts, that fits stays on one line

# Most texts: no mark in them means anything to YAML, and PyYAML takes 0.4 ms to find that out.
_PLAIN = re.compile("[ぁ-ゖァ-ヺ一-鿿][ぁ-ゖァ-ヺー一-鿿々0-9A-Za-z０-９、。・？！「」（）]*")

Value = str | date | Sequence[Any] | Mapping[str, Any]


def pair_lines(key: str, value: Value, indent: int) -> list[str]:
    """`key: value`, the key `indent` columns from the left.

    >>> pair_lines("contacts", ("hotline",), 4)
    ['    contacts: [hotline]']
    >>> pair_lines("answer", "はい。\\nどうぞ。", 0)
    ['answer: |', '  はい。', '  どうぞ。']
    """
    head = f"{' ' * indent}{scalar(key)}:"
    if isinstance(value, str) and "\n" in value:
        return [f"{head} |", *_block(value, indent + STEP)]
    if isinstance(value, (str, date)):
        return [f"{head} {scalar(value)}"]
    if isinstance(value, Mapping):
        return [head, *mapping_lines(value, indent + STEP)]
    if (flow := _flow(value)) is not None:
        return [f"{head} {flow}"]
    return [head, *(line for item in value for line in item_lines(item, indent + STEP))]


def item_lines(value: Value, indent: int) -> list[str]:
    """`- value`, the hyphen `indent` columns from the left."""
    dash = f"{' ' * indent}- "
    if isinstance(value, str) and "\n" in value:
        return [f"{dash}|", *_block(value, indent + STEP)]
    if isinstance(value, (str, date)):
        return [f"{dash}{scalar(value)}"]
    assert isinstance(value, Mapping), "the FAQ has no lists of lists"
    if (flow := _flow_mapping(value)) is not None:
        return [dash + flow]
    lines = mapping_lines(value, indent + STEP)
    return [dash + lines[0].lstrip(" "), *lines[1:]]


def mapping_lines(value: Mapping[str, Value], indent: int) -> list[str]:
    return [line for key, one in value.items() for line in pair_lines(key, one, indent)]


def scalar(value: str | date) -> str:
    """One value on one line, in quotes where YAML would take it for something else.

    >>> scalar("再交付は？"), scalar("no"), scalar("注: 要確認")
    ('再交付は？', "'no'", "'注: 要確認'")
    """
    if isinstance(value, date):
        return value.isoformat()
    return value if _PLAIN.fullmatch(value) else _dumped(value)


@lru_cache(maxsize=1024)  # keys and categories come again and again
def _dumped(text: str) -> str:
    written: str = yaml.safe_dump(text, allow_unicode=True, width=float("inf"))
    return written.removesuffix("\n").removesuffix("\n...")


def _block(text: str, indent: int) -> list[str]:
    return [" " * indent + line if line else "" for line in text.split("\n")]


def _flow(value: Sequence[Any]) -> str | None:
    """A list of short words without a blank, such as ids, in brackets."""
    words = [scalar(one) for one in value if isinstance(one, str)]
    flow = f"[{', '.join(words)}]"
    plain = all(one.isascii() and one.replace("_", "").isalnum() for one in words)
    return flow if plain and len(words) == len(value) and len(flow) <= FLOW_WIDTH else None


def _flow_mapping(value: Mapping[str, Any]) -> str | None:
    """One or two short texts in braces, such as a line of an example screen."""
    if len(value) > 2 or not all(isinstance(one, str) for one in value.values()):
        return None
    options: dict[str, Any] = {"allow_unicode": True, "sort_keys": False, "width": float("inf")}
    flow: str = yaml.safe_dump(dict(value), default_flow_style=True, **options).rstrip("\n")
    return flow if len(flow) <= FLOW_WIDTH else None
