"""A share of something, and how far chance may have moved it."""

from __future__ import annotations

import pytest

from bot.review.rates import Rate


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [  # Wilson's interval without continuity correction, as in Newcombe (1998), table I
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0000),
    ],
)
def test_the_interval_is_wilsons(count: int, of: int, low: float, high: float) -> None:
    interval = Rate(count, of).interval
    assert interval == pytest.approx((low, high), abs=5e-5)


def test_the_share_lies_within_and_the_interval_within_0_and_1() -> None:
    for of in range(1, 40):
        for count in range(of + 1):
            rate = Rate(count, of)
            assert rate.share is not None and rate.interval is not None
            low, high = rate.interval
            assert 0 <= low <= rate.share <= high <= 1


def test_of_nothing_there_is_no_share() -> None:
    assert Rate(0, 0).share is None
    assert Rate(0, 0).interval is None
