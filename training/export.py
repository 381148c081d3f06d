"""Exports a fine-tuned folder to what is shipped: float8 weights and an ONNX graph over them.

    python -m training.export build/encoder/cut models/encoder

`model.safetensors` holds every matrix as float8 (E4M3): sentence-transformers reads that as any
other dtype and computes in float32, and `model.onnx` refers to the same bytes. One copy of the
weights serves both.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import onnx
import torch
from safetensors.torch import load_file, save_file

from training.e5s1 import Shape
from training.folder import write_json, write_modules
from training.graph import GraphBuilder

MAX_TOKENS = 128  # as bot.match.encoder.MAX_TOKENS: both paths must cut at the same place
WEIGHTS, GRAPH = "model.safetensors", "model.onnx"
COPIED = ("config.json", "tokenizer.json")
FLOAT8_LARGEST = 448.0


def export(source: Path, target: Path) -> None:
    """Writes the shipped form of the sentence-transformers folder `source` (a BertModel)."""
    target.mkdir(parents=True, exist_ok=True)
    config = json.loads((source / "config.json").read_text("utf-8"))
    shape = shape_of(config)
    for name in COPIED:
        shutil.copyfile(source / name, target / name)
    tokenizer = json.loads((source / "tokenizer_config.json").read_text("utf-8"))
    write_json(target / "tokenizer_config.json", tokenizer | {"model_max_length": MAX_TOKENS})
    write_modules(target, shape.hidden, MAX_TOKENS)
    state = narrow(load_file(source / WEIGHTS))
    save_file(state, target / WEIGHTS, metadata={"format": "pt"})
    (target / WEIGHTS).chmod(0o644)
    graph = GraphBuilder(shape, target / WEIGHTS).model()
    onnx.save(graph, target / GRAPH)


def shape_of(config: dict[str, Any]) -> Shape:
    """The sizes in a BertModel's config.json."""
    return Shape(
        hidden=config["hidden_size"],
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        ffn=config["intermediate_size"],
        vocabulary=config["vocab_size"],
        positions=config["max_position_embeddings"],
        types=config["type_vocab_size"],
    )


def narrow(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Matrices to float8, vectors (biases, layer norms) to float32."""
    narrowed = {}
    for name, tensor in sorted(state.items()):
        if tensor.ndim == 2:
            if float(tensor.abs().max()) > FLOAT8_LARGEST:
                raise ValueError(f"{name}: larger than float8 can hold")
            narrowed[name] = tensor.to(torch.float8_e4m3fn)
        else:
            narrowed[name] = tensor.to(torch.float32)
    return narrowed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    export(arguments.source, arguments.target)
    size = sum(path.stat().st_size for path in arguments.target.rglob("*") if path.is_file())
    print(f"{arguments.target}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
