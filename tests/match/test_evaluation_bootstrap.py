"""Intervals of rates."""

from __future__ import annotations

from math import sqrt

import pytest

from bot.match.evaluation import Report
from bot.match.evaluation.bootstrap import Interval, intervals
from tests.match.decisions import (
    answer,
    inside_report,
    mixed_report,
    outside_report,
    report,
    silence,
)

HALF_RIGHT = report(*[("a", answer("a")), ("a", silence())] * 100, (None, answer("a")))


def test_the_interval_of_a_share_is_as_wide_as_the_normal_approximation() -> None:
    interval = intervals(HALF_RIGHT.scores)["right"]
    half = 1.96 * sqrt(0.5 * 0.5 / 200)
    assert interval.low == pytest.approx(0.5 - half, abs=0.015)
    assert interval.high == pytest.approx(0.5 + half, abs=0.015)


def test_a_rate_that_nothing_varies_has_no_width() -> None:
    assert intervals(HALF_RIGHT.scores)["wrong"] == Interval(0, 0)
    # One out-of-scope question is always that one: the sides are resampled apart.
    assert intervals(HALF_RIGHT.scores)["out_of_scope_answered"] == Interval(1, 1)


def test_the_same_results_have_the_same_intervals() -> None:
    assert intervals(mixed_report().scores) == intervals(mixed_report().scores)


@pytest.mark.parametrize("rows", [HALF_RIGHT, mixed_report()])
def test_every_value_lies_in_its_interval(rows: Report) -> None:
    assert len(rows.figures) == len(rows.rates()) - 2
    for figure in rows.figures:
        assert figure.interval is not None
        assert 0 <= figure.interval.low <= figure.value <= figure.interval.high <= 1, figure


def test_what_rests_on_no_questions_has_no_interval() -> None:
    def known(rows: Report) -> set[str]:
        return set(intervals(rows.scores))

    outside = {"out_of_scope_answered", "out_of_scope_choices"}
    both = {"right_at_90", "right_at_95"}
    everything = known(mixed_report())
    assert known(inside_report()) == everything - outside - both
    assert known(outside_report()) == outside | {"calibration_error"}
    assert known(Report(())) == set()
