"""Folders of the measuring programs, which run in the project's folder as `faq` does."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

BUILD = Path("build/bench")


@contextlib.contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Work in `folder`, made when missing, and come back (contextlib.chdir needs Python 3.11)."""
    folder.mkdir(parents=True, exist_ok=True)
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
