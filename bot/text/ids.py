"""An id for a new entry, made from how its question is read."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final

from bot.text.sudachi import Sudachi, Word
from bot.text.vocabulary import hiragana

_LONGEST: Final = 40  # letters: an id is typed by hand
_MOST_WORDS: Final = 4
_PLAIN: Final = "entry"  # for a question of which nothing can be read
_NOUNS: Final = frozenset({"普通名詞", "固有名詞"})
# Nouns that are in many questions and tell them apart from none.
_EMPTY: Final = frozenset(
    [
        "事",
        "こと",
        "物",
        "もの",
        "時",
        "とき",
        "場合",
        "方",
        "方法",
        "為",
        "ため",
        "今般",
        "際",
        "等",
        "件",
        "場所",
    ]
)
_POLITE: Final = ("お", "ご", "御")

_ROWS: Final = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さ_すせそ",
    "t": "た__てと",
    "n": "なにぬねの",
    "h": "はひ_へほ",
    "m": "まみむめも",
    "y": "や_ゆ_よ",
    "r": "らりるれろ",
    "g": "がぎぐげご",
    "z": "ざ_ずぜぞ",
    "d": "だぢ_でど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}
_KANA: Final = {
    **{kana: row + "aiueo"[at] for row, line in _ROWS.items() for at, kana in enumerate(line)},
    **{"し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "づ": "zu", "ゔ": "vu"},
    **{"わ": "wa", "を": "o", "ん": "n", "ー": ""},
    **{"ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o", "ゃ": "ya", "ゅ": "yu", "ょ": "yo"},
}
_DROPS_VOWEL: Final = frozenset("ぁぃぇぉゃゅょ")  # きゃ: ki and ya are kya
_KEEPS_Y: Final = ("sh", "ch", "j")  # しゃ: shi and ya are sha


def propose_id(question: str, sudachi: Sudachi, taken: Container[str]) -> str:
    """An id of the form that faq.yml asks for, not in `taken`; the same for the same question.

    >>> sudachi = Sudachi.load(None)
    >>> propose_id("保険証の再発行はどうすればいいですか", sudachi, ())
    'hokenshou_saihakkou'
    >>> propose_id("？", sudachi, {"entry"})
    'entry_2'
    """
    id = ""
    for word in _telling(sudachi.words(question))[:_MOST_WORDS]:
        longer = f"{id}_{word}" if id else word
        id = longer if len(longer) <= _LONGEST else id
    id = id if id[:1].isalpha() and len(id) > 1 else f"{_PLAIN}_{id}".rstrip("_")
    number, unique = 1, id
    while unique in taken:
        number += 1
        unique = f"{id}_{number}"
    return unique


def latin(reading: str) -> str:
    """Kana in Hepburn letters, without marks; what is no kana goes.

    >>> latin("シカクジョウホウ"), latin("マッチャ"), latin("マイナポータル"), latin("ファックス")
    ('shikakujouhou', 'matcha', 'mainapotaru', 'fakkusu')
    """
    text = ""
    double = False
    for kana in hiragana(reading):
        letters = _KANA.get(kana, kana if kana.isascii() and kana.isalnum() else "").lower()
        if kana == "っ":
            double = True
            continue
        if kana in _DROPS_VOWEL and text:
            stem = text[:-1]
            text = stem + (letters.lstrip("y") if stem.endswith(_KEEPS_Y) else letters)
            continue
        if double and letters:
            text += "t" if letters.startswith("ch") else letters[0]
        double = False
        text += letters
    return text


def _telling(words: Sequence[Word]) -> list[str]:
    """The nouns that tell what a question is about, or its verbs where it has no noun, in Latin
    letters, each once."""
    nouns = [noun for noun in dict.fromkeys(_nouns(words)) if noun]
    return nouns or [_letters(word) for word in words if word.pos[:2] == ("動詞", "一般")]


def _nouns(words: Sequence[Word]) -> Iterator[str]:
    """Nouns with what is joined to them: 再 and 発行, 医療 and 費."""
    before, noun = "", ""
    for word in words:
        if word.normalized in _EMPTY:
            continue
        if word.pos[0] == "接尾辞" and noun:
            noun += _letters(word)
            continue
        is_noun = word.pos[0] == "名詞" and word.pos[1] in _NOUNS
        yield noun
        noun = before + _letters(word) if is_noun else ""
        before = _letters(word) if word.pos[0] == "接頭辞" and word.surface not in _POLITE else ""
    yield noun


def _letters(word: Word) -> str:
    written = word.surface if word.surface.isascii() else latin(word.reading)
    return re.sub("[^a-z0-9]", "", written.lower())
