"""Rates of many results at once, as arrays: of the questions as they are, or of resamples.

Every function works along the last axis, so one definition of a rate serves the
measured value, of arrays (n,), and its bootstrap, of arrays (resamples, n).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from bot.match.evaluation.result import Outcome, Result

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

BINS = 10  # of confidence, as in Guo et al. (2017)
_NUMBERS = {outcome: number for number, outcome in enumerate(Outcome)}


@dataclass(frozen=True)
class Side:
    """The in-scope or the out-of-scope questions, each array (…, n).

    outcome: its number in `Outcome`; confidence: of the best candidate, 0–1; right: whether
    the best candidate is the right entry.
    """

    outcome: NDArray[np.int8]
    confidence: Floats
    right: NDArray[np.bool_]

    @classmethod
    def of(cls, results: Sequence[Result]) -> Side:
        best = [result.best for result in results]
        right = [b.entry == r.question.entry for b, r in zip(best, results, strict=True)]
        return cls(
            np.array([_NUMBERS[result.outcome] for result in results], np.int8),
            np.array([candidate.confidence for candidate in best], np.float64),
            np.array(right, np.bool_),
        )

    def __len__(self) -> int:
        """n, of one resample."""
        return self.outcome.shape[-1]

    def taken(self, rows: Rows) -> Side:
        """`rows` (…, n): numbers of questions; a number may come again."""
        return Side(self.outcome[rows], self.confidence[rows], self.right[rows])

    def is_any(self, *outcomes: Outcome) -> NDArray[np.bool_]:
        """(…, n)."""
        wanted = np.array([outcome in outcomes for outcome in Outcome])
        flags: NDArray[np.bool_] = wanted[self.outcome]
        return flags

    def share(self, *outcomes: Outcome) -> Floats:
        """(…): of the questions with one of these outcomes, 0–1; nan without questions."""
        return _mean(self.is_any(*outcomes))


@dataclass(frozen=True)
class Scores:
    inside: Side
    outside: Side

    @property
    def all(self) -> Side:
        return Side(
            np.concatenate([self.inside.outcome, self.outside.outcome], axis=-1),
            np.concatenate([self.inside.confidence, self.outside.confidence], axis=-1),
            np.concatenate([self.inside.right, self.outside.right], axis=-1),
        )

    def right_at(self, turned_away: float) -> Floats:
        """(…): share of in-scope questions whose best entry is right and surer than the
        confidence below which `turned_away` of the out-of-scope questions lie."""
        count = len(self.outside)
        if not count:
            return np.full(self.inside.right.shape[:-1], np.nan)
        limits = np.sort(self.outside.confidence, axis=-1)
        limit = limits[..., min(count - 1, int(turned_away * count)), None]
        return _mean(self.inside.right & (self.inside.confidence > limit))

    def calibration_error(self, bins: int = BINS) -> Floats:
        """(…): expected calibration error of the best entry's confidence (Guo et al. 2017,
        eq. 3)."""
        side = self.all
        gap = side.confidence - side.right
        number = bin_numbers(side.confidence, bins)
        gaps = [np.abs(np.where(number == b, gap, 0).sum(axis=-1)) for b in range(bins)]
        total: Floats = np.sum(gaps, axis=0)
        return total / len(side) if len(side) else np.full_like(total, np.nan)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that says how good the bot is; `over` are the questions it rests on.

    `biased`: larger on average in resamples than in what they are drawn from.
    """

    name: str
    label: str  # for reports
    over: Literal["in_scope", "out_of_scope", "all"]
    of: Callable[[Scores], Floats]
    biased: bool = False

    def questions(self, scores: Scores) -> int:
        counts = {"in_scope": len(scores.inside), "out_of_scope": len(scores.outside)}
        return counts.get(self.over, sum(counts.values()))


MEASURES = (
    Measure("right", "すぐに正答", "in_scope", lambda s: s.inside.share(Outcome.RIGHT)),
    Measure(
        "right_or_offered",
        "正答または候補に正答",
        "in_scope",
        lambda s: s.inside.share(Outcome.RIGHT, Outcome.OFFERED),
    ),
    Measure("wrong", "誤答", "in_scope", lambda s: s.inside.share(Outcome.WRONG)),
    Measure("misled", "候補に正答なし", "in_scope", lambda s: s.inside.share(Outcome.MISLED)),
    Measure("silent", "該当なし", "in_scope", lambda s: s.inside.share(Outcome.SILENT)),
    Measure("top1", "第1候補が正解", "in_scope", lambda s: _mean(s.inside.right)),
    Measure("right_at_90", "対象外の90%を退けるときの正答", "in_scope", lambda s: s.right_at(0.90)),
    Measure("right_at_95", "対象外の95%を退けるときの正答", "in_scope", lambda s: s.right_at(0.95)),
    Measure(
        "out_of_scope_answered",
        "対象外への回答",
        "out_of_scope",
        lambda s: s.outside.share(Outcome.WRONG),
    ),
    Measure(
        "out_of_scope_choices",
        "対象外への候補提示",
        "out_of_scope",
        lambda s: s.outside.share(Outcome.MISLED),
    ),
    Measure(
        "calibration_error",
        "確からしさの誤差（ECE）",
        "all",
        lambda s: s.calibration_error(),
        biased=True,
    ),
)


def bin_numbers(confidence: Floats, bins: int = BINS) -> Rows:
    """The bin of each confidence, 0 to `bins` − 1, all equally wide; 1 lies in the last."""
    return np.minimum(bins - 1, (confidence * bins).astype(np.intp))


def _mean(values: NDArray[Any]) -> Floats:
    """Along the last axis; nan where that is empty."""
    if not values.shape[-1]:
        return np.full(values.shape[:-1], np.nan)
    mean: Floats = np.asarray(values.mean(axis=-1))
    return mean
