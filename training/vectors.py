"""The vectors of the shipped texts, beside the encoder: the first `faq train` has nothing to encode.

python -m training.vectors models/encoder
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.match.encoder import OnnxEncoder
from bot.match.matcher import SHIPPED_VECTORS, VAR
from bot.match.signals import STORED, meant_text
from bot.match.vector_cache import CachedEncoder
from bot.text.sudachi import Sudachi
from training import data


def write_vectors(folder: Path) -> None:
    """Writes those that the encoder in `folder` gives for all texts in `data/`, in float16."""
    sudachi = Sudachi.load(data.DATA / "vocabulary.csv", cache=VAR)
    encoder = CachedEncoder.open([], OnnxEncoder.load(folder, threads=2))
    encoder.encode([meant_text(text.text, sudachi) for text in data.load_texts()])
    encoder.save(SHIPPED_VECTORS, STORED)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    write_vectors(parser.parse_args().folder)


if __name__ == "__main__":
    main()
