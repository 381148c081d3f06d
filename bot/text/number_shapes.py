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
# From here on a bare 10- or 11-digit phone number with other digits beside it cannot be a
# My Number of 12 digits, nor one with a digit too many.
_SAFE_DIGITS: Final = 14

_PIECE: Final = re.compile(r"[0-9a-j]+(?:-+[0-9a-j]+)*")
_HYPHENATED: Final = re.compile(
    r"0[1-9]0-+\d{4}-+\d{4}|0800-+\d{3}-+\d{4}|(?=(?:\d-*){10}$)0[1-9]\d{0,3}-+\d{1,4}-+\d{3,4}"
)
_GAP: Final = "[- ]{0,3}"
_ANY_PHONE: Final = rf"0{_GAP}[1-9](?:{_GAP}\d){{8}}|0{_GAP}[1-9]{_GAP}0(?:{_GAP}\d){{8}}"
# Numbers in a row have something wide between them, or else begin as only phone numbers do:
# a My Number with a date of birth behind it must not pass for two phone numbers.
_PHONES: Final = re.compile(rf"(?:{_ANY_PHONE})(?:-* [- ]*(?:{_ANY_PHONE}))*")
_GLUED_PHONES: Final = re.compile(r"(?:0120\d{6}|0570\d{6}|0800\d{7}|0[5-9]0\d{8})+")
# After '+': 81, then the number without its 0 (or with it, as many write).
_ABROAD: Final = re.compile(r"81[- ]?0?[1-9](?:[- ]?\d){8,9}(?![-]?\d)")
_DATE: Final = re.compile(
    r"(?:19|20)\d\d(?:-+(?:0?[1-9]|1[0-2])-+(?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
)
_POSTCODE: Final = re.compile(r"\d{3}-\d{4}")
_THEN_KANJI: Final = re.compile(r"([0-9-]*[0-9])-?([a-j]{1,3})")
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
    """Whether a run is phone numbers and nothing else, however they are spaced."""
    return bool(_PHONES.fullmatch(run) or _GLUED_PHONES.fullmatch(run.replace("-", "")))


def personal_spans(run: str, *, plus: bool, before: str, after: str) -> list[tuple[int, int]]:
    """The parts of a run that give a person away, as offsets in the run.

    `plus` says that '+' stands before the run; `before` is the character before the run,
    `after` the text that follows.
    """
    total = count_digits(run)
    if total < MY_NUMBER_DIGITS or is_phones(run):
        return []
    found = pieces(run, plus)
    if _all_stay(run, found, before, after):
        return []
    sure = {Kind.PHONE, Kind.PLAIN_PHONE} if total >= _SAFE_DIGITS else {Kind.PHONE}
    spans = _between(found, sure)
    return [(a, b) for a, b in spans if count_digits(run[a:b]) >= MY_NUMBER_DIGITS]


def _all_stay(run: str, found: Sequence[Piece], before: str, after: str) -> bool:
    """Phones and dates, with a small number of few digits beside them at most."""
    small = 0
    for at, piece in enumerate(found):
        if piece.kind is Kind.SMALL or _is_small(run, found, at, before, after):
            small += count_digits(run[piece.start : piece.end])
        elif piece.kind is Kind.OTHER:
            return False
    return small <= _MAX_SMALL_DIGITS


def _is_small(run: str, found: Sequence[Piece], at: int, before: str, after: str) -> bool:
    """24時間 at the end of a run, '1.' at the beginning of a list."""
    piece = found[at]
    digits = run[piece.start : piece.end]
    if at == len(found) - 1 and _SMALL.fullmatch(digits) and UNIT.match(after):
        return True
    at_line_start = at == 0 and before in ("", "\n", "\r")
    return at_line_start and _LIST_MARK.fullmatch(digits) is not None and len(found) > 1


def _between(found: Sequence[Piece], sure: set[Kind]) -> list[tuple[int, int]]:
    """The spans from the first to the last piece between those that surely stay."""
    spans: list[tuple[int, int]] = []
    open_span: tuple[int, int] | None = None
    for piece in found:
        if piece.kind in sure:
            spans.extend([open_span] if open_span else [])
            open_span = None
        else:
            open_span = (open_span[0] if open_span else piece.start, piece.end)
    return spans + ([open_span] if open_span else [])


def count_digits(run: str) -> int:
    """How many digits of any kind stand in a run."""
    return sum(map(str.isalnum, run))
