"""Probabilities that mean what they say."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.match.calibrate import IN_SCOPE_SHARE, Calibration
from bot.match.evidence import Evidence

TEXTS, ENTRIES = 6000, 4


def evidence_of(truth: NDArray[np.intp], seed: int) -> Evidence:
    """As a matcher would give for texts with these right entries; the last label is a topic."""
    random = np.random.default_rng(seed)
    scores = random.normal(0.05, 0.2, (len(truth), ENTRIES))
    nearest = random.normal(0.3, 0.15, (len(truth), ENTRIES)).clip(0)
    inside = np.flatnonzero(truth >= 0)
    scores[inside, truth[inside]] += random.normal(0.6, 0.2, len(inside))
    nearest[inside, truth[inside]] += 0.3
    outside = random.normal(np.where(truth < 0, 0.6, 0.4)[:, None], 0.15, (len(truth), 1))
    return evidence(np.hstack([scores, outside]), np.hstack([nearest, outside]))


def evidence(scores: NDArray[np.floating], nearest: NDArray[np.floating]) -> Evidence:
    """Of (n, ENTRIES + 1): all labels but the last are entries."""
    sizes = np.full(scores.shape[1], 10, np.float32)
    entries = scores.shape[1] - 1
    return Evidence.of(scores.astype(np.float32), nearest.astype(np.float32), sizes, entries)


def some_truth(in_scope: float, seed: int, texts: int = TEXTS) -> NDArray[np.intp]:
    random = np.random.default_rng(seed)
    return np.where(random.random(texts) < in_scope, random.integers(0, ENTRIES, texts), -1)


@pytest.fixture(scope="module")
def fitted() -> Calibration:
    """From texts of which one in ten is in scope, as in training."""
    truth = some_truth(0.1, seed=1)
    return Calibration.fit(evidence_of(truth, seed=2), truth)


@pytest.fixture(scope="module")
def asked(fitted: Calibration) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Probabilities and truth of what people ask: other texts, more of them in scope."""
    truth = some_truth(IN_SCOPE_SHARE, seed=3)
    return fitted.probabilities(evidence_of(truth, seed=4)), truth


def test_probabilities_are_a_share_of_one(fitted: Calibration) -> None:
    wild = np.random.default_rng(5).normal(0, 3, (500, ENTRIES + 1))
    probabilities = fitted.probabilities(evidence(wild, wild))
    assert probabilities.shape == (500, ENTRIES)
    assert (probabilities >= 0).all()
    assert (probabilities.sum(axis=1) <= 1 + 1e-9).all()


def test_extreme_scores_stay_numbers(fitted: Calibration) -> None:
    extreme = np.array([[1e4, -1e4, 0, 0, 1e4], [0, 0, 0, 0, 0]])
    assert np.isfinite(fitted.probabilities(evidence(extreme, extreme))).all()


def test_nine_in_ten_answers_given_at_ninety_percent_are_right(
    asked: tuple[NDArray[np.float64], NDArray[np.intp]],
) -> None:
    probabilities, truth = asked
    best = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == truth
    edges = np.linspace(0, 1, 6)
    for low, high in itertools.pairwise(edges):
        inside = (best >= low) & (best < high)
        assert inside.sum() > 50, "too few texts to tell"
        assert right[inside].mean() == pytest.approx(best[inside].mean(), abs=0.07)


def test_the_share_of_out_of_scope_texts_in_training_does_not_matter(
    asked: tuple[NDArray[np.float64], NDArray[np.intp]],
) -> None:
    probabilities, truth = asked
    assert probabilities.sum(axis=1).mean() == pytest.approx((truth >= 0).mean(), abs=0.03)


def test_a_higher_score_never_makes_an_entry_less_likely(fitted: Calibration) -> None:
    scores = np.full((41, ENTRIES + 1), 0.1)
    scores[:, 2] = np.linspace(0, 1, 41)
    nearest = np.full((41, ENTRIES + 1), 0.4)
    likely = fitted.probabilities(evidence(scores, nearest))[:, 2]
    assert (np.diff(likely) >= -1e-9).all()
    assert likely[-1] > 0.5 > likely[0]


def test_entries_with_the_same_scores_are_equally_likely(fitted: Calibration) -> None:
    same = np.full((1, ENTRIES + 1), 0.5)
    probabilities = fitted.probabilities(evidence(same, same))
    assert probabilities == pytest.approx(np.full((1, ENTRIES), probabilities[0, 0]))


@pytest.mark.parametrize("truth", [[0, 0, -1, -1], [0, 0, 0, 0], [-1, -1, -1, -1]])
def test_few_and_one_sided_texts_can_be_fitted(truth: list[int]) -> None:
    right = np.array(truth)
    scores = np.where(right[:, None] == 0, [0.9, 0.1], [0.1, 0.9])
    of_texts = evidence(scores, scores)
    assert np.isfinite(Calibration.fit(of_texts, right).probabilities(of_texts)).all()


def test_a_right_entry_that_is_no_candidate_teaches_nothing_impossible() -> None:
    scores = np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.9]])
    of_texts = evidence(scores, scores)
    fitted = Calibration.fit(of_texts, np.array([0, 7, -1]))
    assert np.isfinite(fitted.probabilities(of_texts)).all()
