from __future__ import annotations

from pathlib import Path

import pytest

from bot.text.sudachi import Sudachi

VOCABULARY = Path(__file__).parents[2] / "data" / "vocabulary.csv"


@pytest.fixture(scope="session")
def sudachi(tmp_path_factory: pytest.TempPathFactory) -> Sudachi:
    """Sudachi with the field's vocabulary, compiled once for the whole run."""
    return Sudachi.load(VOCABULARY, tmp_path_factory.mktemp("dictionary"))
