"""A decision in the words of Rasa's NLU output."""

from __future__ import annotations

import pytest

from bot.match.decision import Answer, Candidate, Choices, Decision, NoMatch
from bot.nlu.labels import parse_data, utter_action

CANDIDATES = (Candidate("reissue", 0.6), Candidate("hotline", 0.3))


@pytest.mark.parametrize(
    ("decision", "intent", "confidence"),
    [
        (Answer("reissue", CANDIDATES), "faq", 0.6),
        (Choices(("reissue", "hotline"), CANDIDATES), "choices", 0.9),
        (NoMatch(CANDIDATES), "out_of_scope", 0.4),
        (NoMatch(()), "out_of_scope", 1.0),
    ],
)
def test_each_decision_has_its_intent(decision: Decision, intent: str, confidence: float) -> None:
    data = parse_data(decision)
    assert data["intent"]["name"] == intent
    assert data["intent"]["confidence"] == pytest.approx(confidence)
    assert data["intent_ranking"] == [data["intent"]]


def test_an_answer_looks_like_that_of_a_response_selector() -> None:
    selector = parse_data(Answer("reissue", CANDIDATES))["response_selector"]
    assert selector["all_retrieval_intents"] == ["faq"]
    chosen = selector["faq"]["response"]
    assert chosen["intent_response_key"] == "faq/reissue"
    assert chosen["utter_action"] == utter_action("reissue") == "utter_faq/reissue"
    assert chosen["confidence"] == 0.6
    ranking = selector["faq"]["ranking"]
    assert [r["intent_response_key"] for r in ranking] == ["faq/reissue", "faq/hotline"]


@pytest.mark.parametrize("decision", [NoMatch(CANDIDATES), Choices(("reissue",), CANDIDATES)])
def test_only_an_answer_selects_a_response(decision: Decision) -> None:
    assert "response_selector" not in parse_data(decision)


@pytest.mark.parametrize("both", [True, False])
def test_whether_both_are_asked_goes_to_the_actions(both: bool) -> None:
    data = parse_data(Choices(("reissue", "hotline"), CANDIDATES, both))
    assert data["intent"]["name"] == "choices"
    assert data["faq"]["both"] is both


def test_the_whole_decision_goes_to_the_actions() -> None:
    decision = NoMatch(CANDIDATES, "weather")
    assert parse_data(decision, "en")["faq"] == decision.as_dict() | {"language": "en"}
