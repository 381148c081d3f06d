"""A project of three entries.  Rasa comes without TensorFlow here, as in `faq serve`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.nlu import no_tensorflow
from tests.conftest import FILES, ROOT

no_tensorflow.install()


@pytest.fixture(scope="session")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own configuration, rules and vocabulary; content of tests/nlu/data."""
    folder = tmp_path_factory.mktemp("small")
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    shutil.copytree(Path(__file__).parent / "data", folder / "data")
    for name in ("rules.yml", "vocabulary.csv"):
        shutil.copy(ROOT / "data" / name, folder / "data")
    (folder / "models").mkdir()
    (folder / "models/encoder").symlink_to(ROOT / "models/encoder")
    return folder
