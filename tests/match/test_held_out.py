"""Training texts as if they had not been seen."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.match import held_out as module
from bot.match.evidence import Evidence
from bot.match.example import Example
from bot.match.held_out import held_out
from bot.match.score import LEFT_OUT, Labels

EXAMPLES = [
    Example.of_entry("a0", "a"),
    Example.of_topic("x0", "x"),
    Example.of_entry("a1", "a"),
    Example.of_topic("far", "weather", near=False),
    Example.of_topic("x1", "x"),
    Example.of_entry("b0", "b"),
]
LABELS = Labels.of_examples(EXAMPLES)


def run(examples: list[Example]) -> tuple[list[set[int]], NDArray[np.intp]]:
    """The rows that were left out for each text, and the right entries."""
    labels = Labels.of_examples(examples)
    left_out: list[set[int]] = []

    def evidence_of(similarity: NDArray[np.float32]) -> Evidence:
        left_out.extend(set(np.flatnonzero(row == LEFT_OUT)) for row in similarity)
        nothing = np.zeros((len(similarity), len(labels)), np.float32)
        return Evidence.of(nothing, nothing, len(labels.entries))

    def similarity_of(rows: NDArray[np.intp]) -> NDArray[np.float32]:
        return np.ones((len(rows), len(examples)), np.float32)

    _, truth = held_out(examples, labels, similarity_of, evidence_of)
    return left_out, truth


def test_a_wording_is_left_out_alone_and_a_topic_whole() -> None:
    left_out, truth = run(EXAMPLES)
    assert left_out == [{0}, {2}, {5}, {1, 4}, {1, 4}]
    assert truth.tolist() == [0, 0, 1, -1, -1]


def test_of_many_texts_a_sample_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TEXTS_OF_EACH_SIDE", 2)
    monkeypatch.setattr(module, "_CHUNK", 2)
    left_out, truth = run(EXAMPLES)
    assert left_out == [{0}, {5}, {1, 4}, {1, 4}]
    assert truth.tolist() == [0, 1, -1, -1]


def test_without_topics_there_are_the_entries() -> None:
    left_out, truth = run([e for e in EXAMPLES if e.in_scope])
    assert left_out == [{0}, {1}, {2}]
    assert truth.tolist() == [0, 0, 1]
