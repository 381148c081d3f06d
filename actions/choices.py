"""Ask which of a few entries is meant, or which of the things asked comes first."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from bot.faq.entry import Entry

# Two close entries may have a better question of their own: `contrasts` in data/faq.yml.
WHICH = "どちらについてのご質問でしょうか。近いものをお選びください。"


class ActionChoices(Action):
    def name(self) -> str:
        return "action_choices"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(json_message=choices_message(Turn.of(tracker)))
        return []


def choices_message(turn: Turn) -> dict[str, Any]:
    """The question and its buttons as plain data."""
    return {
        "type": "choices",
        "text": _question(turn),
        "choices": [{"id": e.id, "label": e.label} for e in _ordered(turn)],
    }


def _ordered(turn: Turn) -> tuple[Entry, ...]:
    """Of two entries, the one whose `contrasts` has the question comes first, as it does there."""
    if len(turn.choices) == 2 and not turn.both:
        first, second = turn.choices
        if any(contrast.entry == first.id for contrast in second.contrasts):
            return second, first
    return turn.choices


def _question(turn: Turn) -> str:
    count = len(turn.choices)
    if turn.both and count > 1:
        return (
            f"ご質問が{count}つあるようです。1つずつお答えしますので、"
            "知りたいものから順にお選びください。"
        )
    if count == 2:
        return turn.book.contrast(*turn.choices) or WHICH
    return WHICH
