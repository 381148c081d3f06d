"""No answer, said in the words and with the contact that fit the topic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.no_match import CALM, CONTACTS, TEXTS
from bot.faq.entry import FaqBook
from bot.faq.topics import KINDS
from bot.match.decision import Candidate, NoMatch
from tests.actions.conftest import Run, serve

CANDIDATES = tuple(Candidate(entry, 0.1) for entry in ("reissue", "hotline", "gone", "may_discard"))


def no_match(book: FaqBook, kind: str) -> NoMatch:
    """After a question that resembles a topic of this kind."""
    topic = next(topic for topic in book.topics if topic.kind == kind)
    return NoMatch(CANDIDATES, topic.id)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_topic_has_its_words(run: Run, book: FaqBook, kind: str) -> None:
    (message,) = run("action_no_match", no_match(book, kind))
    assert message["type"] == "no_match"
    assert message["text"] == TEXTS.get(kind, CALM)


@pytest.mark.parametrize("kind", KINDS)
def test_only_near_and_foreign_questions_get_a_telephone(
    run: Run, book: FaqBook, kind: str
) -> None:
    (message,) = run("action_no_match", no_match(book, kind))
    expected = {"near": ["hotline"], "other_language": ["foreign_language_line"]}
    assert [contact["id"] for contact in message["contacts"]] == expected.get(kind, [])


@pytest.mark.parametrize("kind", KINDS)
def test_only_near_questions_get_the_nearest_entries(run: Run, book: FaqBook, kind: str) -> None:
    (message,) = run("action_no_match", no_match(book, kind))
    expected = ["reissue", "hotline", "may_discard"] if kind == "near" else []
    assert [nearest["id"] for nearest in message["nearest"]] == expected


def test_the_words_name_no_kind_that_does_not_exist() -> None:
    assert set(TEXTS) | set(CONTACTS) <= set(KINDS)


@pytest.mark.parametrize("topic", [None, "topic_of_an_older_model"])
def test_an_unknown_topic_is_taken_for_a_near_one(run: Run, topic: str | None) -> None:
    (message,) = run("action_no_match", NoMatch(CANDIDATES, topic))
    assert message["text"] == TEXTS["near"]


def test_a_message_that_never_met_the_matcher_gets_the_way_to_a_person(run: Run) -> None:
    (message,) = run("action_no_match", None)
    assert [contact["id"] for contact in message["contacts"]] == ["hotline"]
    assert message["nearest"] == []


def test_the_contact_says_whether_it_is_open(
    run: Run, book: FaqBook, at: Callable[[str], None]
) -> None:
    for moment, is_open in (("2026-11-28 17:29", True), ("2026-11-28 17:30", False)):
        at(moment)
        (message,) = run("action_no_match", no_match(book, "near"))
        assert message["contacts"][0]["open"] is is_open


def test_a_book_without_the_contact_still_answers(
    run: Run, book: FaqBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(replace(book, contacts=()), monkeypatch)
    (message,) = run("action_no_match", no_match(book, "near"))
    assert message["contacts"] == []
