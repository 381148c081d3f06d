"""What speaks for each entry, and for none of them, as a few numbers of every text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.match.score import Rows
from bot.match.signals import Floats

Doubles = NDArray[np.float64]

# Entries that are looked at more closely, those with the most similar examples: with ten
# thousand entries all others are out of the question.
CANDIDATES = 20


@dataclass(frozen=True)
class Evidence:
    """Of n texts. candidates: (n, c), numbers of entries; entries: (n, c, k), the features of
    each candidate; none: (n, m), those of "no entry answers"."""

    candidates: Rows
    entries: Doubles
    none: Doubles

    @classmethod
    def of(cls, scores: Floats, nearest: Floats, sizes: Floats, n_entries: int) -> Evidence:
        """`scores`, `nearest`, `sizes` (n, n_labels; sizes also (n_labels,)): of entries first,
        then of out-of-scope topics; `sizes`: how many examples a label has."""
        candidates = _candidates(nearest[:, :n_entries])
        score = np.take_along_axis(scores[:, :n_entries], candidates, axis=1)
        close = np.take_along_axis(nearest[:, :n_entries], candidates, axis=1)
        entry_sizes = np.broadcast_to(sizes, scores.shape)[:, :n_entries]
        few = 1 / np.sqrt(np.take_along_axis(entry_sizes, candidates, axis=1))
        topic_score = scores[:, n_entries:].max(axis=1, initial=0)
        topic_close = nearest[:, n_entries:].max(axis=1, initial=0)
        return cls(
            candidates,
            _entry_features(score, close, few),
            _none(score, close, topic_score, topic_close),
        )

    @classmethod
    def joined(cls, parts: Sequence[Evidence]) -> Evidence:
        """The texts of all parts, at least one."""
        return cls(
            np.concatenate([part.candidates for part in parts]),
            np.concatenate([part.entries for part in parts]),
            np.concatenate([part.none for part in parts]),
        )


def _candidates(nearest: Floats) -> Rows:
    """The entries with the nearest examples, in the order of the entries."""
    count = nearest.shape[1]
    if count <= CANDIDATES:
        return np.broadcast_to(np.arange(count), nearest.shape)
    best = np.argpartition(-nearest, CANDIDATES, axis=1)[:, :CANDIDATES]
    return np.sort(best, axis=1)


def _entry_features(score: Floats, close: Floats, few: Floats) -> Doubles:
    # Squares let the logit bend: near 0 and near 1 a score says less than in between.
    # An entry of few examples scores lower where it is right.
    best = score == score.max(1, keepdims=True)
    features = [score, score * np.abs(score), close, close**2, few, few * score, few * close, best]
    stacked: Doubles = np.stack(features, axis=2).astype(np.float64)
    return stacked


def _none(score: Floats, close: Floats, topic_score: Floats, topic_close: Floats) -> Doubles:
    best, near = _descending(score), _descending(close)
    features = [
        np.ones(len(score)),
        best[:, 0],
        best[:, 1],
        score.clip(0).sum(1),
        near[:, 0],
        near[:, 1],
        topic_close,
        topic_close**2,
        topic_score,
    ]
    stacked: Doubles = np.stack(features, axis=1).astype(np.float64)
    return stacked


def _descending(values: Floats) -> Floats:
    """Each row's values from high to low, with a 0 behind: a book of one entry has no second."""
    padded = np.pad(values, ((0, 0), (0, 1)))
    return -np.sort(-padded, axis=1)
