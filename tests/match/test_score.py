"""Scores, and the closed form for scores of examples that were left out."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.match.example import Example
from bot.match.score import RIDGE, Scorer, held_out_groups

EXAMPLES = [
    *(Example.of_entry(f"a{number}", "a") for number in range(4)),
    *(Example.of_topic(f"x{number}", "x") for number in range(3)),
    *(Example.of_entry(f"b{number}", "b") for number in range(3)),
    *(Example.of_topic(f"y{number}", "y") for number in range(2)),
]
TARGETS = np.array(
    [[e.label == entry and e.in_scope for entry in ("a", "b")] for e in EXAMPLES], float
)


def random_kernel(seed: int) -> NDArray[np.float32]:
    points = np.random.default_rng(seed).normal(size=(len(EXAMPLES), 6))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return np.exp(points @ points.T - 1).astype(np.float32)


def fit(kernel: NDArray[np.float32]) -> tuple[Scorer, NDArray[np.float32]]:
    return Scorer.fit(EXAMPLES, kernel)


@pytest.mark.parametrize("seed", range(5))
def test_held_out_scores_are_those_of_a_scorer_refitted_without_the_group(seed: int) -> None:
    kernel = random_kernel(seed)
    _, held_out = fit(kernel)
    for out in held_out_groups(EXAMPLES):
        kept = np.setdiff1d(np.arange(len(EXAMPLES)), out)
        system = kernel[np.ix_(kept, kept)].astype(float) + RIDGE * np.eye(len(kept))
        expected = kernel[np.ix_(out, kept)] @ np.linalg.solve(system, TARGETS[kept])
        assert held_out[out] == pytest.approx(expected, abs=2e-3), EXAMPLES[out[0]].label


@pytest.mark.parametrize("seed", range(5))
def test_weights_solve_the_regularised_system(seed: int) -> None:
    kernel = random_kernel(seed)
    scorer, _ = fit(kernel)
    system = kernel.astype(float) + RIDGE * np.eye(len(kernel))
    assert scorer.weights == pytest.approx(np.linalg.solve(system, TARGETS), abs=1e-2)


def test_a_trained_wording_scores_near_one_for_its_entry_only() -> None:
    scorer, _ = fit(random_kernel(0))
    assert scorer.entries == ("a", "b")
    assert scorer.scores(random_kernel(0)) == pytest.approx(TARGETS, abs=0.3)


def test_a_topic_is_left_out_whole_and_a_wording_alone() -> None:
    groups = [rows.tolist() for rows in held_out_groups(EXAMPLES)]
    assert sorted(groups) == [[0], [1], [2], [3], [4, 5, 6], [7], [8], [9], [10, 11]]


def test_a_topic_named_like_an_entry_is_no_part_of_it() -> None:
    examples = [Example.of_entry("text", "same"), Example.of_topic("other", "same")]
    scorer, _ = Scorer.fit(examples, np.eye(2, dtype=np.float32))
    assert scorer.weights[1] == pytest.approx(0)


def test_a_matrix_that_is_no_kernel_is_refused() -> None:
    with pytest.raises(ArithmeticError, match="not positive definite"):
        fit(-random_kernel(0))
