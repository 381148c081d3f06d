"""A question in a foreign language gets the people who speak it, before anything else."""

from __future__ import annotations

import pytest

from actions.language_line import NO_ANSWER, TEXTS
from bot.faq.entry import FaqBook
from bot.match.decision import Answer, Candidate, NoMatch
from tests.actions.conftest import Run

DISCARD = Answer("may_discard", (Candidate("may_discard", 0.9),))
LINE = "foreign_language_line"
OWN_LINE = Answer(LINE, (Candidate(LINE, 0.9),))


@pytest.mark.parametrize("language", TEXTS)
def test_the_line_comes_in_the_language_of_the_question(run: Run, language: str) -> None:
    notice, contact = run("action_language_line", DISCARD, language)
    assert (notice["code"], notice["lang"]) == ("language", language)
    assert notice["text"] == TEXTS[language]
    assert [phone["number"] for phone in contact["phones"]] == ["0120-0178-26", "0120-0178-27"]


def test_a_question_in_japanese_gets_no_line(run: Run) -> None:
    assert run("action_language_line", DISCARD) == []
    assert run("action_language_line", None) == []


def test_the_line_itself_is_not_shown_twice(run: Run) -> None:
    (notice,) = run("action_language_line", OWN_LINE, "en")
    assert notice["code"] == "language"


@pytest.mark.parametrize("language", NO_ANSWER)
def test_no_answer_is_said_in_the_language_too(run: Run, book: FaqBook, language: str) -> None:
    (message,) = run("action_no_match", NoMatch((), book.topics[0].id), language)
    assert (message["text"], message["lang"]) == (NO_ANSWER[language], language)
    assert message["contacts"] == []


def test_the_line_speaks_the_languages(book: FaqBook) -> None:
    assert set(book.contact(LINE).languages) == set(TEXTS) == set(NO_ANSWER)
