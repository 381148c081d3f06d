"""Ask which of two or three close entries is meant."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn


class ActionChoices(Action):
    def name(self) -> str:
        return "action_choices"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        choices = Turn.of(tracker).choices
        dispatcher.utter_message(
            json_message={
                "type": "choices",
                "text": "どちらについてのご質問でしょうか。近いものをお選びください。",
                "choices": [{"id": e.id, "label": e.question} for e in choices],
            }
        )
        return []
