"""Which change of an answer is how bad, and which gates it passes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.faq.entry import Entry
from bot.faq.store import make_book
from bot.match.decision import Decision
from bot.match.evaluation import Question
from bot.match.example import examples_of
from bot.match.matcher import Matcher, Settings
from bot.match.model import FaqModel
from bot.publish.cases import ASKED, GOLDEN, TEST, Case, cases_of
from bot.publish.content import differences
from bot.publish.gates import Gate, gates_of
from bot.publish.replay import Change, Effect, Replayed, changes, replay
from bot.publish.settings import Settings as Floors
from tests.match.conftest import letters, small_matcher, small_model  # noqa: F401
from tests.match.decisions import answer, choices, silence
from tests.match.small import small_book

NONE: frozenset[str] = frozenset()


def golden(entry: str | None, text: str = "問") -> Case:
    return Case(Question(text, entry), GOLDEN, True)


def asked(text: str = "問", times: int = 1) -> Case:
    return Case(Question(text, None), ASKED, False, times)


def change_of(case: Case, before: Decision, after: Decision, new: str = "") -> Change | None:
    unjudged = frozenset({new}) if new else NONE
    found = changes([Replayed(case, before, after)], unjudged)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("case", "before", "after", "effect"),
    [
        (golden("a"), answer("a"), answer("b"), Effect.BROKEN),
        (golden("a"), silence(), answer("b"), Effect.BROKEN),
        (golden(None), silence(), answer("b"), Effect.BROKEN),
        (golden("a"), answer("a"), choices("a", "b"), Effect.LOST),
        (golden("a"), answer("a"), silence(), Effect.LOST),
        (golden("a"), choices("a", "b"), choices("b", "c"), Effect.LOST),
        (golden(None), silence(), choices("a", "b"), Effect.LOST),
        (golden("a"), silence(), answer("a"), Effect.GAINED),
        (golden(None), answer("a"), silence(), Effect.GAINED),
        (golden("a"), choices("a", "b"), choices("a", "c"), Effect.RESHUFFLED),
        (asked(), answer("a"), answer("b"), Effect.OTHER),
        (asked(), answer("a"), silence(), Effect.SILENCED),
        (asked(), answer("a"), choices("a", "b"), Effect.SILENCED),
        (asked(), silence(), answer("a"), Effect.ANSWERED),
        (asked(), silence(), choices("a", "b"), Effect.RESHUFFLED),
    ],
)
def test_the_effect_of_a_change(
    case: Case, before: Decision, after: Decision, effect: Effect
) -> None:
    found = change_of(case, before, after)
    assert found is not None and found.effect is effect


@pytest.mark.parametrize("case", [golden("a"), golden(None), asked()])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (answer("a", 0.9), answer("a", 0.8)),
        (silence("a"), silence("b")),
        (choices("a", "b"), choices("b", "a")),
    ],
)
def test_what_a_member_does_not_see_is_no_change(
    case: Case, before: Decision, after: Decision
) -> None:
    assert change_of(case, before, after) is None


def test_an_entry_that_is_new_may_answer_what_nothing_answered() -> None:
    change = change_of(golden(None), silence(), answer("new"), new="new")
    assert change is not None and change.effect is Effect.ANSWERED
    taken = change_of(golden("a"), answer("a"), answer("new"), new="new")
    assert taken is not None and taken.effect is Effect.BROKEN


def test_the_worst_is_first_then_the_most_asked() -> None:
    rows = [
        Replayed(asked("まれ"), answer("a"), answer("b")),
        Replayed(golden("a", "良"), silence(), answer("a")),
        Replayed(asked("多い", 9), answer("a"), answer("b")),
        Replayed(golden("a", "悪"), answer("a"), answer("b")),
    ]
    texts = [change.case.question.text for change in changes(rows, NONE)]
    assert texts == ["悪", "多い", "まれ", "良"]


def gate(name: str, rows: list[Replayed], floors: Floors, unjudged: frozenset[str] = NONE) -> Gate:
    gates = gates_of(rows, changes(rows, unjudged), unjudged, floors)
    return next(one for one in gates if one.name == name)


def test_gates_count_and_refuse() -> None:
    rows = [
        Replayed(golden("a", "1"), answer("a"), answer("a")),
        Replayed(golden("a", "2"), answer("a"), choices("a", "b")),
        Replayed(golden("a", "3"), silence(), silence()),
        Replayed(golden("a", "4"), answer("a"), answer("b")),
        Replayed(golden(None, "5"), silence(), answer("b")),
        Replayed(golden(None, "6"), silence(), silence()),
        Replayed(Case(Question("7", "a"), TEST, True), None, choices("a", "b")),
    ]
    floors = Floors(offered=0.5, wrong=0.25, answered=0.4, worse=0.5)
    assert (offered := gate("offered", rows, floors)).count == 2 and offered.is_passed
    assert (wrong := gate("wrong", rows, floors)).count == 1 and wrong.is_passed
    assert not gate("wrong", rows, replace(floors, wrong=0.2)).is_passed
    assert (answered := gate("answered", rows, floors)).count == 1 and not answered.is_passed
    assert (worse := gate("worse", rows, floors)).count == 3 and worse.total == 6
    assert gate("tests", rows, floors).is_passed


def test_a_test_of_an_entry_must_lead_to_it() -> None:
    row = Replayed(Case(Question("7", "a"), TEST, True), None, silence())
    assert not gate("tests", [row], Floors()).is_passed


def test_a_question_that_a_new_entry_answers_is_nobodys_fault() -> None:
    new = Replayed(golden(None, "new"), silence(), answer("new"))
    others = [Replayed(golden(None, str(n)), silence(), silence()) for n in range(3)]
    answered = gate("answered", [new, *others], Floors(), frozenset({"new"}))
    assert (answered.count, answered.total) == (0, 3)


def test_new_entries_that_answer_everything_do_not_pass() -> None:
    rows = [Replayed(golden(None, str(n)), None, answer("new")) for n in range(4)]
    answered = gate("answered", rows, Floors(), frozenset({"new"}))
    assert (answered.count, answered.total) == (4, 4) and not answered.is_passed


def test_where_nothing_was_asked_nothing_is_judged() -> None:
    answered = gate("answered", [], Floors())
    assert not answered.is_measured and str(answered).startswith("判定なし")


def test_cases_are_asked_once_and_what_is_known_goes_first(tmp_path: Path) -> None:
    file = tmp_path / "golden.jsonl"
    file.write_text(
        '{"text": "なくしました！", "entry": "reissue"}\n'
        '{"text": "天気は", "entry": null}\n'
        '{"text": "もうない項目", "entry": "gone"}\n',
        "utf-8",
    )
    book = small_book(tests=("なくしました",))
    known = {entry.id for entry in book.entries}
    cases = cases_of(book, [file], {"天気は？": 9, "新しい": 2}, known)
    assert [(case.question.text, case.source) for case in cases] == [
        ("なくしました", TEST),
        ("天気は", GOLDEN),
        ("新しい", ASKED),
    ]
    assert cases[-1].times == 2 and not cases[-1].is_known


def test_two_models_decide_the_same_questions(small_model: FaqModel) -> None:  # noqa: F811
    book = small_book()
    more = Entry("weather", "天気", "今日の天気は？", "晴れ", ("明日は雨が降りますか", "気温"))
    grown = make_book((*book.entries, more), book.contacts, book.topics[1:])
    after = FaqModel(grown, Matcher.fit(examples_of(grown), Settings("letters", None)))
    cases = [golden(None, "今日の天気は？"), golden("may_discard", "捨てたい")]
    replayed = replay(cases, small_model, after)
    assert [one.before for one in replayed] == small_model.match_all(["今日の天気は？", "捨てたい"])
    (change,) = changes(replayed, frozenset({"weather"}))
    assert change.effect is Effect.ANSWERED
    assert change.as_dict()["after"]["entry"] == "weather"


def test_differences_of_two_books() -> None:
    before, after = small_book(), small_book(answer="新しい回答", examples=("なくした",))
    (one,) = differences(before, after)
    assert (one.section, one.id, one.kind) == ("entries", "reissue", "changed")
    assert set(one.values) == {"answer", "examples"}
    fewer = make_book(before.entries[1:], before.contacts, before.topics)
    (gone,) = differences(before, fewer)
    assert (gone.id, gone.kind) == (before.entries[0].id, "removed")
    assert differences(fewer, before)[0].kind == "added"
    assert differences(before, before) == []
