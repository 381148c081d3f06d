"""One spelling for what people type: the form in which texts are compared.

People write ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ, マイナンバ－カ－ド and マイナンバーーカード and mean one thing.
`normalize` gives all of them the same characters; `fold` goes further and forgets punctuation.
Neither is for display: what a person reads keeps its own spelling.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Lone surrogates (Cs), format characters such as zero-width joiners, bidi overrides and tags
# (Cf), control characters (Cc) except those that Python counts as white space, and variation
# selectors. Written out because building it from unicodedata takes 0.2 s at import; a test
# compares it with unicodedata.
INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891"
    "\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_SPACES: Final = re.compile(r"\s{2,}|[^\S ]")
# U+309B and U+309C: NFKC would turn them into a space and a combining mark.
_VOICING: Final = {"゛": "\u3099", "゜": "\u309a", "ﾞ": "\u3099", "ﾟ": "\u309a"}
_VOICED: Final = re.compile("[゛゜ﾞﾟ]")
_STRAY_VOICING: Final = re.compile("(?<![\u3041-\u30ff])[\u3099\u309a]+")
# Sorting a run of combining marks takes NFKC quadratic time. Unicode's stream-safe format
# (UAX 15, section 13) allows 30; no spelling needs more than 8.
_MAX_MARKS: Final = 8
_MARKS: Final = re.compile(rf"[^\w\s\x00-\x7f]{{{_MAX_MARKS + 1},}}")

_KANA: Final = "ぁ-ゖァ-ヺー"
_HYPHENS: Final = re.compile("[‐‑‒–—―−─━⁃⸺⸻〡\U00010ead]")
_TILDES: Final = re.compile("[〜〰∼∿⁓˜∽]")
_APOSTROPHES: Final = re.compile("[‘’ʼ]")
# カ-ド, カ~ド, すご〜い: between kana any dash is a long vowel; a tilde also is where it ends a
# kana word (教えて〜), but not in a span (10時〜18時, 東京〜大阪).
_LONG_BETWEEN_KANA: Final = re.compile(f"(?<=[{_KANA}])[-~]+(?=[{_KANA}])")
_LONG_AT_END: Final = re.compile(f"(?<=[{_KANA}])~+(?![0-9a-zA-Z一-鿿~-])")
# カ一ド: the kanji for one between katakana is a slip of the long vowel mark.
_KANJI_ONE: Final = re.compile("(?<=[ァ-ヺー])一(?=[ァ-ヺ])")
# 0120ー95ー0178: between digits or Latin letters a long vowel mark is a hyphen.
_LONG_AS_HYPHEN: Final = re.compile("(?<=[0-9a-z])ー+(?=[0-9a-z])")

_REPEATED: Final = re.compile(r"([ー~。、・.っッ-])\1+")
_SMALL_VOWELS: Final = re.compile(r"([ぁぃぅぇぉァィゥェォ])\1+")
_VOWELS: Final = re.compile(r"([あいうえおアイウエオ])\1{2,}")
_CALLS: Final = re.compile(r"[!?]{2,}")
_MAX_PASSES: Final = 8


def normalize(text: str) -> str:
    """The form in which texts are compared; idempotent, linear, never an exception.

    Invisible characters go (lone surrogates, control, zero-width, bidi), the rest is NFKC in
    lower case; dashes between kana become 'ー', others '-'; long vowels and exclamations that
    are drawn out are cut to one; white space is one blank.

    >>> normalize('ﾏｲﾅﾝﾊﾞ－ｶ－ﾄﾞを　なくした！！！')
    'マイナンバーカードを なくした!'
    >>> normalize('すご〜〜〜い　０１２０ー９５ー０１７８')
    'すごーい 0120-95-0178'
    """
    for _ in range(_MAX_PASSES):  # one pass settles real text; hostile mixes need a second
        once = _pass(text)
        if once == text:
            break
        text = once
    return text


def _pass(text: str) -> str:
    text = _VOICED.sub(lambda found: _VOICING[found[0]], INVISIBLE.sub("", text))
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", _MARKS.sub(_cap_marks, text))
    text = _STRAY_VOICING.sub("", INVISIBLE.sub("", text.lower()))
    text = _squeeze(_dashes(text))
    return _SPACES.sub(" ", text).strip()


def _cap_marks(found: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in found[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def _dashes(text: str) -> str:
    text = _TILDES.sub("~", _HYPHENS.sub("-", _APOSTROPHES.sub("'", text)))
    text = _KANJI_ONE.sub("ー", text)
    text = _LONG_BETWEEN_KANA.sub("ー", text)
    text = _LONG_AT_END.sub("ー", text)
    return _LONG_AS_HYPHEN.sub("-", text)


def _squeeze(text: str) -> str:
    text = _REPEATED.sub(r"\1", text)
    text = _SMALL_VOWELS.sub(r"\1", text)
    text = _VOWELS.sub(r"\1\1", text)
    return _CALLS.sub(lambda found: "?" if "?" in found[0] else "!", text)


def fold(text: str) -> str:
    """`normalize` without punctuation, symbols and blanks: the key of an exact alias.

    What is left are letters, digits and the long vowel mark; an emoji or '？' alone gives ''.

    >>> fold('「資格情報の お知らせ」って、何？') == fold('資格情報のお知らせって何')
    True
    """
    folded = _PUNCTUATION.sub("", normalize(text))
    for _ in range(_MAX_PASSES):
        again = _PUNCTUATION.sub("", normalize(folded))
        if again == folded:
            break
        folded = again
    return folded


# \w holds letters, digits, marks that Python counts as alphanumeric, and '_'.
_PUNCTUATION: Final = re.compile(r"[\W_]+")
