"""Local kernel ridge regression: how much the examples around a text speak for each label.

A text is judged by its nearest examples alone (Bottou and Vapnik, Local learning algorithms,
1992), and ridge regression among them says what each adds to the others: five wordings that
say one thing count little more than one.  Nothing is fitted beforehand, so a new wording
counts at once, a question costs the same with ten thousand entries once its neighbours are
found, and scoring a text as if its own topic were not there is leaving the topic out of the
neighbours, exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

from bot.match.example import Example
from bot.match.signals import Floats, Kernel, Signals

Rows = NDArray[np.intp]

# How many examples judge a text, and how far one of them may be from its own label.  From 64
# to 256 neighbours and from .01 to .1 little changes (docs/matching.md).
NEIGHBOURS = 128
RIDGE = 0.03

# The similarity of an example that must not judge: itself, or its whole topic.
LEFT_OUT = np.float32(-1.0)


@dataclass(frozen=True)
class Labels:
    """What the examples belong to. `of`: (n_examples,), below `len(entries)` the number of
    an entry, from there on of a topic."""

    entries: tuple[str, ...]
    topics: tuple[str, ...]
    of: Rows

    @classmethod
    def of_examples(cls, examples: Sequence[Example]) -> Labels:
        entries = tuple(dict.fromkeys(e.label for e in examples if e.in_scope))
        topics = tuple(dict.fromkeys(e.label for e in examples if not e.in_scope))
        entry = {name: number for number, name in enumerate(entries)}
        topic = {name: number for number, name in enumerate(topics, len(entries))}
        numbers = [(entry if e.in_scope else topic)[e.label] for e in examples]
        return cls(entries, topics, np.array(numbers, np.intp))

    def __len__(self) -> int:
        return len(self.entries) + len(self.topics)

    @cached_property
    def sizes(self) -> Floats:
        """(n_labels,): how many examples each has."""
        counts: Floats = np.bincount(self.of, minlength=len(self)).astype(np.float32)
        return counts


@dataclass(frozen=True)
class Scorer:
    """`examples`: the signals of all n examples; `labels`: what they belong to."""

    labels: Labels
    examples: Signals
    kernel: Kernel

    def scores(self, similarity: Floats) -> Floats:
        """(n_texts, n_labels): about 1 for the label of the texts around, about 0 for others.

        `similarity` (n_texts, n_examples) is the kernel between texts and examples; an example
        at LEFT_OUT does not judge.
        """
        scores = np.zeros((len(similarity), len(self.labels)), np.float32)
        for row, to_examples in zip(scores, similarity, strict=True):
            near = _nearest(to_examples, NEIGHBOURS)
            if not len(near):
                continue
            weights = self._weights(near, to_examples[near])
            row += np.bincount(self.labels.of[near], weights, minlength=len(row)).astype(np.float32)
        return scores

    def _weights(self, near: Rows, to_near: Floats) -> Floats:
        """(k,): what each neighbour adds; solves (kernel among them + ridge·1)·w = similarity."""
        neighbours = self.examples.rows(near)
        among = self.kernel(neighbours, neighbours.columns())
        among[np.diag_indices_from(among)] += RIDGE
        _, weights, failed = lapack.sposv(among, to_near, lower=1)
        if failed:
            raise ArithmeticError("the kernel matrix is not positive definite")
        solved: Floats = weights
        return solved


def _nearest(similarity: Floats, count: int) -> Rows:
    """The rows of the `count` most similar examples, or of all that may judge, in order of row:
    the same neighbours give the same sums, bit for bit."""
    if len(similarity) > count:
        near: Rows = np.sort(np.argpartition(-similarity, count)[:count])
    else:
        near = np.arange(len(similarity))
    judges: Rows = near[similarity[near] > LEFT_OUT]
    return judges
