"""A topic yields to the entry that answers it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.match.example import Example
from bot.match.takeover import taken_over

DIM = 16
SPREAD = 0.06


def around(centre: int, count: int, spread: float, seed: int) -> NDArray[np.float32]:
    """Unit vectors about one axis."""
    vectors = np.random.default_rng(seed).normal(0, spread, (count, DIM)).astype(np.float32)
    vectors[:, centre] += 1
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def group(make: object, label: str, count: int) -> list[Example]:
    return [make(f"{label}{number}", label) for number in range(count)]  # type: ignore[operator]


@pytest.mark.parametrize("wordings", [1, 5, 40])
def test_the_topic_in_the_same_place_yields_and_others_stay(wordings: int) -> None:
    examples = [
        *group(Example.of_entry, "old", 10),
        *group(Example.of_entry, "new", wordings),
        *group(Example.of_topic, "same", 8),
        *group(Example.of_topic, "other", 8),
    ]
    meaning = np.concatenate(
        [
            around(0, 10, SPREAD, 1),
            around(1, wordings, SPREAD, 2),
            around(1, 8, SPREAD, 3),
            around(2, 8, SPREAD, 4),
        ]
    )
    assert taken_over(examples, meaning) == {"same": "new"}


def test_a_neighbour_stays() -> None:
    examples = [*group(Example.of_entry, "entry", 8), *group(Example.of_topic, "near", 8)]
    near = around(0, 8, SPREAD, 2) + 0.6 * around(1, 8, SPREAD, 3)
    near /= np.linalg.norm(near, axis=1, keepdims=True)
    assert taken_over(examples, np.concatenate([around(0, 8, SPREAD, 1), near])) == {}


def test_without_topics_nothing_yields() -> None:
    assert taken_over(group(Example.of_entry, "entry", 3), around(0, 3, SPREAD, 1)) == {}


def test_texts_that_have_nothing_in_common_take_nothing() -> None:
    random = np.random.default_rng(0).normal(size=(16, DIM)).astype(np.float32)
    random /= np.linalg.norm(random, axis=1, keepdims=True)
    examples = [*group(Example.of_entry, "entry", 8), *group(Example.of_topic, "noise", 8)]
    assert taken_over(examples, random) == {}


def test_of_two_topics_alike_the_closer_yields() -> None:
    examples = [
        *group(Example.of_entry, "entry", 8),
        *group(Example.of_topic, "beside", 8),
        *group(Example.of_topic, "same", 8),
        *group(Example.of_topic, "far", 8),
    ]
    beside = around(0, 8, SPREAD, 2) + 0.1 * around(1, 8, SPREAD, 3)
    beside /= np.linalg.norm(beside, axis=1, keepdims=True)
    same, far = around(0, 8, SPREAD, 1), around(5, 8, SPREAD, 4)
    assert taken_over(examples, np.concatenate([same, beside, same, far])) == {"same": "entry"}
