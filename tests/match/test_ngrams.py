"""Texts as weighted bags of character sequences."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.match.ngrams import NgramSpace

TEXTS = ["お知らせは捨てていい", "再交付 できますか", "ok ok", "𠮷野家"]
ASKED = [*TEXTS, "捨てたい", "", " ", "zzz", "か 捨", "𠮷", "お知らせ" * 50]


@pytest.fixture
def space() -> NgramSpace:
    return NgramSpace.fit(TEXTS)


def test_saved_and_loaded_it_gives_the_same_vectors(space: NgramSpace, tmp_path: Path) -> None:
    space.save(tmp_path / "space.npz")
    again = NgramSpace.load(tmp_path / "space.npz")
    before, after = space.vectors(ASKED), again.vectors(ASKED)
    assert after.dtype == before.dtype == np.float32
    assert after.toarray() == pytest.approx(before.toarray(), abs=1e-6)


def test_rows_have_unit_length_or_are_empty(space: NgramSpace) -> None:
    vectors = space.vectors(ASKED)
    lengths = np.sqrt(vectors.multiply(vectors).sum(axis=1)).A1
    known = [True, True, True, True, True, False, False, False, False, False, True]
    assert lengths == pytest.approx(np.array(known, float), abs=1e-6)


def test_shared_sequences_make_texts_alike(space: NgramSpace) -> None:
    asked, same, other = space.vectors(["お知らせを捨てたい", TEXTS[0], TEXTS[1]])
    assert (asked @ same.T).sum() > 0.2 > (asked @ other.T).sum()
