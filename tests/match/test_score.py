"""Scores: ridge regression among the examples around a text."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse

from bot.match import score
from bot.match.example import Example
from bot.match.score import LEFT_OUT, RIDGE, Labels, Scorer
from bot.match.signals import Kernel, Signals

EXAMPLES = [
    *(Example.of_entry(f"a{number}", "a") for number in range(4)),
    *(Example.of_topic(f"x{number}", "x") for number in range(3)),
    *(Example.of_entry(f"b{number}", "b") for number in range(3)),
    *(Example.of_topic(f"y{number}", "y") for number in range(2)),
]
LABELS = Labels.of_examples(EXAMPLES)
TARGETS = np.eye(len(LABELS))[LABELS.of]


def some_signals(count: int, seed: int) -> Signals:
    points = np.random.default_rng(seed).normal(size=(count, 6)).astype(np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return Signals(points, sparse.csr_matrix((count, 1), dtype=np.float32))


def some_scorer(seed: int) -> Scorer:
    return Scorer(LABELS, some_signals(len(EXAMPLES), seed), Kernel())


def similarities(scorer: Scorer, texts: Signals) -> NDArray[np.float32]:
    return scorer.kernel(texts, scorer.examples.columns())


def expected(scorer: Scorer, to_examples: NDArray[np.float32], rows: NDArray[np.intp]) -> object:
    """Ridge regression on these examples alone, by numpy."""
    among = similarities(scorer, scorer.examples)[np.ix_(rows, rows)].astype(float)
    weights = np.linalg.solve(among + RIDGE * np.eye(len(rows)), TARGETS[rows])
    return pytest.approx(to_examples[rows] @ weights, abs=1e-3)


def test_entries_are_numbered_before_topics() -> None:
    assert (LABELS.entries, LABELS.topics) == (("a", "b"), ("x", "y"))
    assert LABELS.of.tolist() == [0, 0, 0, 0, 2, 2, 2, 1, 1, 1, 3, 3]


def test_a_topic_named_like_an_entry_is_another_label() -> None:
    labels = Labels.of_examples([Example.of_entry("text", "same"), Example.of_topic("t", "same")])
    assert labels.of.tolist() == [0, 1]


@pytest.mark.parametrize("seed", range(5))
def test_with_few_examples_it_is_plain_ridge_regression(seed: int) -> None:
    scorer = some_scorer(seed)
    to_examples = similarities(scorer, some_signals(3, seed + 100))
    everything = np.arange(len(EXAMPLES))
    for row, scores in zip(to_examples, scorer.scores(to_examples), strict=True):
        assert scores == expected(scorer, row, everything)


@pytest.mark.parametrize("seed", range(5))
def test_of_many_examples_the_nearest_judge(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "NEIGHBOURS", 5)
    scorer = some_scorer(seed)
    to_examples = similarities(scorer, some_signals(1, seed + 100))
    nearest = np.sort(np.argsort(-to_examples[0])[:5])
    assert scorer.scores(to_examples)[0] == expected(scorer, to_examples[0], nearest)


@pytest.mark.parametrize("seed", range(5))
def test_an_example_left_out_is_as_if_it_were_not_there(seed: int) -> None:
    scorer = some_scorer(seed)
    to_examples = similarities(scorer, scorer.examples.rows(np.array([4])))
    out = LABELS.of == LABELS.of[4]
    to_examples[0, out] = LEFT_OUT
    scores = scorer.scores(to_examples)[0]
    assert scores == expected(scorer, to_examples[0], np.flatnonzero(~out))
    assert scores[LABELS.of[4]] == 0


def test_a_trained_wording_scores_near_one_for_its_label_only() -> None:
    scorer = some_scorer(0)
    scores = scorer.scores(similarities(scorer, scorer.examples))
    assert scores == pytest.approx(TARGETS, abs=0.3)


def test_with_everything_left_out_nothing_is_scored() -> None:
    nothing = np.full((1, len(EXAMPLES)), LEFT_OUT)
    assert some_scorer(0).scores(nothing).tolist() == [[0.0] * len(LABELS)]


def test_the_same_text_gets_the_same_scores_bit_for_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "NEIGHBOURS", 5)
    scorer = some_scorer(1)
    to_examples = similarities(scorer, some_signals(20, 7))
    together = scorer.scores(to_examples)
    for row, scores in zip(to_examples, together, strict=True):
        assert (scorer.scores(row[None])[0] == scores).all()
