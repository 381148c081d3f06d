"""Japanese syllables in Latin letters: Hepburn, kunrei and keyboard spellings."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_VOWELS: Final = "aiueo"
_ROWS: Final = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "r": "らりるれろ",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "d": "だぢづでど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}
# Consonants before a small や, ゆ, よ, ぇ: kya, sha, sya, cha, tya, ja, zya, jya …
_GLIDES: Final = {
    "き": ("ky",),
    "し": ("sh", "sy"),
    "ち": ("ch", "ty", "cy"),
    "に": ("ny",),
    "ひ": ("hy",),
    "み": ("my",),
    "り": ("ry",),
    "ぎ": ("gy",),
    "じ": ("j", "zy", "jy"),
    "ぢ": ("dy",),
    "び": ("by",),
    "ぴ": ("py",),
}
_SMALL: Final = {"a": "ゃ", "u": "ゅ", "o": "ょ", "e": "ぇ"}
_SINGLE: Final = {
    **{"ya": "や", "yu": "ゆ", "yo": "よ", "wa": "わ", "wo": "を", "we": "うぇ", "wi": "うぃ"},
    **{"shi": "し", "chi": "ち", "tsu": "つ", "fu": "ふ", "ji": "じ", "xtu": "っ", "ltu": "っ"},
    **{"fa": "ふぁ", "fi": "ふぃ", "fe": "ふぇ", "fo": "ふぉ", "tsa": "つぁ", "thi": "てぃ"},
    **{"va": "ゔぁ", "vi": "ゔぃ", "vu": "ゔ", "ve": "ゔぇ", "vo": "ゔぉ", "dhi": "でぃ"},
}
_LONGEST_SYLLABLE: Final = 3
_DOUBLED: Final = "kstpgdbzjcfhr"
_MACRONS: Final = str.maketrans({"ā": "aa", "ī": "ii", "ū": "uu", "ē": "ee", "ō": "ou"})
_MACRONS.update(str.maketrans({"â": "aa", "î": "ii", "û": "uu", "ê": "ee", "ô": "ou", "’": "'"}))
# mynaka-do, mynumberno: what follows may be any Japanese.
_PREFIXES: Final = {"mynumber": "マイナンバー", "myna": "マイナ"}


def kana_of(word: str) -> str | None:
    """The kana of a word in lower-case romaji; None when anything in it is no syllable.

    >>> kana_of('saikoufu'), kana_of('kōfu'), kana_of('zyuusyo'), kana_of('phone')
    ('さいこうふ', 'こうふ', 'じゅうしょ', None)
    """
    word = word.translate(_MACRONS)
    for prefix, kana in _PREFIXES.items():
        if word.startswith(prefix) and len(word) > len(prefix):
            rest = kana_of(word[len(prefix) :].lstrip("-"))
            return None if rest is None else kana + rest
    parts: list[str] = []
    at = 0
    while at < len(word):
        kana, length = _syllable(word, at)
        if length == 0:
            return None
        parts.append(kana)
        at += length
    return "".join(parts)


def _syllable(word: str, at: int) -> tuple[str, int]:
    """The kana at an offset and the letters it takes, ('', 0) when there are none."""
    table = _syllables()
    for length in range(_LONGEST_SYLLABLE, 0, -1):
        kana = table.get(word[at : at + length])
        if kana:
            return kana, min(length, len(word) - at)
    char, then = word[at], word[at + 1 : at + 2]
    if char == "n" or (char == "m" and then in ("b", "m", "p")):
        return _n(word, at)
    if char == "-" and at and word[at - 1] in _VOWELS:
        return "ー", 1  # ka-do, as typed into a Japanese keyboard
    if char == "'" and at and word[at - 1] == "n":
        return "", 1
    if (char == then and char in _DOUBLED) or (char == "t" and word.startswith("ch", at + 1)):
        return "っ", 1
    return "", 0


def _n(word: str, at: int) -> tuple[str, int]:
    """ん: before a vowel one n of two (konnichiwa), else both of nn (shinnsei)."""
    then, after = word[at + 1 : at + 2], word[at + 2 : at + 3]
    if word[at] == "n" and then == "n" and (not after or after not in _VOWELS + "y"):
        return "ん", 2
    return "ん", 1


@lru_cache(maxsize=1)
def _syllables() -> dict[str, str]:
    table = {
        consonant + vowel: kana
        for consonant, row in _ROWS.items()
        for vowel, kana in zip(_VOWELS, row, strict=True)
    }
    for kana, spellings in _GLIDES.items():
        for spelling in spellings:
            for vowel, small in _SMALL.items():
                table[spelling + vowel] = kana + small
    return table | _SINGLE
