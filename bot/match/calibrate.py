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

from bot.match.evidence import Doubles, Evidence

# Of what people ask, how much the FAQ answers, as long as an insurer does not know better.  The
# training texts hold four times as many out-of-scope wordings as others, for breadth; that is
# not how people ask.
IN_SCOPE_SHARE = 0.6

# Keeps weights finite where the training texts are separable.
_PENALTY = 1e-5


@dataclass(frozen=True)
class Calibration:
    """`entry` (k,) and `none` (m,): the weights of the logits."""

    entry: Doubles
    none: Doubles

    @classmethod
    def fit(cls, evidence: Evidence, truth: NDArray[np.intp]) -> Calibration:
        """`truth` (n,): the number of the right entry, -1 for none.

        A right entry that is no candidate counts as none: nothing could be learnt from it.
        """
        from scipy.optimize import minimize  # 12 MB that answering has no use for

        k, m = evidence.entries.shape[2], evidence.none.shape[1]
        is_truth = evidence.candidates == truth[:, None]
        inside = is_truth.any(axis=1)
        weight = np.where(
            inside,
            IN_SCOPE_SHARE / max(1, inside.sum()),
            (1 - IN_SCOPE_SHARE) / max(1, (~inside).sum()),
        )
        column = np.where(inside, is_truth.argmax(axis=1), evidence.entries.shape[1])
        rows = np.arange(len(truth))

        def loss(parameters: Doubles) -> tuple[float, Doubles]:
            logits = _logits(evidence, parameters[:k], parameters[k:])
            log_total = np.logaddexp.reduce(logits, axis=1)
            error = np.exp(logits - log_total[:, None])
            error[rows, column] -= 1
            error *= weight[:, None]
            gradient = np.concatenate(
                [
                    np.einsum("ne,nek->k", error[:, :-1], evidence.entries),
                    error[:, -1] @ evidence.none,
                ]
            )
            value = (weight * (log_total - logits[rows, column])).sum()
            return (
                float(value + _PENALTY * parameters @ parameters),
                gradient + 2 * _PENALTY * parameters,
            )

        found = minimize(loss, np.zeros(k + m), jac=True, method="L-BFGS-B").x
        return cls(found[:k], found[k:])

    def probabilities(self, evidence: Evidence) -> Doubles:
        """(n, c): how likely each candidate is the right one; what is missing to 1 is the
        probability that none is."""
        logits = _logits(evidence, self.entry, self.none)
        total = np.logaddexp.reduce(logits, axis=1)
        probabilities: Doubles = np.exp(logits - total[:, None])[:, :-1]
        return probabilities


def _logits(evidence: Evidence, entry: Doubles, none: Doubles) -> Doubles:
    """(n, c + 1), the last column for none."""
    return np.concatenate([evidence.entries @ entry, (evidence.none @ none)[:, None]], axis=1)
