"""The steps of an entry, such as the three of マイナポータル, with the address to open."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from bot.faq.entry import Entry, FaqBook


class ActionSteps(Action):
    def name(self) -> str:
        return "action_steps"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        turn = Turn.of(tracker)
        if turn.entry and turn.entry.steps:
            dispatcher.utter_message(json_message=steps_message(turn.entry, turn.book))
        return []


def steps_message(entry: Entry, book: FaqBook) -> dict[str, Any]:
    """The steps as plain data, in order, with the web addresses that the entry links to."""
    links = [book.contact(i) for i in entry.links]
    return {
        "type": "steps",
        "id": entry.id,
        "steps": [asdict(step) for step in entry.steps],
        "links": [{"id": c.id, "name": c.name, "url": c.url} for c in links],
    }
