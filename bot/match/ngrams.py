"""Texts as weighted bags of character sequences (TF-IDF)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

# Characters.  Single ones are in nearly every text: they change nothing and take half the time
# of a product; a fourth adds half as many sequences again and nothing else.
LENGTHS = (2, 3)
# A sequence of one text alone tells nothing of another, and most sequences are such.
IN_TEXTS = 2
FEW = 100  # texts


class NgramSpace:
    """`grams`: sequence → its column; `idf`: (n_grams,) float32, the rarer the higher."""

    def __init__(self, grams: dict[str, int], idf: NDArray[np.float32]) -> None:
        self._grams = grams
        self._idf = idf

    @classmethod
    def fit(cls, texts: Sequence[str]) -> NgramSpace:
        """Of a handful of texts every sequence counts."""
        # Here, not above: 30 MB of memory that answering has no use for.
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer(
            analyzer="char",
            ngram_range=LENGTHS,
            lowercase=False,
            min_df=IN_TEXTS if len(texts) >= FEW else 1,
        )
        vectorizer.fit(texts)
        grams = vectorizer.get_feature_names_out().tolist()
        return cls(_numbered(grams), vectorizer.idf_.astype(np.float32))

    def vectors(self, texts: Sequence[str]) -> Any:
        """Sparse (n_texts, n_grams), float32, rows of unit length (or zero).

        A sequence weighs (1 + log(how often)) · idf, as in TfidfVectorizer with sublinear_tf;
        its `transform` takes five times as long for one text.
        """
        counts = [self._counted(text) for text in texts]
        columns = np.fromiter((c for of in counts for c in of), np.int32)
        often = np.fromiter((n for of in counts for n in of.values()), np.float32)
        starts = np.cumsum([0, *map(len, counts)], dtype=np.int32)
        weights = (1 + np.log(often)) * self._idf[columns]
        rows = np.repeat(np.arange(len(texts)), np.diff(starts))
        lengths = np.sqrt(np.bincount(rows, weights**2, len(texts)))
        weights /= lengths[rows].astype(np.float32)
        return csr_matrix((weights, columns, starts), (len(texts), len(self._grams)))

    def _counted(self, text: str) -> Counter[int]:
        """Column → how often; of the sequences that are known."""
        return Counter(self._grams[gram] for gram in _sequences(text) if gram in self._grams)

    def save(self, file: Path) -> None:
        np.savez_compressed(file, grams=np.array(list(self._grams), str), idf=self._idf)

    @classmethod
    def load(cls, file: Path) -> NgramSpace:
        with np.load(file, allow_pickle=False) as arrays:
            return cls(_numbered(arrays["grams"].tolist()), arrays["idf"])


def _numbered(grams: list[str]) -> dict[str, int]:
    return {gram: number for number, gram in enumerate(grams)}


def _sequences(text: str) -> Iterator[str]:
    shortest, longest = LENGTHS
    for length in range(shortest, longest + 1):
        for start in range(len(text) - length + 1):
            yield text[start : start + length]
