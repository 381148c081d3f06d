"""How far a rate may be off by the choice of the questions: bootstrap percentile intervals.

Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13. In-scope and
out-of-scope questions are resampled each within itself: how many there are of each was
decided, not drawn.

The calibration error adds up absolute differences, so the noise of a resample makes it larger on
average. Its resamples are shifted back by that bias (chapter 10 of the same book).

A rate of 0 or 1 has an interval without width, for every resample has the same rate. It does
not mean that the rate is certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.match.evaluation.rates import MEASURES, Floats, Measure, Scores, Side

LEVEL = 0.95
RESAMPLES = 1_000
SEED = 1  # the same questions and decisions get the same intervals

_AT_ONCE = 100  # resamples: some megabytes for a thousand questions


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


def intervals(scores: Scores, measures: Sequence[Measure] = MEASURES) -> dict[str, Interval]:
    """By the measure's name; without those that have no value (no questions)."""
    values = {m.name: float(m.of(scores)) for m in measures}
    known = [m for m in measures if not np.isnan(values[m.name])]
    blocks = [[m.of(sample) for m in known] for sample in _resamples(scores)]
    return {
        m.name: _interval(m, np.concatenate([block[i] for block in blocks]), values[m.name])
        for i, m in enumerate(known)
    }


def _resamples(scores: Scores) -> Iterator[Scores]:
    """Arrays (_AT_ONCE, n), RESAMPLES altogether."""
    random = np.random.default_rng(SEED)
    for _ in range(RESAMPLES // _AT_ONCE):
        yield Scores(_resampled(scores.inside, random), _resampled(scores.outside, random))


def _resampled(side: Side, random: np.random.Generator) -> Side:
    shape = (_AT_ONCE, len(side))
    return side.taken(random.integers(0, max(1, len(side)), shape))


def _interval(measure: Measure, sample: Floats, value: float) -> Interval:
    if measure.biased:
        sample = (sample - sample.mean() + value).clip(0, 1)
    low, high = np.quantile(sample, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high))
