"""The contacts of an entry as cards that say whether the line is open at this moment."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from bot import clock
from bot.faq.card import contact_card


class ActionContactCard(Action):
    def name(self) -> str:
        return "action_contact_card"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        turn = Turn.of(tracker)
        for contact_id in turn.entry.contacts if turn.entry else ():
            contact = turn.book.contact(contact_id)
            dispatcher.utter_message(json_message=contact_card(contact, clock.now()))
        return []
