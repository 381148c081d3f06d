"""What speaks for each entry and for none."""

from __future__ import annotations

import numpy as np
import pytest

from bot.match.evidence import CANDIDATES, Evidence

MANY = 50


def some_evidence(n_entries: int, n_topics: int = 3, texts: int = 4) -> tuple[Evidence, np.ndarray]:
    random = np.random.default_rng(0)
    scores, nearest = random.random((2, texts, n_entries + n_topics)).astype(np.float32)
    sizes = np.arange(1, n_entries + n_topics + 1, dtype=np.float32)
    return Evidence.of(scores, nearest, sizes, n_entries), nearest[:, :n_entries]


@pytest.mark.parametrize(("entries", "topics"), [(1, 0), (1, 3), (2, 0), (5, 3), (MANY, 3)])
def test_shapes(entries: int, topics: int) -> None:
    evidence, _ = some_evidence(entries, topics)
    looked_at = min(entries, CANDIDATES)
    assert evidence.candidates.shape == evidence.entries.shape[:2] == (4, looked_at)
    assert np.isfinite(evidence.entries).all() and np.isfinite(evidence.none).all()


def test_of_many_entries_those_with_the_nearest_examples_are_looked_at() -> None:
    evidence, nearest = some_evidence(MANY)
    for candidates, row in zip(evidence.candidates, nearest, strict=True):
        assert set(candidates) == set(np.argsort(-row)[:CANDIDATES])


def test_one_entry_is_marked_as_the_best() -> None:
    evidence, _ = some_evidence(MANY)
    assert (evidence.entries[:, :, -1].sum(axis=1) == 1).all()


def test_joined_it_is_that_of_all_texts() -> None:
    evidence, _ = some_evidence(5)
    twice = Evidence.joined([evidence, evidence])
    assert (twice.none == np.concatenate([evidence.none, evidence.none])).all()
    assert (twice.entries[4:] == evidence.entries).all()
    assert (twice.candidates[:4] == evidence.candidates).all()
