"""Which of a few close entries is meant."""

from __future__ import annotations

from bot.faq.entry import FaqBook
from bot.match.decision import Candidate, Choices
from tests.actions.conftest import Run


def choices(*entries: str) -> Choices:
    return Choices(entries, tuple(Candidate(entry, 0.3) for entry in (*entries, "hotline")))


def test_the_questions_are_offered_in_order(run: Run, book: FaqBook) -> None:
    (message,) = run("action_choices", choices("reissue", "may_discard"))
    assert message["type"] == "choices"
    assert message["text"].endswith("お選びください。")
    assert message["choices"] == [
        {"id": "reissue", "label": book.entry("reissue").question},
        {"id": "may_discard", "label": book.entry("may_discard").question},
    ]


def test_an_entry_that_the_book_no_longer_has_is_not_offered(run: Run) -> None:
    (message,) = run("action_choices", choices("gone", "reissue", "hotline"))
    assert [choice["id"] for choice in message["choices"]] == ["reissue", "hotline"]
