"""Risk against coverage, and confidence against truth, checked by hand."""

from __future__ import annotations

import math

import pytest

from bot.match.decision import NoMatch
from bot.match.evaluation import Report, calibration_error
from bot.match.evaluation.curves import Point, at_threshold
from tests.match.decisions import answer, choices, inside_report, mixed_report, report, silence


def test_the_curve_adds_questions_by_falling_confidence() -> None:
    curve = report(
        ("a", answer("a", 0.9)),
        (None, silence("a", 0.2)),
        ("a", answer("b", 0.8)),
        ("a", answer("a", 0.8)),
    ).curve
    assert [(p.threshold, p.answered, p.coverage) for p in curve] == [
        (0.9, 1, 0.25),
        (0.8, 3, 0.75),  # equally sure: answered together
        (0.2, 4, 1.0),
    ]
    assert [p.risk for p in curve] == pytest.approx([0, 1 / 3, 1 / 2])


def test_a_question_without_candidates_cannot_be_answered() -> None:
    curve = report(("a", answer("a", 0.9)), (None, NoMatch(()))).curve
    assert [p.coverage for p in curve] == [0.5]


def test_the_curve_at_a_threshold() -> None:
    curve = report(("a", answer("a", 0.9)), ("a", answer("b", 0.7))).curve
    assert [at_threshold(curve, t) for t in (0.95, 0.9, 0.8, 0.1)] == [
        None,
        curve[0],
        curve[0],
        curve[1],
    ]


def test_where_the_bot_stands_counts_answers_only() -> None:
    rows = report(
        ("a", answer("a")), ("a", answer("b")), ("a", choices("a", "b")), (None, silence())
    )
    assert rows.operating_point == Point(coverage=0.5, risk=0.5, answered=2)
    silent = report(("a", silence())).operating_point
    assert silent is not None
    assert (silent.coverage, silent.answered) == (0, 0)
    assert math.isnan(silent.risk)


def test_no_questions_have_no_curve() -> None:
    assert Report(()).curve == ()
    assert Report(()).operating_point is None
    assert sum(row.questions for row in Report(()).bins) == 0


def test_bins_of_confidence() -> None:
    bins = report(("a", answer("a", 1.0)), ("a", answer("b", 0.9)), (None, silence("a", 0.3))).bins
    assert [(b.low, b.questions) for b in bins if b.questions] == [(0.3, 1), (0.9, 2)]
    assert (bins[9].high, bins[9].confidence, bins[9].right) == (1.0, pytest.approx(0.95), 0.5)
    assert math.isnan(bins[0].right)


@pytest.mark.parametrize("rows", [mixed_report(), inside_report()])
def test_the_gaps_of_the_bins_make_the_calibration_error(rows: Report) -> None:
    gaps = [b.questions * abs(b.confidence - b.right) for b in rows.bins if b.questions]
    assert calibration_error(rows) == pytest.approx(sum(gaps) / len(rows.results))
