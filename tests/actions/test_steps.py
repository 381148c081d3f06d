"""The steps of an entry, with the address to open."""

from __future__ import annotations

from typing import Any

import pytest

from bot.match.decision import Answer, Candidate, NoMatch
from tests.actions.conftest import Run


def answer(entry: str) -> Answer:
    return Answer(entry, (Candidate(entry, 0.97),))


def test_the_three_steps_of_the_portal(run: Run) -> None:
    (message,) = run("action_steps", answer("check_on_portal"))
    assert (message["type"], message["id"]) == ("steps", "check_on_portal")
    assert len(message["steps"]) == 3
    for step in message["steps"]:
        assert set(step) == {"title", "text", "fields", "notes"}
        assert step["title"] and step["text"]


def test_the_address_of_the_portal_comes_with_them(run: Run) -> None:
    (message,) = run("action_steps", answer("check_on_portal"))
    (link,) = message["links"]
    assert link["id"] == "portal_url"
    assert link["url"] == "https://myna.go.jp/certificates/health-insurance-card"


@pytest.mark.parametrize(
    "decision", [answer("may_discard"), answer("entry_of_an_older_model"), NoMatch(()), None]
)
def test_an_entry_without_steps_says_nothing(run: Run, decision: Any) -> None:
    assert run("action_steps", decision) == []
