"""Tells numbers that may stay (phones, dates, postcodes) from numbers that give a person away.

Works on runs of the class characters of `bot.text.digits`: digits '0'–'9', kanji digits
'a'–'j', '-' for hyphens and dots, ' ' for what may stand between two numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

MY_NUMBER_DIGITS: Final = 12
_PIECE: Final = re.compile(r"[0-9a-j]+(?:-+[0-9a-j]+)*")
_HYPHENATED: Final = re.compile(
    r"0[1-9]0-+\d{4}-+\d{4}|0800-+\d{3}-+\d{4}|(?=(?:\d-*){10}$)0[1-9]\d{0,3}-+\d{1,4}-+\d{3,4}"
)
_PLAIN_PHONE: Final = re.compile(r"0[1-9]\d{8}|0[1-9]0\d{8}")
_MAX_GROUPS: Final = 3  # 03 1234 5678
_GLUED_PHONES: Final = re.compile(r"(?:0120\d{6}|0570\d{6}|0800\d{7}|0[5-9]0\d{8})+")
# After '+': 81, then the number without its 0 (or with it, as many write).
_ABROAD: Final = re.compile(r"81[- ]?0?[1-9](?:[- ]?\d){8,9}(?![-]?\d)")
_DATE: Final = re.compile(
    r"(?:19|20)\d\d(?:-+(?:0?[1-9]|1[0-2])-+(?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
)
_POSTCODE: Final = re.compile(r"\d{3}-\d{4}")
_THEN_KANJI: Final = re.compile(r"([0-9-]*[0-9])([a-j]{1,3})")
_FEW_KANJI: Final = re.compile("[a-j]{1,3}")
_LIST_MARK: Final = re.compile(r"\d{1,2}")
_SMALL: Final = re.compile(r"\d{1,4}")
_MAX_SMALL_DIGITS: Final = 4
# What follows a count, a time or a year; 番号, 本人, 名前, 個人 begin a new word instead.
UNIT: Final = re.compile(
    r"\s?(?:桁|けた|ケタ|ｹﾀ|つ|個(?!人)|番(?!号)|回|本(?!人)|人|名(?!前|義)|件|枚|年|月|日(?!本)|時|分"
    r"|秒|歳|才|円|万|千|割|%|％|[ヶかカ]月|[:：][0-9０-９]|号|文字|st|nd|rd|th)"
)


class Kind(Enum):
    """How sure a shape is."""

    PHONE = "hyphenated as only phone numbers are"
    PLAIN_PHONE = "10 or 11 digits that may be a phone number"
    DATE = "a date or postcode"
    SMALL = "a count, a list mark, a kanji that begins a word"
    OTHER = "anything else"


@dataclass(frozen=True, slots=True)
class Piece:
    """Digits and hyphens of a run between two wide separators; offsets in the run."""

    start: int
    end: int
    kind: Kind


def pieces(run: str, plus: bool = False) -> tuple[Piece, ...]:
    """The pieces of a run; `plus` says that '+' stands before it."""
    found: list[Piece] = []
    start = 0
    abroad = _ABROAD.match(run) if plus else None
    if abroad:
        found.append(Piece(0, abroad.end(), Kind.PHONE))
        start = abroad.end()
    for match in _PIECE.finditer(run, start):
        found.extend(_split_kanji(match[0], match.start()))
    return tuple(found)


def _split_kanji(piece: str, start: int) -> list[Piece]:
    """0120-95-0178一時停止: the kanji begins the next word."""
    split = _THEN_KANJI.fullmatch(piece)
    if split and (kind := _kind(split[1])) is not Kind.OTHER:
        return [
            Piece(start, start + split.end(1), kind),
            Piece(start + split.start(2), start + split.end(2), Kind.SMALL),
        ]
    return [Piece(start, start + len(piece), _kind(piece))]


def _kind(piece: str) -> Kind:
    if _HYPHENATED.fullmatch(piece):
        return Kind.PHONE
    if is_phones(piece):
        return Kind.PLAIN_PHONE
    if _DATE.fullmatch(piece) or _POSTCODE.fullmatch(piece):
        return Kind.DATE
    return Kind.SMALL if _FEW_KANJI.fullmatch(piece) else Kind.OTHER


def is_phones(run: str) -> bool:
    """Whether a run is phone numbers and nothing else, in up to three groups each.

    Without gaps between two of them they must begin as only phone numbers do: a My Number with
    a date of birth behind it is none.
    """
    if _GLUED_PHONES.fullmatch(run.replace("-", "")):
        return True
    groups = _PIECE.findall(run)
    at = 0
    while at < len(groups):
        for count in range(1, _MAX_GROUPS + 1):
            digits = "".join(groups[at : at + count])
            if _PLAIN_PHONE.fullmatch(digits.replace("-", "") if count == 1 else digits):
                break
        else:
            return False
        at += count
    return True


def personal_spans(run: str, *, plus: bool, before: str, after: str) -> list[tuple[int, int]]:
    """The parts of a run that give a person away, as offsets in the run.

    `plus` says that '+' stands before the run; `before` is the character before the run,
    `after` the text that follows.
    """
    if count_digits(run) < MY_NUMBER_DIGITS or is_phones(run):
        return []
    found = _with_small(run, pieces(run, plus), before, after)
    spans: list[tuple[int, int]] = []
    for part in _parts(found, Kind.PHONE):
        total = _digits_of(run, part)
        if total < MY_NUMBER_DIGITS or _all_stay(run, part):
            continue
        beside = _parts(part, Kind.PLAIN_PHONE)
        whole = [rest for rest in beside if _digits_of(run, rest) >= MY_NUMBER_DIGITS]
        spans += [(rest[0].start, rest[-1].end) for rest in whole or [part]]
    return spans


def _with_small(run: str, found: Sequence[Piece], before: str, after: str) -> list[Piece]:
    """Marks 24 of 24時間 at the end of a run and '1.' at the beginning of a list as small."""
    marked = list(found)
    last, first = found[-1], found[0]
    if _SMALL.fullmatch(run, last.start, last.end) and UNIT.match(after):
        marked[-1] = Piece(last.start, last.end, Kind.SMALL)
    if before in ("", "\n", "\r") and _LIST_MARK.fullmatch(run, first.start, first.end):
        marked[0] = Piece(first.start, first.end, Kind.SMALL)
    return marked


def _parts(found: Sequence[Piece], divider: Kind) -> list[list[Piece]]:
    """The pieces between those of the kind `divider`."""
    parts: list[list[Piece]] = [[]]
    for piece in found:
        if piece.kind is divider:
            parts.append([])
        else:
            parts[-1].append(piece)
    return [part for part in parts if part]


def _all_stay(run: str, part: Sequence[Piece]) -> bool:
    """Phones and dates only; beside dates and 0120, 050, 090 also a few digits that count
    something (24時間). A landline's 10 digits and 2 more might as well be a My Number."""
    if any(piece.kind is Kind.OTHER for piece in part):
        return False
    small = _digits_of(run, [piece for piece in part if piece.kind is Kind.SMALL])
    return small == 0 or (
        small <= _MAX_SMALL_DIGITS
        and all(
            _GLUED_PHONES.fullmatch(run[piece.start : piece.end].replace("-", ""))
            for piece in part
            if piece.kind is Kind.PLAIN_PHONE
        )
    )


def _digits_of(run: str, part: Sequence[Piece]) -> int:
    return sum(count_digits(run[piece.start : piece.end]) for piece in part)


def count_digits(run: str) -> int:
    """How many digits of any kind stand in a run."""
    return sum(map(str.isalnum, run))
