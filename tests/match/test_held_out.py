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


def run(examples: list[Example]) -> tuple[list[set[int]], Evidence, NDArray[np.intp]]:
    """The rows that were left out for each text, the evidence, and the right entries."""
    labels = Labels.of_examples(examples)
    left_out: list[set[int]] = []

    def judged(similarity: NDArray[np.float32]) -> tuple[NDArray[np.float32], ...]:
        left_out.extend(set(np.flatnonzero(row == LEFT_OUT)) for row in similarity)
        scores = np.tile(np.arange(len(labels), dtype=np.float32), (len(similarity), 1))
        return scores, scores / 10

    def similarity_of(rows: NDArray[np.intp]) -> NDArray[np.float32]:
        return np.ones((len(rows), len(examples)), np.float32)

    evidence, truth = held_out(examples, labels, similarity_of, judged)  # type: ignore[arg-type]
    return left_out, evidence, truth


@pytest.fixture(autouse=True)
def new_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless a test says otherwise, no topic stays known."""
    monkeypatch.setattr(module, "KNOWN", 0)


@pytest.mark.parametrize(("known", "topics"), [(0, [{1, 4}, {1, 4}]), (1, [{1}, {4}])])
def test_a_wording_is_left_out_alone_and_a_new_topic_whole(
    monkeypatch: pytest.MonkeyPatch, known: float, topics: list[set[int]]
) -> None:
    monkeypatch.setattr(module, "KNOWN", known)
    left_out, _, truth = run(EXAMPLES)
    assert left_out[:5] == [{0}, {2}, {5}, *topics]
    assert truth[:5].tolist() == [0, 0, 1, -1, -1]


def test_half_of_the_topics_stay_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KNOWN", 0.5)
    topic = [Example.of_topic(f"wording {number}", "x") for number in range(200)]
    left_out, _, _ = run([Example.of_entry("a", "a"), *topic])
    assert 75 < sum(len(rows) == 1 for rows in left_out[1:201]) < 125


def test_a_topic_poses_as_an_entry_with_one_wording_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "POSING", 2 / 3)  # two beside three of entries
    left_out, evidence, truth = run(EXAMPLES)
    assert left_out[5:] == [{1}, {4}]
    # It takes the place of the entry that is least like it, with score, nearness and size.
    assert (LABELS.entries, LABELS.topics) == (("a", "b"), ("x", "weather"))
    assert truth[5:].tolist() == [0, 0]
    assert evidence.entries[5, :, 0].tolist() == [2, 1]  # scores of x and b
    assert evidence.entries[0, :, 0].tolist() == [0, 1]  # of a and b
    assert evidence.entries[5, 0, 4] == pytest.approx(1 / np.sqrt(2))  # x has two wordings


def test_of_many_texts_a_sample_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TEXTS_OF_EACH_SIDE", 2)
    monkeypatch.setattr(module, "_CHUNK", 2)
    left_out, _, truth = run(EXAMPLES)
    assert left_out == [{0}, {5}, {1, 4}, {1, 4}, {1}]
    assert truth.tolist() == [0, 1, -1, -1, 0]


def test_without_topics_there_are_the_entries() -> None:
    left_out, _, truth = run([e for e in EXAMPLES if e.in_scope])
    assert left_out == [{0}, {1}, {2}]
    assert truth.tolist() == [0, 0, 1]
