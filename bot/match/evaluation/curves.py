"""What the confidence is worth: risk against coverage, and confidence against truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.match.evaluation.rates import BINS, Scores, bin_numbers
from bot.match.evaluation.result import Outcome


@dataclass(frozen=True, slots=True)
class Point:
    """Answering some of all questions. coverage: the share answered; risk: the share of those
    that is answered wrongly, nan if there are none; answered: how many."""

    coverage: float
    risk: float
    answered: int


@dataclass(frozen=True, slots=True)
class CurvePoint(Point):
    """Answering with the best candidate from this confidence upwards."""

    threshold: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose best candidate's confidence lies in [low, high); the last holds 1 too.

    confidence: its mean; right: the share that is the right entry; both nan without questions.
    """

    low: float
    high: float
    questions: int
    confidence: float
    right: float


def risk_coverage(scores: Scores) -> tuple[CurvePoint, ...]:
    """Every threshold that makes a difference, by ascending coverage (El-Yaniv and Wiener 2010:
    On the foundations of noise-free selective classification, JMLR 11).

    A question that no entry answers is answered wrongly, whatever the answer.
    """
    side = scores.all
    order = np.argsort(-side.confidence, kind="stable")
    confidence = side.confidence[order]
    wrong = np.cumsum(~side.right[order])
    # Equally sure questions are answered together; the next is surer than none at all.
    following = np.append(confidence[1:], 0.0)
    return tuple(
        CurvePoint(
            coverage=(row + 1) / len(side),
            risk=float(wrong[row]) / (row + 1),
            answered=row + 1,
            threshold=float(confidence[row]),
        )
        for row in np.flatnonzero(confidence > following[: len(confidence)]).tolist()
    )


def at_threshold(curve: Sequence[CurvePoint], threshold: float) -> CurvePoint | None:
    """The point of the curve where confidences from `threshold` upwards are answered."""
    return next((point for point in reversed(curve) if point.threshold >= threshold), None)


def operating_point(scores: Scores) -> Point | None:
    """Where the bot stands: its answers, without choices. None if there are no questions."""
    side = scores.all
    if not len(side):
        return None
    answered = int(side.is_any(Outcome.RIGHT, Outcome.WRONG).sum())
    wrong = int(side.is_any(Outcome.WRONG).sum())
    return Point(answered / len(side), wrong / answered if answered else float("nan"), answered)


def reliability(scores: Scores, bins: int = BINS) -> tuple[Bin, ...]:
    """All bins, from low to high confidence; their weighted gaps are the calibration error."""
    side = scores.all
    number = bin_numbers(side.confidence, bins)
    counts = np.bincount(number, minlength=bins)
    sums = [np.bincount(number, values, bins) for values in (side.confidence, side.right)]
    with np.errstate(invalid="ignore"):  # 0/0 of an empty bin is nan, as it should be
        confidence, right = (total / counts for total in sums)
    return tuple(
        Bin(b / bins, (b + 1) / bins, int(counts[b]), float(confidence[b]), float(right[b]))
        for b in range(bins)
    )
