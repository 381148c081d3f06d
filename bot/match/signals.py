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
from scipy import sparse

from bot.match.encoder import Encoder
from bot.match.ngrams import NgramSpace
from bot.text.language import JAPANESE, language_of
from bot.text.negation import kept
from bot.text.normalize import normalize
from bot.text.romaji import to_kana
from bot.text.sudachi import Sudachi
from bot.text.vocabulary import hiragana

Floats = NDArray[np.float32]


# Vectors in files: half the size, and cosines differ in the fourth digit.
STORED = np.float16

# How much spelling and sound count beside meaning, whose part of the similarity is at most 1.
# Chosen, as `Kernel.sharpness`, on development questions (docs/matching.md).
SPELLING = 0.3
SOUND = 0.3


@dataclass(frozen=True, slots=True)
class Signals:
    """n texts in every space.

    meaning: (n, dim) float32, unit length.  letters: sparse (n, n_grams) float32, spelling and
    sound side by side, whose squared lengths are SPELLING and SOUND.
    """

    meaning: Floats
    letters: Any

    def rows(self, numbers: NDArray[np.intp]) -> Signals:
        """Some of the texts."""
        return Signals(self.meaning[numbers], self.letters[numbers])

    def as_stored(self) -> Signals:
        """With vectors as the model keeps them, so that a loaded one decides as the trained one."""
        return Signals(self.meaning.astype(STORED).astype(np.float32), self.letters)

    def columns(self) -> Columns:
        """The same texts as the right-hand side of products."""
        return Columns(self.meaning.T, self.letters.T.tocsr())


@dataclass(frozen=True, slots=True)
class Columns:
    """`Signals` transposed once, not on every question: that takes longer than the product."""

    meaning: Floats
    letters: Any


@dataclass(frozen=True)
class Kernel:
    """Similarity of texts as one number, a sum of kernels and so itself a kernel.

    similarity = exp(-2·sharpness·(1 - cos(meaning))) + SPELLING·cos(…) + SOUND·cos(…)
    """

    # e5's cosines live close together (0.79–0.92 for anything): the exponential spreads them.
    sharpness: float = 4.0

    def __call__(self, texts: Signals, others: Columns) -> Floats:
        """(n_texts, n_others), float32, at most 1 + SPELLING + SOUND."""
        total: Floats = texts.meaning @ others.meaning
        total -= 1
        total *= 2 * self.sharpness
        np.exp(total, out=total)
        total += (texts.letters @ others.letters).toarray()
        return total


class Reader:
    """Turns texts into signals."""

    def __init__(
        self, encoder: Encoder, sudachi: Sudachi, spelling: NgramSpace, sound: NgramSpace
    ) -> None:
        self.encoder = encoder
        self.sudachi = sudachi
        self._spelling = spelling
        self._sound = sound

    @classmethod
    def fit(
        cls, texts: Sequence[str], encoder: Encoder, sudachi: Sudachi
    ) -> tuple[Reader, Signals]:
        """Learn which character sequences tell texts apart; with the signals of the texts."""
        meant = [meant_text(text, sudachi) for text in texts]
        sounds = [sudachi.readings(text) for text in meant]
        reader = cls(encoder, sudachi, NgramSpace.fit(meant), NgramSpace.fit(sounds))
        return reader, reader._signals(meant, sounds)

    def encoding_with(self, encoder: Encoder) -> Reader:
        """The same reader with another encoder, which gives the same vectors."""
        return Reader(encoder, self.sudachi, self._spelling, self._sound)

    def meant(self, text: str) -> str:
        """What `text` means to say: see `meant_text`."""
        return meant_text(text, self.sudachi)

    def read(self, meant: Sequence[str]) -> Signals:
        """The signals of texts that `meant` gave, or of sentences of such."""
        return self._signals(meant, [self.sudachi.readings(text) for text in meant])

    def _signals(self, meant: Sequence[str], sounds: Sequence[str]) -> Signals:
        spelling = self._spelling.vectors(meant) * np.float32(SPELLING**0.5)
        sound = self._sound.vectors(sounds) * np.float32(SOUND**0.5)
        return Signals(self.encoder.encode(meant), sparse.hstack([spelling, sound], format="csr"))

    def save(self, folder: Path) -> None:
        self._spelling.save(folder / "spelling.npz")
        self._sound.save(folder / "sound.npz")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder, sudachi: Sudachi) -> Reader:
        spelling, sound = (NgramSpace.load(folder / f"{n}.npz") for n in ("spelling", "sound"))
        return cls(encoder, sudachi, spelling, sound)


_KANJI = re.compile("[\u4e00-\u9fff]")
_OTHER_SCRIPT = re.compile("[\u4e00-\u9fff\u3041-\u3096a-zA-Z]")  # than katakana


def meant_text(text: str, sudachi: Sudachi) -> str:
    """What a text means to say, in the one spelling in which texts are compared.

    Romaji becomes kana, what is denied or set aside goes (再発行ではなくて…), and a text
    without kanji gets those of the dictionary (おしらせをすてる, オシラセヲステル → お知らせを
    捨てる).  On the
    training texts, held out, each of the last two turned a fifth of the misses into hits
    (docs/matching.md).  A text in another language stays as it is.
    """
    if language_of(text) != JAPANESE:
        return normalize(text)
    plain = normalize(to_kana(text))
    if not _OTHER_SCRIPT.search(plain):
        plain = hiragana(plain)
    plain = kept(plain, sudachi.words(plain))
    return plain if _KANJI.search(plain) else sudachi.spelled(plain)
