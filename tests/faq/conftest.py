"""A small book, and a copy of its folder that tests may damage."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from faq_folder import BOOK, Folder

from bot.faq.entry import FaqBook
from bot.faq.load import load_book


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A copy of tests/faq/book at `data`, in the working folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BOOK, tmp_path / "data")
    return Folder(Path("data"))


@pytest.fixture
def book() -> FaqBook:
    """The undamaged book."""
    return load_book(BOOK)
