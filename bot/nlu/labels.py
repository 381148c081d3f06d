"""The names under which the matcher's decisions travel through Rasa."""

from __future__ import annotations

from typing import Any

from bot.match.decision import Answer, Choices, Decision
from bot.text.language import JAPANESE

FAQ_INTENT = "faq"
CHOICES_INTENT = "choices"
OUT_OF_SCOPE_INTENT = "out_of_scope"

FINGERPRINT_KEY = "faq_fingerprint"  # of our training examples: what training reads
DECISION_KEY = "faq"  # of a parsed message: the whole decision, for the actions


def utter_action(entry_id: str) -> str:
    """The Rasa response that holds an entry's approved text."""
    return f"utter_{FAQ_INTENT}/{entry_id}"


def parse_data(decision: Decision, language: str = JAPANESE) -> dict[str, Any]:
    """What Rasa's NLU output says of one message.

    The keys are those of a classifier with a ResponseSelector, so that Rasa's dialogue,
    ``rasa test nlu`` and ``/model/parse`` read it as usual. `language`: in which the message
    is asked, see `bot.text.language`.
    """
    ranking = [
        {"name": FAQ_INTENT, "confidence": c.confidence, "intent_response_key": _key(c.entry)}
        for c in decision.candidates
    ]
    data: dict[str, Any] = {
        "intent": {"name": _intent(decision), "confidence": _confidence(decision)},
        "intent_ranking": [{"name": _intent(decision), "confidence": _confidence(decision)}],
        DECISION_KEY: decision.as_dict() | {"language": language},
    }
    if isinstance(decision, Answer):
        data["response_selector"] = _response_selector(decision, ranking)
    return data


def _response_selector(answer: Answer, ranking: list[dict[str, Any]]) -> dict[str, Any]:
    selected = {
        "responses": None,
        "confidence": answer.confidence,
        "intent_response_key": _key(answer.entry),
        "utter_action": utter_action(answer.entry),
    }
    return {
        "all_retrieval_intents": [FAQ_INTENT],
        FAQ_INTENT: {"response": selected, "ranking": ranking},
    }


def _key(entry_id: str) -> str:
    return f"{FAQ_INTENT}/{entry_id}"


def _intent(decision: Decision) -> str:
    if isinstance(decision, Answer):
        return FAQ_INTENT
    return CHOICES_INTENT if isinstance(decision, Choices) else OUT_OF_SCOPE_INTENT


def _confidence(decision: Decision) -> float:
    """Of the intent: a refusal is as sure as no entry is."""
    return (
        decision.confidence if isinstance(decision, Answer | Choices) else 1 - decision.confidence
    )
