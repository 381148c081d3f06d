"""Vectors of texts that were encoded before: an edit of one entry encodes one entry.

Encoding all training texts takes most of the training time.  Their vectors depend on
nothing but the text and the encoder, whose fingerprint the file carries.  Those of the
shipped texts are shipped too, so that the first training is as fast as the next.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.match.encoder import Encoder
from bot.match.signals import Floats


class CachedEncoder:
    """An encoder that remembers; `save` keeps what this instance was asked for."""

    def __init__(self, encoder: Encoder, known: dict[bytes, Floats]) -> None:
        self._encoder = encoder
        self._known = known
        self._used: dict[bytes, Floats] = {}
        self.dim = encoder.dim
        self.fingerprint = encoder.fingerprint

    @classmethod
    def open(cls, files: Sequence[Path], encoder: Encoder) -> CachedEncoder:
        """With the vectors in `files`; a missing, damaged or foreign file holds none."""
        known: dict[bytes, Floats] = {}
        for file in files:
            known |= _read(file, encoder.fingerprint)
        return cls(encoder, known)

    def encode(self, texts: Sequence[str]) -> Floats:
        """(n_texts, dim), float32, unit length."""
        keys = [_key(text) for text in texts]
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._known}
        self._known.update(zip(missing, self._encoder.encode(list(missing.values())), strict=True))
        self._used.update((key, self._known[key]) for key in keys)
        return np.stack([self._known[k] for k in keys]) if keys else self._encoder.encode([])

    def save(self, file: Path, dtype: type[np.floating[Any]] = np.float32) -> None:
        """Replace `file` whole, so that a reader never sees half of it."""
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name)
        try:
            with os.fdopen(handle, "wb") as stream:
                np.savez(
                    stream,
                    encoder=np.array(self.fingerprint),
                    keys=np.array([np.frombuffer(key, np.uint8) for key in self._used]),
                    vectors=np.array(list(self._used.values()), dtype),
                )
            os.replace(name, file)
        except BaseException:
            os.unlink(name)
            raise


def _read(file: Path, fingerprint: str) -> dict[bytes, Floats]:
    try:
        with open(file, "rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            if str(arrays["encoder"]) == fingerprint:
                keys = [key.tobytes() for key in arrays["keys"]]
                vectors = arrays["vectors"].astype(np.float32)
                return dict(zip(keys, vectors, strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        pass
    return {}


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
