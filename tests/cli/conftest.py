"""A project of its own for one test, with the small book of the loader's tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="session")
def compiled_vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the compiled vocabulary lies: it is made once, not in every test."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def project_folder(
    tmp_path: Path, compiled_vocabulary: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The working folder: content and settings, without a model."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yml").touch()
    shutil.copytree(ROOT / "tests/faq/book", tmp_path / "data")
    shutil.copy(ROOT / "data/vocabulary.csv", tmp_path / "data")
    (tmp_path / "var").symlink_to(compiled_vocabulary)
    return tmp_path
