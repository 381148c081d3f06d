"""The most similar example of each entry and of everything out of scope."""

from __future__ import annotations

import numpy as np
import pytest

from bot.match.example import Example
from bot.match.nearest import Nearest

# In no order, as Rasa may give them.
EXAMPLES = [
    Example.of_topic("x0", "x"),
    Example.of_entry("b0", "b"),
    Example.of_entry("a0", "a"),
    Example.of_topic("y0", "y"),
    Example.of_entry("b1", "b"),
]
SIMILARITY = np.array(
    [
        [0.1, 0.2, 0.3, 0.4, 0.5],
        [0.9, 0.8, 0.0, 0.2, 0.1],
    ],
    np.float32,
)


def test_the_highest_of_each_entry_and_of_all_out_of_scope() -> None:
    entries, outside = Nearest.of(EXAMPLES, ("a", "b")).similarities(SIMILARITY)
    assert entries == pytest.approx(np.array([[0.3, 0.5], [0.0, 0.8]]))
    assert outside == pytest.approx(np.array([0.4, 0.9]))


def test_columns_follow_the_entries_that_are_given() -> None:
    entries, _ = Nearest.of(EXAMPLES, ("b", "a")).similarities(SIMILARITY)
    assert entries == pytest.approx(np.array([[0.5, 0.3], [0.8, 0.0]]))


def test_the_topic_is_that_of_the_nearest_out_of_scope_example() -> None:
    assert Nearest.of(EXAMPLES, ("a", "b")).topics_of(SIMILARITY) == ["y", "x"]


def test_without_out_of_scope_examples_there_is_no_topic() -> None:
    inside = [e for e in EXAMPLES if e.in_scope]
    nearest = Nearest.of(inside, ("a", "b"))
    similarity = np.array([[0.2, 0.3, 0.5]], np.float32)
    assert nearest.topics_of(similarity) == [None]
    assert nearest.similarities(similarity)[1] == pytest.approx(0)
