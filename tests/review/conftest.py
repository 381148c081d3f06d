"""What the tests of the records share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.review.store import ReviewStore


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "review.db"


@pytest.fixture
def store(file: Path) -> Iterator[ReviewStore]:
    store = ReviewStore.open(f"sqlite:///{file}")
    yield store
    store.engine.dispose()
