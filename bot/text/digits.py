"""Which characters count as digits and as separators inside a number that somebody typed."""

from __future__ import annotations

import unicodedata
from typing import Final

# One class character for each character of the text, so that offsets stay the same:
#   '0'–'9'  a digit in any width or script (１, 1, ①, ¹, 𝟏, ١)
#   'a'–'j'  a kanji digit (〇 = a … 九 = j); apart because kanji digits also begin words
#   '-'      a hyphen, dash, dot or long vowel mark
#   ' '      white space, comma, middle dot, 'の': wide, may stand between two numbers
#   '_'      invisible (zero-width, control, combining such as a keycap) or what came broken
#            (U+FFFD): no separator at all
#   '+'      a plus sign
#   'x'      anything else
_KANJI: Final = {
    **{char: "abcdefghij"[value] for value, char in enumerate("〇一二三四五六七八九")},
    **{"零": "a", "壱": "b", "壹": "b", "弐": "c", "貳": "c", "参": "d", "參": "d", "肆": "e"},
    **{"伍": "f", "陸": "g", "漆": "h", "捌": "i", "玖": "j"},
    **{"○": "a", "◯": "a", "⭕": "a"},  # circles that people type for zero
}
_HYPHENS: Final = frozenset("-.．。﹒․ー－ｰ−_＿⁃─━﹣➖")
# Dashes to Unicode, but they stand between the ends of a span: 9時〜17時, 2024-04-01〜2025-03-31.
_SPANS: Final = frozenset("~～〜〰")
_WIDE: Final = frozenset(",，､、・･·•‧∙⋅のノﾉ﹐")


# Every script in use lies below; a text of all code points shall not grow the table for good.
_REMEMBERED: Final = 0x30000


class Classes(dict[int, str]):
    """A table for `str.translate` that classifies a character when it first meets it."""

    def __missing__(self, code: int) -> str:
        found = _classify(chr(code))
        if code < _REMEMBERED:
            self[code] = found
        return found


def _classify(char: str) -> str:
    if char in _KANJI:
        return _KANJI[char]
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if char == "\ufffd":
        return "_"
    if char in "+＋":
        return "+"
    if char in _WIDE or char.isspace():
        return " "
    if char in _SPANS:
        return "x"
    if char in _HYPHENS or unicodedata.category(char) == "Pd":
        return "-"
    return "_" if unicodedata.category(char)[0] in "CM" else "x"
