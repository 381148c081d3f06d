"""A matcher that is fitted in a blink."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.match import matcher
from bot.match.matcher import Matcher, Settings
from bot.match.model import FaqModel
from tests.match.small import LetterEncoder, small_book, small_examples

SETTINGS = Settings(encoder="letters", vocabulary=None)


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny encoder in the place of the shipped one, in an empty working folder."""
    monkeypatch.setattr(matcher, "load_encoder", lambda name, threads=1: LetterEncoder())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def small_matcher(letters: Path) -> Matcher:
    return Matcher.fit(small_examples(), SETTINGS)


@pytest.fixture
def small_model(small_matcher: Matcher) -> FaqModel:
    return FaqModel(small_book(), small_matcher)
