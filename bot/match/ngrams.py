"""Texts as weighted bags of character sequences (TF-IDF)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

LENGTHS = (1, 3)  # characters; a fourth adds half as many sequences again and nothing else
# A sequence of one text alone tells nothing of another, and most sequences are such.
IN_TEXTS = 2
FEW = 100  # texts


class NgramSpace:
    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self._vectorizer = vectorizer

    @classmethod
    def fit(cls, texts: Sequence[str]) -> NgramSpace:
        """Of a handful of texts every sequence counts."""
        vectorizer = _vectorizer(min_df=IN_TEXTS if len(texts) >= FEW else 1)
        vectorizer.fit(texts)
        return cls(vectorizer)

    def vectors(self, texts: Sequence[str]) -> Any:
        """Sparse (n_texts, n_grams), float32, rows of unit length (or zero)."""
        if not texts:
            return csr_matrix((0, len(self._vectorizer.vocabulary_)), dtype=np.float32)
        return self._vectorizer.transform(texts).astype(np.float32, copy=False)

    def save(self, file: Path) -> None:
        grams = self._vectorizer.get_feature_names_out().astype(str)
        np.savez_compressed(file, grams=grams, idf=self._vectorizer.idf_.astype(np.float32))

    @classmethod
    def load(cls, file: Path) -> NgramSpace:
        with np.load(file, allow_pickle=False) as arrays:
            vectorizer = _vectorizer(arrays["grams"].tolist())
            vectorizer.idf_ = arrays["idf"]
        return cls(vectorizer)


def _vectorizer(grams: list[str] | None = None, min_df: int = 1) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char",
        ngram_range=LENGTHS,
        lowercase=False,
        sublinear_tf=True,
        vocabulary=grams,
        min_df=min_df,
        dtype=np.float32,
    )
