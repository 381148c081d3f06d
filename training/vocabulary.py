"""Cuts the 250,002-piece vocabulary to what Japanese and the Latin script need.

No corpus is read: which pieces stay follows from their characters and their Unigram score (the
log probability that SentencePiece learnt), so the same input always gives the same vocabulary.
Scores and vectors of the pieces that stay are untouched; only their numbers change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from training.e5s1 import Pieces, Weights

METASPACE = "\u2581"
WORDS = "embeddings.word_embeddings.weight"
# What Spanish, Portuguese and Hepburn romaji write besides ASCII.
ACCENTED = frozenset("áéíóúüñãõâêôàçªºāīūēō")
DIGITS = re.compile(r"[0-9]{2,4}")
CAPITALS = re.compile(r"[A-Z]{2,5}")
# Whole Japanese syllables in Hepburn or Kunrei spelling, with the start of a next one.
ROMAJI = re.compile(
    r"(?:(?:[kgnhbpmrjzt]y|s[hy]|ch|ts|kk|ssh?|tt|tch|tts|pp|[kgsztdnhbpmyrwfj])?"
    r"[aiueoāīūēō]|n)+(?:[kstp]|sh|ch|ts)?"
)


@dataclass(frozen=True, slots=True)
class Quota:
    """How many pieces of several characters a group keeps, best score first."""

    name: str
    pieces: int


# Japanese keeps all it has. Of the Latin script, half of the room goes to what reads as romaji,
# the rest to English, Spanish and Portuguese, which the score cannot tell from their neighbours.
# Hangul and Chinese-only characters get enough that a short question is not all unknown pieces.
EVERYTHING = 1_000_000
QUOTAS = (
    Quota("kana", EVERYTHING),
    Quota("kanji", EVERYTHING),
    Quota("digits", EVERYTHING),
    Quota("romaji", 7_000),
    Quota("capitals", 800),
    Quota("latin", 9_000),
    Quota("symbols", 300),
    Quota("hangul", 900),
    Quota("hanzi", 200),
)
# Single characters that Japanese does not use, best score first.
SINGLE_HANZI, SINGLE_HANGUL, SINGLE_SYMBOLS = 1_500, 900, 1_200


def cut(weights: Weights) -> Weights:
    """`weights` with only the pieces of `select` and their rows."""
    kept = select(weights.pieces)
    state = dict(weights.state)
    state[WORDS] = state[WORDS][kept]
    return Weights(
        replace(weights.shape, vocabulary=len(kept)), renumber(weights.pieces, kept), state
    )


def renumber(pieces: Pieces, kept: list[int]) -> Pieces:
    """The pieces `kept` (ascending old numbers) under their new numbers."""
    new = {old: number for number, old in enumerate(kept)}
    return Pieces(
        tuple(pieces.texts[i] for i in kept),
        tuple(pieces.scores[i] for i in kept),
        bos=new[pieces.bos],
        pad=new[pieces.pad],
        eos=new[pieces.eos],
        unk=new[pieces.unk],
    )


def select(pieces: Pieces) -> list[int]:
    """Old numbers of the pieces that stay, ascending (the special ones included)."""
    special = {pieces.bos, pieces.pad, pieces.eos, pieces.unk, pieces.mask}
    single: dict[str, list[int]] = {}
    several: dict[str, list[int]] = {quota.name: [] for quota in QUOTAS}
    for number, text in enumerate(pieces.texts):
        if number in special:
            continue
        letters = text.strip(METASPACE)
        if (group := group_of(letters)) is None:
            continue
        (single if len(letters) <= 1 else several).setdefault(group, []).append(number)

    def best(numbers: Iterable[int], count: int) -> list[int]:
        return sorted(numbers, key=lambda n: (-pieces.scores[n], n))[:count]

    limits = {"hanzi": SINGLE_HANZI, "hangul": SINGLE_HANGUL, "symbols": SINGLE_SYMBOLS}
    kept = set(special)
    for group, numbers in single.items():
        kept.update(best(numbers, limits.get(group, len(numbers))))
    for quota in QUOTAS:
        kept.update(best(several[quota.name], quota.pieces))
    return sorted(kept)


def group_of(letters: str) -> str | None:
    """The group of a piece by its characters; None when it is of no use here.

    >>> [group_of(t) for t in ("保険", "お知らせ", "hoken", "URL", "seguro", "2024", "...")]
    ['kanji', 'kana', 'romaji', 'capitals', 'latin', 'digits', 'symbols']
    >>> [group_of(t) for t in ("们", "한국", "страх")]
    ['hanzi', 'hangul', None]
    """
    if DIGITS.fullmatch(letters):
        return "digits"
    groups = {script_of(letter) for letter in letters} or {"symbols"}
    if None in groups:
        return None
    if groups - {"symbols"} in ({"kana"}, {"kana", "kanji"}):
        return "kana"
    for group in ("hanzi", "hangul", "kanji", "latin"):
        if group in groups:
            alone = groups <= {group, "symbols"} or groups <= {"hanzi", "kanji", "symbols"}
            if not alone:
                return None
            return _latin_kind(letters) if group == "latin" else group
    return "symbols"


def _latin_kind(letters: str) -> str:
    if CAPITALS.fullmatch(letters):
        return "capitals"
    return "romaji" if ROMAJI.fullmatch(letters.lower()) else "latin"


@cache
def script_of(letter: str) -> str | None:
    """kana, kanji, hanzi, hangul, latin or symbols; None for any other script."""
    code = ord(letter)
    if 0x3041 <= code <= 0x3096 or 0x3099 <= code <= 0x30FF or 0x31F0 <= code <= 0x31FF:
        return "kana"
    if 0x4E00 <= code <= 0x9FFF or letter in "々〆〇":
        return "kanji" if _in_jis(letter) else "hanzi"
    if 0xAC00 <= code <= 0xD7A3:
        return "hangul"
    if letter.isalpha():
        return "latin" if letter.isascii() or letter.lower() in ACCENTED else None
    return "symbols" if unicodedata.category(letter)[0] in "NPSZ" else None


def _in_jis(letter: str) -> bool:
    """Whether JIS X 0208 holds the character (Shift_JIS without the vendors' additions)."""
    try:
        letter.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return True
