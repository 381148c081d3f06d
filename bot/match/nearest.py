"""The most similar example of each entry, and of everything out of scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.match.example import Example
from bot.match.signals import Floats

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Nearest:
    """`rows_of`: the examples of each entry, entry after entry; `starts`: where each begins;
    `outside`: the rows of out-of-scope examples; `topics`: their topics."""

    rows_of: Rows
    starts: Rows
    outside: Rows
    topics: tuple[str, ...]

    @classmethod
    def of(cls, examples: Sequence[Example], entries: Sequence[str]) -> Nearest:
        rows: dict[str, list[int]] = {entry: [] for entry in entries}
        outside: list[int] = []
        for row, example in enumerate(examples):
            (rows[example.label] if example.in_scope else outside).append(row)
        lengths = [len(r) for r in rows.values()]
        return cls(
            np.array([row for r in rows.values() for row in r], np.intp),
            np.cumsum([0, *lengths[:-1]]).astype(np.intp),
            np.array(outside, np.intp),
            tuple(examples[row].label for row in outside),
        )

    def similarities(self, similarity: Floats) -> tuple[Floats, Floats]:
        """From (n_texts, n_examples) to (n_texts, n_entries) and (n_texts,): the highest of
        each entry, and of all out-of-scope examples (0 where there are none)."""
        per_entry = np.maximum.reduceat(similarity[:, self.rows_of], self.starts, axis=1)
        outside = similarity[:, self.outside].max(axis=1, initial=0)
        return per_entry, outside

    def topics_of(self, similarity: Floats) -> list[str | None]:
        """The out-of-scope topic nearest to each text; None where there are no topics."""
        if not self.topics:
            return [None] * len(similarity)
        return [self.topics[row] for row in similarity[:, self.outside].argmax(axis=1)]
