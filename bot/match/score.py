"""Kernel ridge regression over entries: how much a text speaks for each of them.

One linear system, solved once, takes the place of a classifier trained in epochs: it is
exact, the same on every run, and gives leave-one-out predictions for nothing but a look at
the inverse (Rasmussen & Williams, Gaussian Processes for Machine Learning, eq. 5.12).
Those tell how the bot does on wordings, and on whole out-of-scope topics, that it has not
seen; the calibration is fitted on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

from bot.match.example import Example
from bot.match.signals import Floats

# Added to the diagonal: how far a training text may be from its own label.  Between .01
# and .1 nothing changes (docs/matching.md).
RIDGE = 0.03


@dataclass(frozen=True)
class Scorer:
    """`entries`: ids, the columns of all scores.  `weights`: (n_examples, n_entries)."""

    entries: tuple[str, ...]
    weights: Floats

    @classmethod
    def fit(cls, examples: Sequence[Example], similarity: Floats) -> tuple[Scorer, Floats]:
        """The scorer, and the held-out scores (n_examples, n_entries) of its own examples:
        each example scored as if it, or its whole out-of-scope topic, had not been there.
        `similarity` is the kernel of all examples with each other."""
        entries = tuple(dict.fromkeys(e.label for e in examples if e.in_scope))
        targets = _targets(examples, entries)
        inverse = _inverse(similarity, RIDGE)
        weights = inverse @ targets
        held_out = _leave_out(inverse, weights, targets, held_out_groups(examples))
        return cls(entries, weights), held_out

    def scores(self, similarity: Floats) -> Floats:
        """(n_texts, n_entries): about 1 for the entry that answers, about 0 for all others;
        `similarity` (n_texts, n_examples) is the kernel between texts and examples."""
        return similarity @ self.weights


def _targets(examples: Sequence[Example], entries: Sequence[str]) -> Floats:
    column = {entry: number for number, entry in enumerate(entries)}
    targets = np.zeros((len(examples), len(entries)), np.float32)
    for row, example in enumerate(examples):
        if example.in_scope:
            targets[row, column[example.label]] = 1
    return targets


def _inverse(kernel: Floats, ridge: float) -> Floats:
    """(kernel + ridge·1)⁻¹ by Cholesky, half the work of a general inverse."""
    kernel = kernel + ridge * np.eye(len(kernel), dtype=np.float32)
    factor, failed = lapack.spotrf(kernel, lower=1)
    inverse, failed_too = lapack.spotri(factor, lower=1)
    if failed or failed_too:
        raise ArithmeticError("the kernel matrix is not positive definite")
    lower: Floats = np.tril(inverse)
    return lower + np.tril(lower, -1).T


def held_out_groups(examples: Sequence[Example]) -> list[NDArray[np.intp]]:
    """Rows to leave out together: one wording of an entry, a whole out-of-scope topic."""
    groups: dict[str | int, list[int]] = {}
    for row, example in enumerate(examples):
        groups.setdefault(row if example.in_scope else example.label, []).append(row)
    return [np.array(rows) for rows in groups.values()]


def _leave_out(
    inverse: Floats, weights: Floats, targets: Floats, groups: Sequence[NDArray[np.intp]]
) -> Floats:
    scores = np.empty_like(targets)
    for rows in groups:
        block = inverse[np.ix_(rows, rows)]
        scores[rows] = targets[rows] - np.linalg.solve(block, weights[rows])
    return scores
