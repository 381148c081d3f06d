"""What is compared between two texts: meaning, spelling and sound.

Each signal sees what the others miss.  The encoder knows that 捨てる and 廃棄 mean one thing;
characters see the exact words of the field; readings see through conversion slips (補完,
保管), kana and romaji.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.match.encoder import Encoder
from bot.match.ngrams import NgramSpace
from bot.text.negation import kept
from bot.text.normalize import normalize
from bot.text.romaji import to_kana
from bot.text.sudachi import Sudachi

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Signals:
    """n texts in every space.

    meaning: (n, dim) float32, unit length; spelling, sound: sparse (n, n_grams), unit length.
    """

    meaning: Floats
    spelling: Any
    sound: Any

    def columns(self) -> Columns:
        """The same texts as the right-hand side of products."""
        return Columns(
            np.ascontiguousarray(self.meaning.T), self.spelling.T.tocsr(), self.sound.T.tocsr()
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """`Signals` transposed once, not on every question: that takes longer than the product."""

    meaning: Floats
    spelling: Any
    sound: Any


@dataclass(frozen=True)
class Kernel:
    """Similarity of texts as one number, a sum of kernels and so itself a kernel.

    similarity = exp(-2·sharpness·(1 - cos(meaning))) + spelling·cos(…) + sound·cos(…)
    """

    # e5's cosines live close together (0.79–0.92 for anything): the exponential spreads
    # them.  Values chosen by leave-one-topic-out on the training texts (docs/matching.md).
    sharpness: float = 4.0
    spelling: float = 0.2
    sound: float = 0.2

    def __call__(self, texts: Signals, others: Columns) -> Floats:
        """(n_texts, n_others), float32, at most 1 + spelling + sound."""
        total: Floats = texts.meaning @ others.meaning
        total -= 1
        total *= 2 * self.sharpness
        np.exp(total, out=total)
        total += self.spelling * (texts.spelling @ others.spelling).toarray()
        total += self.sound * (texts.sound @ others.sound).toarray()
        return total


class Reader:
    """Turns texts into signals."""

    def __init__(
        self, encoder: Encoder, sudachi: Sudachi, spelling: NgramSpace, sound: NgramSpace
    ) -> None:
        self._encoder = encoder
        self._sudachi = sudachi
        self._spelling = spelling
        self._sound = sound

    @classmethod
    def fit(cls, texts: Sequence[str], encoder: Encoder, sudachi: Sudachi) -> Reader:
        """Learn which character sequences tell texts apart."""
        meant = [meant_text(text, sudachi) for text in texts]
        sounds = [sudachi.readings(text) for text in meant]
        return cls(encoder, sudachi, NgramSpace.fit(meant), NgramSpace.fit(sounds))

    def read(self, texts: Sequence[str]) -> Signals:
        meant = [meant_text(text, self._sudachi) for text in texts]
        sounds = [self._sudachi.readings(text) for text in meant]
        return Signals(
            self._encoder.encode(meant),
            self._spelling.vectors(meant),
            self._sound.vectors(sounds),
        )

    def save(self, folder: Path) -> None:
        self._spelling.save(folder / "spelling.npz")
        self._sound.save(folder / "sound.npz")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder, sudachi: Sudachi) -> Reader:
        spelling, sound = (NgramSpace.load(folder / f"{n}.npz") for n in ("spelling", "sound"))
        return cls(encoder, sudachi, spelling, sound)


_KANJI = re.compile("[\u4e00-\u9fff]")


def meant_text(text: str, sudachi: Sudachi) -> str:
    """What a text means to say, in the one spelling in which texts are compared.

    Romaji becomes kana, what is denied or set aside goes (再発行ではなくて…), and a text
    without kanji gets those of the dictionary (おしらせをすてる → お知らせを捨てる).  On the
    training texts, held out, each of the last two turned a fifth of the misses into hits
    (docs/matching.md).
    """
    plain = normalize(to_kana(text))
    plain = kept(plain, sudachi.words(plain))
    return plain if _KANJI.search(plain) else sudachi.spelled(plain)
