"""Everything that can be said of a row of results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from math import isnan
from typing import Any

from bot.match.decision import Decision
from bot.match.evaluation.bootstrap import LEVEL, RESAMPLES, SEED, Interval, intervals
from bot.match.evaluation.counts import Cell, Tally, confusion, tally
from bot.match.evaluation.curves import (
    Bin,
    CurvePoint,
    Point,
    operating_point,
    reliability,
    risk_coverage,
)
from bot.match.evaluation.questions import Question
from bot.match.evaluation.rates import BINS, MEASURES, Measure, Scores, Side
from bot.match.evaluation.result import Outcome, Result, judge


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's value with its 95 % interval; nan and None where no question is asked."""

    measure: Measure
    value: float
    interval: Interval | None
    questions: int


@dataclass(frozen=True)
class Report:
    results: tuple[Result, ...]

    @property
    def inside(self) -> list[Result]:
        return [r for r in self.results if r.question.entry is not None]

    @property
    def outside(self) -> list[Result]:
        return [r for r in self.results if r.question.entry is None]

    @property
    def misses(self) -> list[Result]:
        """Everything that a member would not have liked, the worst first."""
        return sorted((r for r in self.results if r.is_miss), key=lambda r: r.severity)

    @property
    def offered(self) -> list[Result]:
        """Right only among the choices, the least sure first."""
        offered = (r for r in self.results if r.outcome is Outcome.OFFERED)
        return sorted(offered, key=lambda r: r.decision.confidence)

    @cached_property
    def scores(self) -> Scores:
        return Scores(Side.of(self.inside), Side.of(self.outside))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        known = intervals(self.scores)
        return tuple(
            Figure(m, float(m.of(self.scores)), known.get(m.name), m.questions(self.scores))
            for m in MEASURES
        )

    def rates(self) -> dict[str, float]:
        """How many questions, then shares, 0–1; nan where there is no such question."""
        counts = {"in_scope": len(self.inside), "out_of_scope": len(self.outside)}
        return counts | {m.name: float(m.of(self.scores)) for m in MEASURES}

    @property
    def curve(self) -> tuple[CurvePoint, ...]:
        return risk_coverage(self.scores)

    @property
    def operating_point(self) -> Point | None:
        return operating_point(self.scores)

    @property
    def bins(self) -> tuple[Bin, ...]:
        return reliability(self.scores)

    @property
    def confusion(self) -> tuple[Cell, ...]:
        return confusion(self.results)

    def by_entry(self) -> dict[str, Tally]:
        return tally(self.inside, lambda r: r.question.entry or "")

    def by_voice(self) -> dict[str, Tally]:
        """In scope: what an out-of-scope question sounds like matters less than its kind."""
        return tally(self.inside, lambda r: r.question.voice)

    def by_kind(self) -> dict[str, Tally]:
        """Out of scope."""
        return tally(self.outside, lambda r: r.question.kind)

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON, which knows no NaN: what rests on no questions is None."""
        point = self.operating_point
        return {
            "rates": {name: _number(value) for name, value in self.rates().items()},
            "intervals": {
                f.measure.name: f.interval and [f.interval.low, f.interval.high]
                for f in self.figures
            },
            "questions": {f.measure.name: f.questions for f in self.figures},
            "bootstrap": {"level": LEVEL, "resamples": RESAMPLES, "seed": SEED},
            "confusion": [asdict(cell) for cell in self.confusion],
            "risk_coverage": {
                "operating_point": point and _row(point),
                "curve": [_row(point) for point in self.curve],
            },
            "reliability": [_row(row) for row in self.bins],
            "by_entry": {name: asdict(counts) for name, counts in self.by_entry().items()},
            "by_voice": {name: asdict(counts) for name, counts in self.by_voice().items()},
            "by_kind": {name: asdict(counts) for name, counts in self.by_kind().items()},
            "results": [result.as_dict() for result in self.results],
        }


def evaluate(questions: Iterable[Question], match: Callable[[str], Decision]) -> Report:
    """Ask one question after the other."""
    return evaluate_all(questions, lambda texts: [match(text) for text in texts])


def evaluate_all(
    questions: Iterable[Question], match_all: Callable[[Sequence[str]], Sequence[Decision]]
) -> Report:
    """Ask many questions at once: several times as fast, with the same decisions."""
    return Report(judge(questions, match_all))


def right_at(report: Report, turned_away: float) -> float:
    """See `Scores.right_at`; nan without questions of both sides."""
    return float(report.scores.right_at(turned_away))


def calibration_error(report: Report, bins: int = BINS) -> float:
    """See `Scores.calibration_error`; nan without questions."""
    return float(report.scores.calibration_error(bins))


def _row(row: Point | Bin) -> dict[str, float | None]:
    return {name: _number(value) for name, value in asdict(row).items()}


def _number(value: float) -> float | None:
    return None if isnan(value) else value
