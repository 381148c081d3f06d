"""Kana to romaji in the spellings that people type, and katakana to hiragana."""

from __future__ import annotations

_BASIC = {
    "": "あa いi うu えe おo",
    "k": "かa きi くu けe こo",
    "g": "がa ぎi ぐu げe ごo",
    "s": "さa すu せe そo",
    "z": "ざa ずu ぜe ぞo",
    "t": "たa てe とo",
    "d": "だa でe どo",
    "n": "なa にi ぬu ねe のo",
    "h": "はa ひi へe ほo",
    "b": "ばa びi ぶu べe ぼo",
    "p": "ぱa ぴi ぷu ぺe ぽo",
    "m": "まa みi むu めe もo",
    "y": "やa ゆu よo",
    "r": "らa りi るu れe ろo",
    "w": "わa",
}
COMMON = {cell[0]: row + cell[1] for row, cells in _BASIC.items() for cell in cells.split()} | {
    "を": "wo",
    "ん": "n",
    "ゔ": "vu",
    "ぁ": "a",
    "ぃ": "i",
    "ぅ": "u",
    "ぇ": "e",
    "ぉ": "o",
}
HEPBURN = {"し": "shi", "じ": "ji", "ち": "chi", "つ": "tsu", "ふ": "fu", "ぢ": "ji", "づ": "zu"}
KUNREI = {"し": "si", "じ": "zi", "ち": "ti", "つ": "tu", "ふ": "hu", "ぢ": "zi", "づ": "zu"}
SMALL_Y = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
SMALL_VOWELS = {"ぁ": "a", "ぃ": "i", "ぇ": "e", "ぉ": "o"}
# Spelt with one sound where the small vowel takes the place of the first one.
FOREIGN = {"ふ": "f", "ゔ": "v", "て": "t", "で": "d", "う": "w"}


def to_hiragana(text: str) -> str:
    """Katakana letters to hiragana; everything else stays.

    >>> to_hiragana("マイナポータル")
    'まいなぽーたる'
    """
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def to_romaji(kana: str, *, kunrei: bool = False, short: bool = False) -> str:
    """Romaji of one word, in Hepburn or Kunrei spelling; characters that are no kana stay.

    `short` leaves out the second letter of long o and u.

    >>> to_romaji("シカクジョウホウ"), to_romaji("ファックス")
    ('shikakujouhou', 'fakkusu')
    >>> to_romaji("ツウチショ", kunrei=True), to_romaji("ジョウホウ", short=True)
    ('tuutisyo', 'joho')
    """
    table = COMMON | (KUNREI if kunrei else HEPBURN)
    text, letters = "", to_hiragana(kana)
    for at, letter in enumerate(letters):
        if letter == "っ":
            sound = table.get(letters[at + 1 : at + 2], "")[:1]
            text += "t" if sound == "c" else sound
        elif letter == "ー":
            text += "" if short else text[-1:]
        elif letter in SMALL_Y:
            text = _contracted(text, letter)
        elif letter in SMALL_VOWELS and letters[at - 1 : at] in FOREIGN:
            text = text[: -len(table[letters[at - 1]])] + FOREIGN[letters[at - 1]]
            text += SMALL_VOWELS[letter]
        else:
            text += table.get(letter, letter)
    return text.replace("ou", "o").replace("uu", "u") if short else text


def _contracted(text: str, letter: str) -> str:
    """しゃ, from "shi": sha; きゃ, from "ki": kya."""
    stem = text[:-1]
    return stem + ("" if stem.endswith(("sh", "ch", "j")) else "y") + SMALL_Y[letter]
