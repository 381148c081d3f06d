"""A copy of the loader's small book, to be exported and imported."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.faq.edit import Draft
from tests.conftest import ROOT


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests/faq/book", tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def draft(data: Path) -> Draft:
    return Draft.open(data)
