"""From scores to probabilities that mean what they say.

A conditional logit: every entry, and "none of them", gets a logit that is linear in a few
features of the text and the entry; the softmax of the logits is the probability.  The
weights do not know which entry they speak of, so a new entry needs no data of its own here.
They are fitted by maximum likelihood on the held-out scores of the training texts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.match.signals import Floats

Doubles = NDArray[np.float64]

# Of what people ask, how much the FAQ answers: even odds, as long as an insurer does not know
# better.  The training texts hold ten times as many out-of-scope wordings as others, for
# breadth; that is not how people ask.
IN_SCOPE_SHARE = 0.5

# Keeps weights finite where the training texts are separable.
_PENALTY = 1e-5


@dataclass(frozen=True)
class Features:
    """Of n texts. entries: (n, n_entries, k); none: (n, m)."""

    entries: Doubles
    none: Doubles

    @classmethod
    def of(cls, scores: Floats, nearest: Floats, nearest_none: Floats) -> Features:
        """`scores`, `nearest` (n, n_entries): score of each entry and similarity of its
        nearest example; `nearest_none` (n,): similarity of the nearest out-of-scope text."""
        best, close = _descending(scores), _descending(nearest)
        # Squares let the logit bend: near 0 and near 1 a score says less than in between.
        entries = [
            scores,
            scores * np.abs(scores),
            nearest,
            nearest**2,
            scores == best[:, :1],
        ]
        none = [
            np.ones(len(scores)),
            best[:, 0],
            best[:, 1],
            scores.clip(0).sum(1),
            close[:, 0],
            close[:, 1],
            nearest_none,
            nearest_none**2,
        ]
        return cls(
            np.stack(entries, axis=2).astype(np.float64), np.stack(none, axis=1).astype(np.float64)
        )

    def of_rows(self, rows: NDArray[np.bool_]) -> Features:
        return Features(self.entries[rows], self.none[rows])


def _descending(values: Floats) -> Floats:
    """Each row's values from high to low, with a 0 behind: a book of one entry has no second."""
    padded = np.pad(values, ((0, 0), (0, 1)))
    return -np.sort(-padded, axis=1)


@dataclass(frozen=True)
class Calibration:
    """`entry` (k,) and `none` (m,): the weights of the logits."""

    entry: Doubles
    none: Doubles

    @classmethod
    def fit(cls, features: Features, truth: NDArray[np.intp]) -> Calibration:
        """`truth` (n,): the column of the right entry, -1 for none."""
        k, m = features.entries.shape[2], features.none.shape[1]
        inside = truth >= 0
        weight = np.where(
            inside,
            IN_SCOPE_SHARE / max(1, inside.sum()),
            (1 - IN_SCOPE_SHARE) / max(1, (~inside).sum()),
        )
        column = np.where(inside, truth, features.entries.shape[1])
        rows = np.arange(len(truth))

        def loss(parameters: Doubles) -> tuple[float, Doubles]:
            logits = _logits(features, parameters[:k], parameters[k:])
            log_total = np.logaddexp.reduce(logits, axis=1)
            error = np.exp(logits - log_total[:, None])
            error[rows, column] -= 1
            error *= weight[:, None]
            gradient = np.concatenate(
                [
                    np.einsum("ne,nek->k", error[:, :-1], features.entries),
                    error[:, -1] @ features.none,
                ]
            )
            value = (weight * (log_total - logits[rows, column])).sum()
            return (
                float(value + _PENALTY * parameters @ parameters),
                gradient + 2 * _PENALTY * parameters,
            )

        found = minimize(loss, np.zeros(k + m), jac=True, method="L-BFGS-B").x
        return cls(found[:k], found[k:])

    def probabilities(self, features: Features) -> Doubles:
        """(n, n_entries): how likely each entry is the right one; what is missing to 1 is
        the probability that none is."""
        logits = _logits(features, self.entry, self.none)
        total = np.logaddexp.reduce(logits, axis=1)
        probabilities: Doubles = np.exp(logits - total[:, None])[:, :-1]
        return probabilities


def _logits(features: Features, entry: Doubles, none: Doubles) -> Doubles:
    """(n, n_entries + 1), the last column for none."""
    return np.concatenate([features.entries @ entry, (features.none @ none)[:, None]], axis=1)
