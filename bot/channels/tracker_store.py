"""Conversations in SQL, read back only as far as the dialogue needs them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker

from bot.review.database import engine_of


class CappedSQLTrackerStore(SQLTrackerStore):
    """Rasa's SQL store, but a long conversation costs no more than a short one.

    A turn needs the events since the last user message.  Stock Rasa reads all of the
    session's, featurises all of them and sends all of them to every action, so that turn
    300 takes ten times as long as turn 1.

    Args:
        max_events: the newest events that are read back; one turn makes about ten.
    """

    engine: sa.engine.Engine

    def __init__(self, *args: Any, max_events: int = 60, **kwargs: Any) -> None:
        if kwargs.get("dialect", "sqlite") == "sqlite" and kwargs.get("db"):
            Path(kwargs["db"]).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(*args, **kwargs)
        self._max_events = max_events
        self.engine = engine_of(self.engine.url)
        self.sessionmaker = sessionmaker(bind=self.engine)

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        if fetch_events_from_all_sessions or not self.domain:
            return _as_stored(await super()._retrieve(sender_id, fetch_events_from_all_sessions))
        with self.session_scope() as session:
            events = self.SQLEvent.__table__.c
            newest = session.execute(
                sa.select(events.data)
                .where(events.sender_id == sender_id)
                .order_by(events.id.desc())
                .limit(self._max_events)
            ).all()
        if not newest:
            return None
        told = [json.loads(row.data) for row in reversed(newest)]
        return _as_stored(DialogueStateTracker.from_dict(sender_id, told, self.domain.slots))

    async def save(self, tracker: DialogueStateTracker) -> None:
        """The new events in one statement; stock Rasa inserts them one by one."""
        await self.stream_events(tracker)
        with self.session_scope() as session:
            rows = [_row(tracker, event) for event in self._additional_events(session, tracker)]
            if rows:
                session.execute(self.SQLEvent.__table__.insert(), rows)
            session.commit()

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[Any]:
        """The events that are new since this tracker was read or last saved."""
        stored = getattr(tracker, "stored_events", 0)
        tracker.stored_events = len(tracker.events)
        return itertools.islice(tracker.events, stored, len(tracker.events))


def _row(tracker: DialogueStateTracker, event: Event) -> dict[str, Any]:
    """An event as Rasa stores it."""
    data = event.as_dict()
    return {
        "sender_id": tracker.sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def _as_stored(tracker: DialogueStateTracker | None) -> DialogueStateTracker | None:
    """Note how many of its events need no storing."""
    if tracker is not None:
        tracker.stored_events = len(tracker.events)
    return tracker
