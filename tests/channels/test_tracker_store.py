"""Conversations in SQL: nothing is stored twice, and only the newest part is read back."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.tracker_store import CappedSQLTrackerStore

LIMIT = 20


@pytest.fixture
def store(tmp_path: Path) -> CappedSQLTrackerStore:
    return open_store(tmp_path / "var/conversations.db")


def open_store(file: Path) -> CappedSQLTrackerStore:
    return CappedSQLTrackerStore(Domain.empty(), db=str(file), max_events=LIMIT)


def texts(tracker: DialogueStateTracker | None) -> list[str]:
    assert tracker is not None
    return [e.text for e in tracker.events if isinstance(e, UserUttered)]


async def say(store: CappedSQLTrackerStore, text: str) -> DialogueStateTracker:
    """One turn, as Rasa's processor makes it: read, change, save."""
    tracker = await store.get_or_create_tracker("x", append_action_listen=False)
    tracker.update(UserUttered(text))
    tracker.update(ActionExecuted("action_listen"))
    await store.save(tracker)
    return tracker


def test_a_conversation_is_kept_whole_and_read_back_in_part(store: CappedSQLTrackerStore) -> None:
    async def turns() -> tuple[DialogueStateTracker | None, DialogueStateTracker | None]:
        for number in range(30):
            await say(store, str(number))
        return await store.retrieve("x"), await store.retrieve_full_tracker("x")

    newest, everything = asyncio.run(turns())
    assert texts(newest) == [str(number) for number in range(20, 30)]
    assert texts(everything) == [str(number) for number in range(30)]


def test_a_tracker_that_is_saved_twice_is_stored_once(store: CappedSQLTrackerStore) -> None:
    async def turns() -> DialogueStateTracker | None:
        tracker = await say(store, "a")
        await store.save(tracker)
        full = await store.retrieve_full_tracker("x")
        assert full is not None
        await store.save(full)
        return await store.retrieve_full_tracker("x")

    assert texts(asyncio.run(turns())) == ["a"]


def test_a_conversation_goes_on_after_a_restart(tmp_path: Path) -> None:
    async def turns() -> DialogueStateTracker | None:
        await say(open_store(tmp_path / "a.db"), "before")
        await say(open_store(tmp_path / "a.db"), "after")
        return await open_store(tmp_path / "a.db").retrieve("x")

    assert texts(asyncio.run(turns())) == ["before", "after"]


def test_an_unknown_conversation_is_none(store: CappedSQLTrackerStore) -> None:
    assert asyncio.run(store.retrieve("nobody")) is None
