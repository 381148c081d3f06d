"""BM25, the ranking of search engines (Robertson and Zaragoza 2009, section 3.5).

The weight of a term is Lucene's, ln(1 + (N - n + .5) / (n + .5)), which is never negative; a term
that a query repeats counts again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer

Terms = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Bm25:
    """`weights`: sparse (n_terms, n_documents), what one occurrence of a term in a query adds."""

    counter: CountVectorizer
    weights: Any

    @classmethod
    def of(cls, documents: Sequence[str], terms: Terms, k1: float = 1.2, b: float = 0.75) -> Bm25:
        """Raises ValueError where no document has a term."""
        counter = CountVectorizer(analyzer=terms, dtype=np.float64)
        counts = counter.fit_transform(documents).tocoo()
        length = np.bincount(counts.row, counts.data, minlength=len(documents))
        with_term = np.bincount(counts.col)
        rarity = np.log1p((len(documents) - with_term + 0.5) / (with_term + 0.5))
        damping = k1 * (1 - b + b * length / length.mean())
        counts.data *= rarity[counts.col] * (k1 + 1) / (counts.data + damping[counts.row])
        return cls(counter, counts.T.tocsr())

    def scores(self, queries: Sequence[str]) -> NDArray[np.float64]:
        """(n_queries, n_documents), 0 where they share no term."""
        scores: NDArray[np.float64] = (self.counter.transform(queries) @ self.weights).toarray()
        return scores


def character_pairs(text: str) -> list[str]:
    """Terms that need no dictionary.

    >>> character_pairs("ＡＢ 円")
    ['ab', 'b円']
    """
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
    return [plain[i : i + 2] for i in range(len(plain) - 1)]
