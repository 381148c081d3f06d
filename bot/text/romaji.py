"""Romaji to kana: 'oshirase wo sutete mo ii desu ka' → 'おしらせをすててもいいですか'.

Hepburn, kunrei and what people type into a Japanese keyboard, mixed as they come. English stays
English: a text is romaji when enough of its Latin words are Japanese syllables throughout.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from bot.text.romaji_words import EITHER, ENGLISH, JAPANESE, LATIN, PARTICLES, PHRASES
from bot.text.syllables import kana_of

# Longer strings are no words: base64, keyboard noise.
_MAX_WORD: Final = 60
_LETTER: Final = "A-Za-zÀ-ÖØ-öø-ſ"
_ADDRESS: Final = (
    r"(?:https?://|www\.)[!-~]+|(?<![A-Za-z0-9._-])(?:[A-Za-z0-9._-]{1,64}@[!-~]+"
    r"|(?:[A-Za-z0-9-]{1,63}\.){1,6}(?:jp|com|net|org|html?|pdf)\b[!-~]*)"
)
_PHRASE: Final = "|".join(phrase.replace(" ", "[ -]{0,2}") for phrase in PHRASES)
_WORDS: Final = re.compile(
    rf"(?P<address>{_ADDRESS})|(?<![{_LETTER}])(?:{_PHRASE})(?![{_LETTER}'’-])"
    rf"|[{_LETTER}]+(?:['’-][{_LETTER}]+)*['’]?",
    re.I,
)
_GLUE: Final = re.compile("[ -]")
_GLUED: Final = {phrase.replace(" ", ""): kana for phrase, kana in PHRASES.items()}
_BLANK_BEFORE: Final = re.compile(r"(?:(?<=\w)|^)[ \t\u3000]+$")
_BLANK_AFTER: Final = re.compile(r"^[ \t\u3000]+(?=(?!https?:|www\.)\w|$)")
_JAPANESE_LETTER: Final = re.compile("[ぁ-ゖァ-ヺ一-鿿々ｦ-ﾟ]")
# The largest share of English among the words that are clearly one or the other. Of the 23,700
# English questions of CLINC150, 8 pass for Japanese at 0.4 ('sayonara'), 23 at 0.5.
_MOST_ENGLISH: Final = 0.4
# A short acronym in capitals (PDF, IP, DV) stays, unless everything is in capitals.
_LONGEST_ACRONYM: Final = 4


class _Kind(Enum):
    ROMAJI = "Japanese syllables throughout"
    LOAN = "in the list of loan words and names"
    EITHER = "Japanese or English, by the words around it"
    ENGLISH = "not Japanese"
    KEPT = "an acronym or name that both languages write in Latin letters"


@dataclass(frozen=True, slots=True)
class _Token:
    """A Latin word or phrase of a text and what it becomes when the text is Japanese."""

    start: int
    end: int
    kind: _Kind
    kana: str


def to_kana(text: str) -> str:
    """Romaji and loan words in kana; English, acronyms, addresses and digits unchanged.

    In a text in Latin letters everything Japanese changes, and blanks between Japanese go. In
    a text in Japanese script a Latin word changes when it is romaji throughout, is no English
    word and no name with a capital. An English text comes back as it is. Linear; never an
    exception.

    >>> to_kana('my number card wo nakushita, doushitara ii?')
    'マイナンバーカードをなくした, どうしたらいい?'
    >>> to_kana('Is there an English phone line for My Number?')
    'Is there an English phone line for My Number?'
    """
    mixed = _JAPANESE_LETTER.search(text) is not None
    tokens = list(_tokens(text))
    if not mixed and not _is_japanese(tokens):
        return text
    changed = [token for token in tokens if _changes(token, text, mixed)]
    parts: list[str] = []
    at = 0
    for token in changed:
        gap = _BLANK_BEFORE.sub("", text[at : token.start])
        parts += _BLANK_AFTER.sub("", gap) if at else gap, token.kana
        at = token.end
    return "".join(parts) + (_BLANK_AFTER.sub("", text[at:]) if at else text)


def looks_romaji(text: str) -> bool:
    """Whether a text in Latin letters is Japanese: romaji, or the loan words of this field.

    >>> looks_romaji('hokenshou wo nakushita'), looks_romaji('I lost my card')
    (True, False)
    """
    return _JAPANESE_LETTER.search(text) is None and _is_japanese(list(_tokens(text)))


def _is_japanese(tokens: list[_Token]) -> bool:
    """Enough romaji for the English beside it; loan words alone will do, words that may be
    either language alone will not."""
    kinds = [token.kind for token in tokens]
    romaji, english = kinds.count(_Kind.ROMAJI), kinds.count(_Kind.ENGLISH)
    if romaji == 0:
        return english == 0 and _Kind.LOAN in kinds
    return english <= _MOST_ENGLISH * (romaji + english)


def _changes(token: _Token, text: str, mixed: bool) -> bool:
    if not mixed or token.kind is _Kind.LOAN:
        return token.kind in (_Kind.ROMAJI, _Kind.LOAN, _Kind.EITHER)
    return token.kind is _Kind.ROMAJI and text[token.start : token.end].islower()


def _tokens(text: str) -> Iterator[_Token]:
    capitals = text.isupper()
    for found in _WORDS.finditer(text):
        word = found[0]
        if found["address"]:
            kind, kana = _Kind.KEPT, word
        else:
            kind, kana = _read(word, acronyms=not capitals)
        yield _Token(found.start(), found.end(), kind, kana)


@lru_cache(maxsize=4096)  # a flood of one word costs as much as the word
def _read(word: str, acronyms: bool) -> tuple[_Kind, str]:
    """What a word is, and its kana."""
    plain = unicodedata.normalize("NFC", word).lower()
    if plain in LATIN or len(plain) > _MAX_WORD:
        return _Kind.KEPT, word
    loan = JAPANESE.get(plain.replace("'", "")) or _GLUED.get(_GLUE.sub("", plain))
    if loan:
        return _Kind.LOAN, loan
    if acronyms and word.isupper() and 1 < len(word) <= _LONGEST_ACRONYM:
        return _Kind.KEPT, word
    kana = PARTICLES.get(plain) or kana_of(plain)
    if kana is None or plain in ENGLISH:
        return _Kind.ENGLISH, word
    return (_Kind.EITHER if plain in EITHER else _Kind.ROMAJI), kana
