"""What the members' channel hands to Rasa."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import cast

import pytest
from rasa.core.channels.channel import UserMessage

from bot import clock
from bot.channels.dialogue import Dialogue, Question, _current, _plain
from bot.channels.errors import ApiError
from bot.faq.load import load_book
from bot.match.decision import Answer, Candidate
from bot.match.matcher import Matcher
from bot.match.model import FaqModel
from bot.nlu import served
from bot.review.store import ReviewStore
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


@pytest.fixture
def store(tmp_path: Path) -> ReviewStore:
    return ReviewStore.open(f"sqlite:///{tmp_path}/review.db")


@pytest.fixture
def heard() -> list[UserMessage]:
    """What Rasa was handed."""
    return []


@pytest.fixture
def dialogue(store: ReviewStore, heard: list[UserMessage]) -> Dialogue:
    async def on_new_message(message: UserMessage) -> None:
        heard.append(message)

    return Dialogue(on_new_message, store)


def test_a_choice_is_certain(
    dialogue: Dialogue,
    heard: list[UserMessage],
    store: ReviewStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on(LAST_DAY, monkeypatch)
    question = dialogue.question({"choice": "reissue"})
    assert isinstance(question, Question)
    assert question.chosen == "reissue"
    asyncio.run(dialogue.replies(question, "a conversation", "a message"))
    (message,) = heard
    assert message.parse_data is not None
    assert message.parse_data["intent"] == {"name": "faq", "confidence": 1.0}
    selected = message.parse_data["response_selector"]["faq"]["response"]
    assert selected["utter_action"] == "utter_faq/reissue"
    (turn,) = store.turns()
    assert (turn.text, turn.outcome, turn.entry) == (None, "chosen", "reissue")


def test_a_choice_that_no_longer_holds_is_refused(
    dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(date(2027, 4, 1), monkeypatch)
    with pytest.raises(ApiError) as refused:
        dialogue.question({"choice": "reissue"})
    assert (refused.value.status, refused.value.code) == (404, "unknown_entry")


def test_an_answer_offers_what_else_may_be_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    on(LAST_DAY, monkeypatch)
    ids = ("reissue", "may_discard", "check_on_portal", "hotline", "portal_url", "card_application")
    decision = Answer("reissue", tuple(Candidate(id, 0.1) for id in ids))
    answer = {"type": "answer", "id": "reissue", "related": [{"id": "check_on_portal"}]}
    shown = _current(answer, decision)
    assert [a["id"] for a in shown["alternatives"]] == ["may_discard", "hotline", "portal_url"]
    on(date(2027, 4, 1), monkeypatch)
    shown = _current(answer, decision)
    assert shown["related"] == shown["alternatives"] == []


@pytest.mark.parametrize("text", ["/restart", "/faq/reissue", " /a", "\ufeff/a", "\x00/restart"])
def test_nobody_types_a_command_of_rasas(text: str) -> None:
    assert _plain(text).startswith("／")


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "\u202e", "a\nb"])
def test_text_can_be_stored(text: str) -> None:
    assert _plain(text).isprintable()
    _plain(text).encode("utf-8")
