"""Actions as Rasa runs them: through rasa_sdk's executor, with the tracker as Rasa sends it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa_sdk.executor import ActionExecutor

from bot import clock
from bot.faq.entry import FaqBook
from bot.faq.load import load_book
from bot.match.decision import Decision
from bot.match.matcher import Matcher
from bot.match.model import FaqModel
from bot.nlu import served
from bot.nlu.labels import parse_data
from tests.conftest import ROOT

Run = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def book() -> FaqBook:
    """The project's own content."""
    return load_book(ROOT / "data")


@pytest.fixture
def run(book: FaqBook, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run an action after a message with this decision; gives what it says, as data."""
    serve(book, monkeypatch)
    executor = ActionExecutor()
    executor.register_package("actions")

    def run_action(
        action: str, decision: Decision | None, language: str = "ja"
    ) -> list[dict[str, Any]]:
        tracker = tracker_after(decision, language).current_state(EventVerbosity.ALL)
        call = {"next_action": action, "sender_id": "x", "tracker": tracker, "version": "3.6.21"}
        result = asyncio.run(executor.run(call))
        assert result is not None
        assert result["events"] == []
        return [response["custom"] for response in result["responses"]]

    return run_action


def serve(book: FaqBook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `book` the served one; actions have no use for the matcher."""
    model = FaqModel(book, cast(Matcher, None))
    monkeypatch.setattr(served, "_model", model)


def tracker_after(decision: Decision | None, language: str = "ja") -> DialogueStateTracker:
    """A conversation whose last message led to `decision`; None: it never met the matcher."""
    tracker = DialogueStateTracker.from_events("x", [], Domain.empty().slots)
    data = {"text": "質問", "entities": [], **(parse_data(decision, language) if decision else {})}
    for event in (
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActionExecuted("action_listen"),
        UserUttered("質問", data.get("intent"), parse_data=data),  # type: ignore[arg-type]
    ):
        tracker.update(event)
    return tracker


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the clock, in Japan time: `at("2026-11-24 09:29")`."""

    def freeze(moment: str) -> None:
        now = datetime.fromisoformat(moment).replace(tzinfo=clock.JAPAN)
        monkeypatch.setattr(clock, "now", lambda: now)

    return freeze
