"""The most similar example of each entry and of each out-of-scope topic."""

from __future__ import annotations

import numpy as np
import pytest

from bot.match.example import Example
from bot.match.nearest import Nearest
from bot.match.score import LEFT_OUT, Labels

# In no order, as Rasa may give them: b and a are entries, x and y topics.
LABELS = Labels.of_examples(
    [
        Example.of_topic("x0", "x"),
        Example.of_entry("b0", "b"),
        Example.of_entry("a0", "a"),
        Example.of_topic("y0", "y"),
        Example.of_entry("b1", "b"),
    ]
)
SIMILARITY = np.array(
    [
        [0.1, 0.2, 0.3, 0.4, 0.5],
        [0.9, 0.8, 0.0, 0.2, 0.1],
    ],
    np.float32,
)


def test_the_highest_of_each_label() -> None:
    found = Nearest.of(LABELS).similarities(SIMILARITY)
    assert (LABELS.entries, LABELS.topics) == (("b", "a"), ("x", "y"))
    assert found == pytest.approx(np.array([[0.5, 0.3, 0.1, 0.4], [0.8, 0.0, 0.9, 0.2]]))


def test_a_label_whose_examples_are_left_out_is_not_near() -> None:
    similarity = SIMILARITY.copy()
    similarity[0, 2] = LEFT_OUT
    assert Nearest.of(LABELS).similarities(similarity)[0, 1] == 0
