"""Takes My Numbers and the symbols of insurance cards out of a text before anything keeps it.

No check digit is looked at: a My Number with one digit mistyped fails the check and still gives
the person away, and what follows the rules of a phone number or a date is told by its shape.
For the same reason 13 digits and more go too: they may be a My Number with a digit too many,
and losing a public corporate number costs nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.text.digits import Classes
from bot.text.number_shapes import (
    MY_NUMBER_DIGITS,
    UNIT,
    Kind,
    count_digits,
    is_phones,
    personal_spans,
    pieces,
)

MY_NUMBER: Final = "［個人番号］"
INSURANCE_SYMBOL: Final = "［記号・番号］"

_CLASSES: Final = Classes()
# A run: digits with at most 8 separators between two of them. Wider gaps (a page of blank
# lines) divide numbers.
_RUN: Final = re.compile(r"[0-9a-j](?:[-_ ]{0,8}[0-9a-j])*")
# Twenty phone numbers without a letter between them are no message of a person: longer runs are
# not read for phone numbers, which also keeps hostile megabytes cheap.
_LONGEST_READABLE_RUN: Final = 400
_DIGIT: Final = re.compile("[0-9a-j]")
# Addresses keep their digits. Bare ones (myna.go.jp/12) need a slash: 'x.12' is no address.
_URL: Final = re.compile(
    r"(?:https?://|www\.)[!-~]+|(?<![!-~])[a-z][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){1,5}/[!-~]+",
    re.I,
)

_FILLER: Final = r"(?:[\s:：=＝「『（(【〔\[）)】」がはのを、・]|です|No\.?|№){0,6}"
_LABEL: Final = re.compile(
    rf"(?P<my>個人番号|マイナンバー|ﾏｲﾅﾝﾊﾞｰ|my\s?number){_FILLER}"
    rf"|(?P<label>記\s?号|(?P<bare>番\s?号)|枝\s?番(?:\s?号)?){_FILLER}",
    re.I,
)
# 電話番号, 郵便番号, 質問の番号 …: numbers that say nothing about a person's insurance.
_OTHER_NUMBER: Final = re.compile(
    r"(?:電話|携帯|郵便|連絡先|連絡|窓口|ダイヤル|法人|質問|ページ|部屋|受付|整理|代表|内線"
    r"|問い?合わ?せ|問合せ先|FAX|TEL)の?\s?$",
    re.I,
)
_BEFORE: Final = 10  # characters: longer than the longest of the words above
# 番号0120: what people call the lines by, not the number on a card.
_DIAL_PREFIXES: Final = frozenset(
    {"0120", "0800", "0570", "050", "070", "080", "090", "110", "118", "119", "171", "188", "189"}
)
_SYMBOL_RUN: Final = re.compile(r"[0-9a-j]+(?:[-_ ]{1,3}[0-9a-j]+){0,3}")
_MIN_LABELLED_DIGITS: Final = 8  # 'マイナンバーは 123456789' has lost some; 下4桁 may stay
_MIN_BARE_DIGITS: Final = 2  # 番号1 is a choice of a menu


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without personal numbers; `count` is how many were replaced."""

    text: str
    count: int


def redact(text: str) -> Redacted:
    """Replaces My Numbers by ［個人番号］, card symbols by ［記号・番号］.

    12 digits or more count as a My Number in any width or script, with spaces, hyphens, dots,
    commas, line breaks between them and any letters beside them. Phone numbers, dates and
    addresses stay. Linear in the length of the text; never an exception.

    >>> redact('番号は１２３４ー５６７８ー９０１２です。0120-95-0178に電話しました').text
    '番号は［個人番号］です。0120-95-0178に電話しました'
    >>> redact('記号1234 番号567890、下4桁とは何ですか')
    Redacted(text='記号［記号・番号］ 番号［記号・番号］、下4桁とは何ですか', count=2)
    """
    classes = text.translate(_CLASSES)
    if _DIGIT.search(classes) is None:
        return Redacted(text, 0)
    urls = [(url.start(), url.end(), "x" * len(url[0])) for url in _URL.finditer(text)]
    classes = _replace(classes, urls)
    spans = [(start, end, MY_NUMBER) for start, end in _my_numbers(text, classes)]
    classes = _replace(classes, [(start, end, "x" * (end - start)) for start, end, _ in spans])
    spans += _labelled(text, classes)
    return Redacted(_replace(text, sorted(spans)), len(spans))


def _replace(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """Puts the third member of each span in its place; spans in order, none in another."""
    parts: list[str] = []
    at = 0
    for start, end, instead in spans:
        parts += text[at:start], instead
        at = end
    return "".join(parts) + text[at:]


def _my_numbers(text: str, classes: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in _RUN.finditer(classes):
        start, end = match.span()
        if end - start < MY_NUMBER_DIGITS:
            continue
        if end - start > _LONGEST_READABLE_RUN:
            found.append((start, end))
            continue
        offsets = [at for at in range(start, end) if classes[at] != "_"]
        spans = personal_spans(
            match[0].replace("_", ""),
            plus=classes[max(start - 1, 0) : start] == "+",
            before=text[max(start - 1, 0) : start],
            after=text[end : end + _BEFORE],
        )
        found.extend((offsets[first], offsets[last - 1] + 1) for first, last in spans)
    return found


def _labelled(text: str, classes: str) -> list[tuple[int, int, str]]:
    """Numbers after 記号, 番号, 枝番; what is left of a My Number after 個人番号."""
    found: list[tuple[int, int, str]] = []
    for label in _LABEL.finditer(text):
        run = _SYMBOL_RUN.match(classes, label.end())
        if run is None or (found and label.end() < found[-1][1]):
            continue
        before = text[max(label.start() - _BEFORE, 0) : label.start()]
        if label["bare"] and _OTHER_NUMBER.search(before):
            continue
        length = _symbol_length(run[0], bool(label["bare"]), text[run.end() : run.end() + _BEFORE])
        if label["my"] and count_digits(run[0][:length]) < _MIN_LABELLED_DIGITS:
            continue
        if length:
            instead = MY_NUMBER if label["my"] else INSURANCE_SYMBOL
            found.append((run.start(), run.start() + length, instead))
    return found


def _symbol_length(run: str, bare: bool, after: str) -> int:
    """How many characters of a run belong to a symbol; 0 for 番号0120, 番号は4桁, 番号一覧."""
    if is_phones(run.replace("_", "")):
        return 0
    length = 0
    for piece in pieces(run.replace("_", "-")):
        digits = run[piece.start : piece.end]
        unit = piece.end == len(run) and UNIT.match(after)
        if piece.kind is not Kind.OTHER or unit or (bare and digits in _DIAL_PREFIXES):
            break
        if length == 0 and bare and count_digits(digits) < _MIN_BARE_DIGITS:
            break
        length = piece.end
    return length
