"""The book and the matcher as one: what is not valid today is not answered today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot import clock
from bot.match.decision import Answer
from bot.match.model import FaqModel
from tests.match.small import WORDINGS, small_book

ASKED = WORDINGS["reissue"][1]


@pytest.fixture
def dated(small_model: FaqModel) -> FaqModel:
    """The entry `reissue` holds from 1 February 2026 to 31 March 2027."""
    book = small_book(valid_from=date(2026, 2, 1), valid_until=date(2027, 3, 31))
    return replace(small_model, book=book)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 1, 31), False),
        (date(2026, 2, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_an_entry_is_hidden_outside_its_dates(dated: FaqModel, day: date, holds: bool) -> None:
    decision = dated.match(ASKED, day)
    assert (isinstance(decision, Answer) and decision.entry == "reissue") is holds
    assert ("reissue" in [c.entry for c in dated.rank(ASKED, 20, day)]) is holds


def test_today_is_today_in_japan(dated: FaqModel, monkeypatch: pytest.MonkeyPatch) -> None:
    last_minute = datetime(2027, 3, 31, 23, 59, tzinfo=clock.JAPAN)
    monkeypatch.setattr(clock, "now", lambda: last_minute)
    assert isinstance(dated.match(ASKED), Answer)
    monkeypatch.setattr(clock, "now", lambda: last_minute.replace(month=4, day=1))
    assert not isinstance(dated.match(ASKED), Answer)


def test_rank_gives_the_best_few(small_model: FaqModel) -> None:
    ranked = small_model.rank(ASKED, 2)
    assert len(ranked) == 2
    assert ranked[0].entry == "reissue"


def test_saved_and_loaded_it_keeps_its_dates(dated: FaqModel, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    dated.save(folder)
    again = FaqModel.load(folder)
    assert again.book == dated.book
    day = date(2027, 4, 1)
    assert again.match(ASKED, day).as_dict() == dated.match(ASKED, day).as_dict()
