from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.text.sudachi import Sudachi

VOCABULARY = Path(__file__).parents[2] / "data" / "vocabulary.csv"


@pytest.fixture(scope="session")
def sudachi(tmp_path_factory: pytest.TempPathFactory) -> Sudachi:
    """Sudachi with the field's vocabulary, compiled once for the whole run."""
    return Sudachi.load(VOCABULARY, tmp_path_factory.mktemp("dictionary"))


def seconds(function: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    function(text)
    return time.process_time() - start
