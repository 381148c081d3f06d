"""Average linkage: what scipy finds, in a fraction of its memory, and good groups of questions."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage

from bot.match.archive import load_newest
from bot.match.model import FaqModel
from bot.review.likeness import THRESHOLD, Likeness
from bot.review.linkage import central, grouped
from tests.conftest import ROOT


def unit(vectors: Any) -> Any:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / length).astype(np.float32)


def by_scipy(vectors: Any, threshold: float) -> list[list[int]]:
    tree = linkage(vectors.astype(float), "average", "cosine")
    tree[:, 2] = tree[:, 2].clip(0)
    labels = fcluster(tree, 1 - threshold, "distance")
    rows: dict[int, list[int]] = {}
    for row, label in enumerate(labels):
        rows.setdefault(label, []).append(row)
    return sorted(rows.values())


@pytest.mark.parametrize("threshold", [0.1, 0.4, 0.7, 0.95])
@pytest.mark.parametrize("count", [2, 3, 40, 300])
def test_groups_are_those_of_scipy(count: int, threshold: float) -> None:
    vectors = unit(np.random.default_rng(count).normal(size=(count, 5)))
    assert grouped(vectors, threshold) == by_scipy(vectors, threshold)


def test_few_and_equal_texts() -> None:
    one = unit(np.ones((1, 4)))
    assert grouped(np.empty((0, 4), np.float32), 0.5) == []
    assert grouped(one, 0.5) == [[0]]
    assert grouped(np.repeat(one, 7, axis=0), 0.999) == [list(range(7))]


def test_the_middle_of_a_group_is_the_nearest_to_all() -> None:
    angles = np.array([0.0, 0.4, 0.5, 2.0, 0.9])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    assert central(vectors, [0, 1, 4]) == 1
    assert central(vectors, [3]) == 3


def test_five_thousand_questions_take_seconds_and_no_matrix() -> None:
    random = np.random.default_rng(0)
    topics = random.normal(size=(700, 200))
    vectors = unit(
        topics[random.integers(700, size=5_000)] + 0.5 * random.normal(size=(5_000, 200))
    )
    tracemalloc.start()
    start = time.perf_counter()
    groups = grouped(vectors, 0.6)
    seconds, (_, peak) = time.perf_counter() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(map(len, groups)) == 5_000
    assert len(groups) < 1_000
    assert seconds < 30  # 2 s on an idle core
    assert peak < 4 * vectors.nbytes  # all pairs would take 25 times as much


@pytest.fixture(scope="module")
def model(project: Path) -> FaqModel:
    return load_newest(project / "models", threads=2)


def test_paraphrases_are_together_and_topics_apart(model: FaqModel) -> None:
    """The figures beside the threshold, with some room."""
    lines = (ROOT / "tests/development/questions.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    labels = np.unique(
        [q["entry"] or f"topic {q['topic']}" for q in questions], return_inverse=True
    )[1]
    groups = grouped(Likeness(model).vectors([q["text"] for q in questions]), THRESHOLD)
    number = np.empty(len(labels), int)
    for index, rows in enumerate(groups):
        number[rows] = index
    pairs = np.triu_indices(len(labels), 1)
    alike = (labels[:, None] == labels)[pairs]
    together = (number[:, None] == number)[pairs]
    pure = sum(Counter(labels[rows].tolist()).most_common(1)[0][1] for rows in groups)
    assert pure / len(labels) > 0.85
    assert (alike & together).sum() / together.sum() > 0.9
    assert (alike & together).sum() / alike.sum() > 0.65


def test_vectors_are_made_once(model: FaqModel, monkeypatch: pytest.MonkeyPatch) -> None:
    likeness = Likeness(model)
    texts = ["再交付してほしい", "Can I throw it away?", "再交付してほしい"]
    vectors = likeness.vectors(texts)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    asked: list[str] = []
    encode = model.matcher.reader.encoder.encode

    def remembered(given: Any) -> Any:
        asked.extend(given)
        return encode(given)

    monkeypatch.setattr(model.matcher.reader.encoder, "encode", remembered)
    assert np.array_equal(likeness.vectors([*texts, "新しい質問"])[:3], vectors)
    assert len(asked) == 1
    assert likeness.vectors([]).shape == (0, vectors.shape[1])


def test_a_suggestion_names_entries_or_the_topic(model: FaqModel) -> None:
    likeness = Likeness(model)
    inside = likeness.suggestion("お知らせは捨ててもいいですか")
    assert inside.candidates[0].entry == "may_discard"
    assert (inside.topic, len(inside.topics)) == (None, 5)
    outside = likeness.suggestion("傷病手当金の申請書はどこですか")
    assert outside.topic == outside.topics[0]
    assert outside.topic.startswith("sickness_allowance")
