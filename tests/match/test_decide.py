"""The cheapest decision, and nothing but that."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.match.decide import CANDIDATES, DEFAULT_COSTS, MAX_CHOICES, Costs, decide
from bot.match.decision import Answer, Candidate, Choices, Decision, NoMatch


def ranking(*confidences: float) -> list[Candidate]:
    return [Candidate(f"entry_{number}", c) for number, c in enumerate(confidences)]


@st.composite
def rankings(draw: st.DrawFn) -> list[Candidate]:
    """By descending confidence, sum at most 1, as the calibration gives them."""
    parts = draw(st.lists(st.integers(0, 1000), min_size=1, max_size=8))
    total = sum(parts) + draw(st.integers(1, 1000))
    return ranking(*sorted((part / total for part in parts), reverse=True))


def expected_cost(decision: Decision, ranked: list[Candidate], costs: Costs) -> float:
    """What a decision costs on average, counted over everything that may be true."""
    total = 0.0
    nothing = 1 - sum(c.confidence for c in ranked)
    for truth, probability in [*((c.entry, c.confidence) for c in ranked), (None, nothing)]:
        if isinstance(decision, NoMatch):
            cost = costs.missed if truth else 0.0
        elif isinstance(decision, Answer):
            cost = 0.0 if truth == decision.entry else costs.wrong_answer
        else:
            cost = costs.choice * len(decision.entries) / 2
            cost += 0.0 if truth in decision.entries else costs.wrong_choices
        total += probability * cost
    return total


def every_decision(ranked: list[Candidate]) -> list[Decision]:
    top = tuple(ranked[:CANDIDATES])
    answers = [Answer(c.entry, top) for c in top]
    counts = range(2, min(MAX_CHOICES, len(top)) + 1)
    choices = [Choices(tuple(c.entry for c in top[:count]), top) for count in counts]
    return [NoMatch(top), *answers, *choices]


@given(rankings())
def test_no_other_decision_would_cost_less(ranked: list[Candidate]) -> None:
    cost = expected_cost(decide(ranked), ranked, DEFAULT_COSTS)
    cheapest = min(expected_cost(other, ranked, DEFAULT_COSTS) for other in every_decision(ranked))
    assert cost == pytest.approx(cheapest, abs=1e-9)


@given(rankings(), st.floats(1, 50))
def test_dearer_mistakes_never_bring_an_answer(ranked: list[Candidate], factor: float) -> None:
    stricter = replace(DEFAULT_COSTS, wrong_answer=DEFAULT_COSTS.wrong_answer * factor)
    if not isinstance(decide(ranked), Answer):
        assert not isinstance(decide(ranked, costs=stricter), Answer)


@pytest.mark.parametrize(
    ("confidences", "name"),
    [
        ((0.68,), "answer"),
        ((0.65,), "no_match"),
        ((0.85, 0.1), "answer"),
        ((0.78, 0.1), "choices"),
        ((0.5, 0.45), "choices"),
        ((0.3, 0.22), "no_match"),
        ((0.35, 0.33, 0.3), "choices"),
        ((0.2, 0.1, 0.05), "no_match"),
        ((), "no_match"),
    ],
)
def test_where_the_lines_are_drawn(confidences: tuple[float, ...], name: str) -> None:
    assert decide(ranking(*confidences)).as_dict()["decision"] == name


def test_all_that_a_message_asks_for_is_offered() -> None:
    decision = decide(ranking(0.97, 0.02), asked=("entry_1", "entry_0"))
    assert isinstance(decision, Choices) and decision.both
    assert decision.entries == ("entry_1", "entry_0")
    assert isinstance(decide(ranking(0.97, 0.02), asked=("entry_1",)), Answer)


def test_in_doubt_it_says_nothing() -> None:
    even = Costs(wrong_answer=1, missed=1, choice=1, wrong_choices=1)
    assert isinstance(decide(ranking(0.5), costs=even), NoMatch)


def test_choices_are_the_best_two_or_three() -> None:
    decision = decide(ranking(0.35, 0.33, 0.3, 0.01))
    assert isinstance(decision, Choices)
    assert decision.entries == ("entry_0", "entry_1", "entry_2")
    assert decision.confidence == pytest.approx(0.98)


@given(rankings())
def test_the_best_five_are_reported_whatever_the_decision(ranked: list[Candidate]) -> None:
    candidates = decide(ranked).as_dict()["candidates"]
    assert [c["id"] for c in candidates] == [c.entry for c in ranked[:5]]


@given(rankings())
def test_the_contract_of_faq_match(ranked: list[Candidate]) -> None:
    data = decide(ranked, "a_topic").as_dict()
    assert data["decision"] in ("answer", "choices", "no_match")
    assert (data["entry"] is None) == (data["decision"] != "answer")
    assert 0 <= data["confidence"] <= 1
    assert data.get("topic") == ("a_topic" if data["decision"] == "no_match" else None)
