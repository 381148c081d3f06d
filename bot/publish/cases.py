"""The questions that two models are compared on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.faq.entry import FaqBook
from bot.faq.wordings import fold
from bot.match.evaluation import Question, read_questions

MOST_ASKED = 500  # of members' questions; more would take more seconds than they tell

GOLDEN = "正解つきの質問"
TEST = "項目のテスト"
ASKED = "実際の質問"


@dataclass(frozen=True, slots=True)
class Case:
    """A question; `question.entry` is only meant where `is_known`.

    `source`: GOLDEN, TEST or ASKED; `times`: how often members asked it.
    """

    question: Question
    source: str
    is_known: bool
    times: int = 1


def cases_of(
    book: FaqBook, files: Sequence[Path], asked: Mapping[str, int], known: Collection[str]
) -> list[Case]:
    """Each text once; what is known goes first.

    `asked`: members' questions and how often; `known`: ids of entries that may be meant. A golden
    question about another entry, which is no longer there or not yet, tells nothing.
    """
    cases: dict[str, Case] = {}
    for case in (*_tests(book), *_golden(files, known), *_asked(asked)):
        cases.setdefault(fold(case.question.text), case)
    return list(cases.values())


def _tests(book: FaqBook) -> Iterator[Case]:
    for entry in book.entries:
        for text in entry.tests:
            yield Case(Question(text, entry.id), TEST, True)


def _golden(files: Sequence[Path], known: Collection[str]) -> Iterator[Case]:
    for file in files:
        for question in read_questions(file, known=None):
            if question.entry is None or question.entry in known:
                yield Case(question, GOLDEN, True)


def _asked(asked: Mapping[str, int]) -> Iterator[Case]:
    often = sorted(asked.items(), key=lambda one: -one[1])
    for text, times in often[:MOST_ASKED]:
        yield Case(Question(text, None), ASKED, False, times)
