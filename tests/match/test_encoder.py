"""The shipped encoder, and how others are chosen."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from bot.match.encoder import (
    FILES,
    MAX_TOKENS,
    EncoderError,
    OnnxEncoder,
    SentenceTransformerEncoder,
    load_encoder,
)

SHIPPED = Path(__file__).parents[2] / "models" / "encoder"
SIZE_LIMIT = 39_000_000  # bytes, the whole folder


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder.load(SHIPPED)


def test_vectors_are_float32_of_unit_length(encoder: OnnxEncoder) -> None:
    vectors = encoder.encode(["お知らせは捨ててもいいですか", "sutetemo ii desu ka", "12", "🙇"])
    assert vectors.shape == (4, encoder.dim) == (4, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-5)


def test_no_texts_give_no_rows(encoder: OnnxEncoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dim)


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800", "𠮷", "\u200b", "か\u3099"])
def test_odd_texts_are_encoded(encoder: OnnxEncoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text])).all()


def test_a_vector_does_not_depend_on_its_neighbours(encoder: OnnxEncoder) -> None:
    texts = [
        "再発行できますか",
        "名前が変わったので新しいお知らせがほしいのですが、どうすればよいですか",
    ]
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert (together == alone).all()


def test_threads_change_nothing(encoder: OnnxEncoder) -> None:
    texts = [f"質問{number}です" for number in range(6)]
    parallel = OnnxEncoder.load(SHIPPED, threads=2)
    assert (parallel.encode(texts) == encoder.encode(texts)).all()


def test_nearer_in_meaning_is_nearer_in_cosine(encoder: OnnxEncoder) -> None:
    asked, same, other = encoder.encode(
        ["このお知らせは捨てても大丈夫？", "お知らせを破棄してもよいですか", "今日の天気を教えて"]
    )
    assert asked @ same > asked @ other + 0.05


def test_a_very_long_text_is_cut_and_quick(encoder: OnnxEncoder) -> None:
    start = "お知らせは捨ててもいいですか。" * MAX_TOKENS
    long, longer = encoder.encode([start, start + "まったく別の話です。" * 100_000])
    assert (long == longer).all()


def test_the_fingerprint_follows_the_files(encoder: OnnxEncoder, tmp_path: Path) -> None:
    assert OnnxEncoder.load(SHIPPED).fingerprint == encoder.fingerprint
    for name in FILES:
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    with (tmp_path / "tokenizer.json").open("a") as file:
        file.write("\n")
    assert OnnxEncoder.load(tmp_path).fingerprint != encoder.fingerprint


def test_a_folder_with_our_graph_needs_no_sentence_transformers() -> None:
    assert isinstance(load_encoder(str(SHIPPED)), OnnxEncoder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"")
    with pytest.raises(EncoderError, match=r"model\.safetensors, tokenizer\.json がありません"):
        load_encoder(str(tmp_path))


def test_a_broken_file_is_reported(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(EncoderError, match="読み込めません"):
        OnnxEncoder.load(tmp_path)


def test_sentence_transformers_missing_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderError, match=r"sentence-transformers が必要です.*install the extra"):
        load_encoder("cl-nagoya/ruri-v3-30m")


def test_the_folder_stays_small() -> None:
    size = sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file())
    assert size < SIZE_LIMIT


def test_sentence_transformers_agrees(encoder: OnnxEncoder) -> None:
    """Runs where sentence-transformers is installed, as in the training environment."""
    pytest.importorskip("sentence_transformers")
    from sentence_transformers import SentenceTransformer

    texts = [
        "お知らせは捨ててもいいですか",
        "家族の分が入っていない",
        "shiryou ga todokanai",
        "マイナンバーカードをなくしたので止めたい。どこに電話すればいいの",
        "What is the URL of the portal?",
        "電話",
    ]
    served = encoder.encode(texts)
    for vectors in (
        SentenceTransformer(str(SHIPPED), device="cpu").encode(texts),
        SentenceTransformerEncoder.load(str(SHIPPED)).encode(texts),
    ):
        assert (served * vectors).sum(axis=1).min() > 0.99
