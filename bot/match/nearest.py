"""The most similar example of each label."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.match.score import Labels, Rows
from bot.match.signals import Floats


@dataclass(frozen=True)
class Nearest:
    """`order`: the examples, label after label; `starts`: where each label begins."""

    order: Rows
    starts: Rows

    @classmethod
    def of(cls, labels: Labels) -> Nearest:
        counts = np.bincount(labels.of, minlength=len(labels))
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.intp)
        return cls(np.argsort(labels.of, kind="stable"), starts)

    def similarities(self, similarity: Floats) -> Floats:
        """From (n_texts, n_examples) to (n_texts, n_labels): the highest of each label, 0 for
        one whose examples are all left out."""
        highest: Floats = np.maximum.reduceat(similarity[:, self.order], self.starts, axis=1)
        return highest.clip(0)
