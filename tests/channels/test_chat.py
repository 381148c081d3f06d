"""What the members' channel hands to Rasa."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import cast

import pytest

from bot import clock
from bot.channels.chat import _choice_message, _plain
from bot.channels.errors import ApiError
from bot.faq.load import load_book
from bot.match.matcher import Matcher
from bot.match.model import FaqModel
from bot.nlu import served
from tests.conftest import ROOT

LAST_DAY = date(2027, 3, 31)


@pytest.fixture(autouse=True)
def book_with_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """All entries hold until 31 March 2027."""
    book = load_book(ROOT / "data")
    entries = tuple(replace(entry, valid_until=LAST_DAY) for entry in book.entries)
    model = FaqModel(replace(book, entries=entries), cast(Matcher, None))
    monkeypatch.setattr(served, "_model", model)


def on(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=clock.JAPAN)
    monkeypatch.setattr(clock, "now", lambda: noon)


def test_a_choice_is_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    on(LAST_DAY, monkeypatch)
    message = _choice_message("reissue")
    assert message.parse_data is not None
    assert message.parse_data["intent"] == {"name": "faq", "confidence": 1.0}
    selected = message.parse_data["response_selector"]["faq"]["response"]
    assert selected["utter_action"] == "utter_faq/reissue"


def test_a_choice_that_no_longer_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    on(date(2027, 4, 1), monkeypatch)
    with pytest.raises(ApiError) as refused:
        _choice_message("reissue")
    assert (refused.value.status, refused.value.code) == (404, "unknown_entry")


@pytest.mark.parametrize("text", ["/restart", "/faq/reissue", " /a", "\ufeff/a", "\x00/restart"])
def test_nobody_types_a_command_of_rasas(text: str) -> None:
    assert _plain(text).startswith("／")


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "\u202e", "a\nb"])
def test_text_can_be_stored(text: str) -> None:
    assert _plain(text).isprintable()
    _plain(text).encode("utf-8")
