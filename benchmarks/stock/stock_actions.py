"""The one custom action of the stock bot: hand out the contact card of the recognised intent.

The cards are prepared when the bot is generated, so that the action server costs no more than
rasa_sdk itself does.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

CARDS = Path("cards.json")  # in the folder in which the action server is started


class ActionContactCard(Action):
    def name(self) -> str:
        return "action_contact_card"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        intent = tracker.latest_message["intent"]["name"]
        for card in cards().get(intent, []):
            dispatcher.utter_message(json_message={"entry": intent, **card})
        return []


@lru_cache(maxsize=1)
def cards() -> dict[str, list[dict[str, Any]]]:
    """Entry id → its contact cards."""
    return dict(json.loads(CARDS.read_text("utf-8")))
