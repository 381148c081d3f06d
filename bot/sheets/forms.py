"""Values of an entry as the text of a cell, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.faq.fault import quote
from bot.faq.yaml_lines import Value
from bot.sheets.escapes import many_lines, one_line
from bot.sheets.steps import FormError, read_steps, steps_text

WORDINGS = ("examples", "tests")  # one a line
IDS = ("contacts", "links", "related")  # in one line
DAYS = ("valid_from", "valid_until", "reviewed")
BETWEEN_IDS = "、"

_BETWEEN_IDS = re.compile(r"[、，,;；\s]+")
_COLON = re.compile("[：:]")
# What Excel makes of 2027-03-31, and what people write.
_DAY = re.compile(r"(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?", re.ASCII)


def cell_text(key: str, value: Value) -> str:
    """The text of a cell.

    >>> cell_text("contacts", ("hotline", "portal_url")), cell_text("reviewed", date(2027, 3, 31))
    ('hotline、portal_url', '2027-03-31')
    """
    if isinstance(value, (str, date)):
        return str(value)
    if isinstance(value, Mapping):
        return "\n".join(f"{id}：{question}" for id, question in value.items())
    if key in IDS:
        return BETWEEN_IDS.join(value)
    if key == "steps":
        return steps_text(value)
    return "\n".join(map(one_line, value))


def cell_value(key: str, text: str) -> Value:
    """What a text that is not empty means; raises FormError.

    Days that are no days stay as they are: the content's own check tells them.
    """
    if key in WORDINGS:
        return [many_lines(line.strip()) for line in text.split("\n") if line.strip()]
    if key in IDS:
        return [id for id in _BETWEEN_IDS.split(text) if id]
    if key == "contrasts":
        return _contrasts(text)
    if key == "steps":
        return read_steps(text)
    return _day(text) if key in DAYS else text


def _contrasts(text: str) -> dict[str, str]:
    contrasts: dict[str, str] = {}
    for line in text.split("\n"):
        if not line.strip():
            continue
        id, question = _split(line)
        if id in contrasts:
            raise FormError(f"{quote(id)}が2回書かれています。どちらかの行を消してください。")
        contrasts[id] = question
    return contrasts


def _split(line: str) -> tuple[str, str]:
    id, *rest = (part.strip() for part in _COLON.split(line, maxsplit=1))
    if not id or not rest or not rest[0]:
        raise FormError(
            f"{quote(line.strip())}は「id：質問」の形ではありません。"
            "見分けたいエントリーの id と質問を「：」で区切り、1行に1つずつ書いてください。"
        )
    return id, rest[0]


def _day(text: str) -> str:
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    year, month, day = found.groups()
    return f"{year}-{month:>02}-{day:>02}"
