"""Measures an exported folder: agreement with the float32 model, speed, memory, size.

    python -m training.measure models/encoder build/encoder/cut

Speed and memory are taken in a process of its own that imports nothing but what serves the bot.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from bot.match.encoder import FILES, OnnxEncoder
from training import data
from training.base import ensure_base
from training.finetune import encode_with

SAMPLE_EVERY = 10  # of the FAQ's and the bank's wordings

# Run by a fresh interpreter: load time (s), one short query (ms, median), peak and kept memory.
PROBE = """
import json, statistics, sys, time
from pathlib import Path
from bot.match.encoder import OnnxEncoder

def memory(name):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return round(int(line.split()[1]) / 1024)

start = time.perf_counter()
encoder = OnnxEncoder.load(Path(sys.argv[1]))
load = time.perf_counter() - start
times = []
for _ in range(200):
    start = time.perf_counter()
    encoder.encode(["お知らせは捨ててもいいですか"])
    times.append(time.perf_counter() - start)
print(json.dumps({
    "load_s": round(load, 2),
    "query_ms": round(statistics.median(times) * 1000, 1),
    "memory_mb": memory("VmRSS"),
    "peak_mb": memory("VmHWM"),
}))
"""


def measure(folder: Path, source: Path) -> dict[str, Any]:
    """Figures of `folder`, which was exported from the float32 folder `source`."""
    from sentence_transformers import SentenceTransformer

    texts = [t.text for t in data.load_texts()][::SAMPLE_EVERY]
    served = OnnxEncoder.load(folder).encode(texts)
    facts: dict[str, Any] = {"texts": len(texts)}
    for name, path in (("shipped_torch", folder), ("float32", source)):
        vectors = encode_with(SentenceTransformer(str(path), device="cpu"))(texts)
        facts[f"cosine_{name}"] = cosines(served, vectors)
    return facts | vocabulary_facts(folder) | probe(folder) | {"bytes": size(folder)}


def cosines(one: np.ndarray, other: np.ndarray) -> dict[str, float]:
    """Mean and least cosine of two sets of unit vectors (n, dim), row by row."""
    found = (one * other).sum(axis=1)
    return {"mean": round(float(found.mean()), 4), "min": round(float(found.min()), 4)}


def vocabulary_facts(folder: Path) -> dict[str, Any]:
    """How many of the tokens that the whole vocabulary gives are still there."""
    whole = Tokenizer.from_file(str(ensure_base() / "tokenizer.json"))
    shipped = Tokenizer.from_file(str(folder / "tokenizer.json"))
    kept = set(shipped.get_vocab())
    total = same = unknown = 0
    for text in data.load_texts():
        before = whole.encode(text.text, add_special_tokens=False).tokens
        total += len(before)
        same += sum(token in kept for token in before)
        unknown += shipped.encode(text.text).tokens.count("<unk>")
    share = round(same / total, 4)
    return {"pieces": len(kept), "tokens": total, "tokens_kept": share, "unknown": unknown}


def probe(folder: Path) -> dict[str, Any]:
    """Load time, time of a query and memory of a process that only encodes (Linux)."""
    command = [sys.executable, "-c", PROBE, str(folder)]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    facts: dict[str, Any] = json.loads(found.stdout)
    return facts


def size(folder: Path) -> int:
    """Bytes of the files that make the model (the card not counted)."""
    return sum((folder / name).stat().st_size for name in FILES)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("source", type=Path)
    arguments = parser.parse_args()
    print(json.dumps(measure(arguments.folder, arguments.source), indent=2))


if __name__ == "__main__":
    main()
