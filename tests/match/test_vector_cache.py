"""Vectors are encoded once, and only for the encoder that made them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.match.vector_cache import CachedEncoder


class CountingEncoder:
    dim = 2

    def __init__(self, fingerprint: str = "one") -> None:
        self.fingerprint = fingerprint
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += texts
        return np.array([[len(t), 1] for t in texts], np.float32).reshape(-1, 2)


def test_second_run_encodes_only_what_is_new(tmp_path: Path) -> None:
    file = tmp_path / "var/vectors.npz"
    first = CachedEncoder.open([file], CountingEncoder())
    vectors = first.encode(["a", "bb", "a"])
    first.save(file)

    encoder = CountingEncoder()
    second = CachedEncoder.open([file], encoder)
    again = second.encode(["bb", "ccc", "a"])

    assert encoder.encoded == ["ccc"]
    assert np.array_equal(again, [vectors[1], [3, 1], vectors[0]])


def test_another_encoder_starts_anew(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    first = CachedEncoder.open([file], CountingEncoder("one"))
    first.encode(["a"])
    first.save(file)

    encoder = CountingEncoder("two")
    CachedEncoder.open([file], encoder).encode(["a"])
    assert encoder.encoded == ["a"]


def test_damaged_file_is_an_empty_cache(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    for damage in (b"", b"PK\x03\x04 not a zip", b"\x00" * 100):
        file.write_bytes(damage)
        encoder = CountingEncoder()
        CachedEncoder.open([file], encoder).encode(["a"])
        assert encoder.encoded == ["a"]


def test_only_what_was_used_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    first = CachedEncoder.open([file], CountingEncoder())
    first.encode(["old", "kept"])
    first.save(file)
    second = CachedEncoder.open([file], CountingEncoder())
    second.encode(["kept"])
    second.save(file)

    encoder = CountingEncoder()
    CachedEncoder.open([file], encoder).encode(["old", "kept"])
    assert encoder.encoded == ["old"]


def test_no_texts_give_no_vectors(tmp_path: Path) -> None:
    assert CachedEncoder.open([tmp_path / "x"], CountingEncoder()).encode([]).shape == (0, 2)
