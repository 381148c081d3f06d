"""What a trained model was made from, as one fingerprint: a stale model is made anew."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.match.encoder import FILES as ENCODER_FILES

SOURCES_FILE = "sources.sha256"

# Raised when the code changes what training makes of the same content.
MODEL_VERSION = 13

DATA = Path("data")
VOCABULARY = "vocabulary.csv"

# Besides the book, whose own fingerprint ignores comments and the order of keys.
_FILES = ("config.yml", "domain.yml", *(f"models/encoder/{name}" for name in ENCODER_FILES))
DATA_FILES = ("rules.yml", VOCABULARY)


def sources_fingerprint(book_fingerprint: str, data: Path = DATA) -> str:
    """SHA-256, hexadecimal, over the book and every file that training reads, those beside the
    book's in the folder `data`."""
    digest = hashlib.sha256(f"{MODEL_VERSION}\n{book_fingerprint}\n".encode())
    files = {name: Path(name) for name in _FILES} | {f"data/{n}": data / n for n in DATA_FILES}
    for name, file in files.items():
        content = file.read_bytes() if file.is_file() else b""
        digest.update(f"{name}\n{hashlib.sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()
