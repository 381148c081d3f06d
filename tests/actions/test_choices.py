"""Which of a few close entries is meant, or which of two questions comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.choices import WHICH
from bot.faq.entry import FaqBook
from bot.match.decision import Candidate, Choices
from tests.actions.conftest import Run, serve


def choices(*entries: str, both: bool = False) -> Choices:
    return Choices(entries, tuple(Candidate(entry, 0.3) for entry in (*entries, "hotline")), both)


def test_entries_are_offered_in_order(run: Run, book: FaqBook) -> None:
    (message,) = run("action_choices", choices("reissue", "portal_url", "may_discard"))
    assert message == {
        "type": "choices",
        "text": WHICH,
        "choices": [
            {"id": "reissue", "label": book.entry("reissue").choice},
            {"id": "portal_url", "label": book.entry("portal_url").choice},
            {"id": "may_discard", "label": book.entry("may_discard").choice},
        ],
    }


def test_without_a_choice_the_button_says_the_question(
    run: Run, book: FaqBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = tuple(replace(entry, choice=None) for entry in book.entries)
    serve(replace(book, entries=entries), monkeypatch)
    (message,) = run("action_choices", choices("reissue", "portal_url"))
    assert [choice["label"] for choice in message["choices"]] == [
        book.entry("reissue").question,
        book.entry("portal_url").question,
    ]


@pytest.mark.parametrize(
    "pair", [("missing_dependent", "reissue"), ("reissue", "missing_dependent")]
)
def test_two_entries_with_a_contrast_are_asked_about_with_it(
    run: Run, book: FaqBook, pair: tuple[str, str]
) -> None:
    (message,) = run("action_choices", choices(*pair))
    assert message["text"] != WHICH
    (contrast,) = book.entry("missing_dependent").contrasts
    assert (contrast.entry, contrast.question) == ("reissue", message["text"])
    # The buttons stand in the order of the question, whichever entry is likelier.
    assert [choice["id"] for choice in message["choices"]] == ["missing_dependent", "reissue"]


@pytest.mark.parametrize(
    "entries",
    [("missing_dependent", "portal_url"), ("missing_dependent", "reissue", "may_discard")],
)
def test_the_usual_sentence_without_a_contrast_or_among_three(
    run: Run, entries: tuple[str, ...]
) -> None:
    (message,) = run("action_choices", choices(*entries))
    assert message["text"] == WHICH


def test_two_questions_at_once_are_both_answered(run: Run) -> None:
    (message,) = run("action_choices", choices("missing_dependent", "reissue", both=True))
    assert message["text"] == (
        "ご質問が2つあるようです。1つずつお答えしますので、知りたいものから順にお選びください。"
    )
    assert [choice["id"] for choice in message["choices"]] == ["missing_dependent", "reissue"]


def test_two_questions_of_which_one_entry_is_gone(run: Run) -> None:
    (message,) = run("action_choices", choices("gone", "reissue", both=True))
    assert message["text"] == WHICH
    assert [choice["id"] for choice in message["choices"]] == ["reissue"]


CLOSE = [
    ("last_four_digits", "check_on_portal"),
    ("may_discard", "notice_after_disqualification"),
    ("may_discard", "reissue"),
    ("missing_dependent", "reissue"),
    ("missing_dependent", "notice_after_disqualification"),
    ("reissue", "card_lost_stop"),
    ("reissue", "card_application"),
    ("hotline", "foreign_language_line"),
    ("hotline", "ip_phone_line"),
    ("hotline", "card_lost_stop"),
    ("hotline", "card_application"),
    ("card_application", "portal_url"),
    ("card_application", "card_lost_stop"),
    ("check_on_portal", "portal_url"),
    ("foreign_language_line", "ip_phone_line"),
]


@pytest.mark.parametrize(("one", "other"), CLOSE)
def test_the_shipped_entries_that_are_close_have_buttons_and_a_contrast(
    book: FaqBook, one: str, other: str
) -> None:
    entries = book.entry(one), book.entry(other)
    assert all(entry.choice for entry in entries)
    assert str(book.contrast(*entries)).endswith("か。")
