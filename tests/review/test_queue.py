"""What waits for a decision: the right questions, counted and put in order."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot import clock
from bot.faq.entry import Entry, FaqBook, Topic
from bot.faq.store import make_book
from bot.review import queue as queue_module
from bot.review.decisions import WORDS, Decisions
from bot.review.store import LookupVerdict, ReviewStore, Verdict
from tests.review.questions_asked import DAY, NOW, read, texts
from tests.review.usage import ANSWERED, CHOICES, NO_MATCH, TAPPED, Conversation

HOUR = timedelta(hours=1)


@pytest.fixture
def book() -> FaqBook:
    entry = Entry(
        "reissue", "お知らせ", "再交付できますか", "できます。", ("なくした",), tests=("紛失",)
    )
    topic = Topic("allowance", "手当", "near", ("手当がほしい",))
    return make_book((entry,), (), (topic,))


def member(store: ReviewStore, id: str = "c1", at: datetime = NOW - DAY) -> Conversation:
    return Conversation(store, id, at)


def test_a_question_without_an_answer_waits(store: ReviewStore, book: FaqBook) -> None:
    member(store).asks(NO_MATCH, None, text="届きません")
    (group,) = read(store, book).groups
    assert (group.representative, group.people, group.reasons) == ("届きません", 1, {"no_match": 1})
    assert group.last == NOW - DAY


def test_an_answer_waits_where_it_did_not_help(store: ReviewStore, book: FaqBook) -> None:
    member(store).asks(ANSWERED, helpful=False, text="いや")
    member(store, "c2").asks(ANSWERED, helpful=True, text="はい")
    member(store, "c3").asks(ANSWERED, text="無言")
    (group,) = read(store, book).groups
    assert (group.representative, group.reasons) == ("いや", {"unhelpful": 1})
    assert group.shown == {"reissue": 1}


def test_choices_wait_where_nobody_took_one(store: ReviewStore, book: FaqBook) -> None:
    member(store, "taken").asks(CHOICES, text="取る").asks(TAPPED)
    member(store, "left").asks(CHOICES, text="去る")
    member(store, "other").asks(
        CHOICES,
        text="次へ",
    ).asks(ANSWERED, text="答え")
    member(store, "bad").asks(CHOICES, text="外れ").asks(TAPPED, "hotline", helpful=False)
    member(store, "now", NOW - timedelta(minutes=5)).asks(CHOICES, text="迷い中")
    found = {g.representative: (dict(g.reasons), dict(g.shown)) for g in read(store, book).groups}
    assert found == {
        "去る": ({"not_taken": 1}, {}),
        "次へ": ({"not_taken": 1}, {}),
        "外れ": ({"unhelpful": 1}, {"hotline": 1}),
    }


def test_agents_wait_too(store: ReviewStore, book: FaqBook) -> None:
    for query, verdict in (("足りない", "missing"), ("違う", "wrong"), ("合う", "found")):
        entry = None if verdict == "missing" else "reissue"
        store.add_lookup(LookupVerdict(query, ("reissue",), verdict, entry), NOW - DAY)
    found = {g.representative: (dict(g.reasons), dict(g.shown)) for g in read(store, book).groups}
    assert found == {
        "足りない": ({"missing": 1}, {}),
        "違う": ({"wrong": 1}, {"reissue": 1}),
    }


def test_a_verdict_given_twice_at_the_same_moment_counts_once(
    store: ReviewStore, book: FaqBook
) -> None:
    member(store).asks(ANSWERED, text="いや")
    with store.engine.begin() as connection:
        for helpful in (True, False):
            values = ("2026-11-23 12:00:00.000000", "c1", "1", "reissue", helpful)
            connection.exec_driver_sql(
                "insert into verdicts (at, conversation, message, entry, helpful)"
                " values (?, ?, ?, ?, ?)",
                values,
            )
    (group,) = read(store, book).groups
    assert group.reasons == {"unhelpful": 1}


def test_one_question_in_several_spellings_is_one(store: ReviewStore, book: FaqBook) -> None:
    member(store, "c1", NOW - 3 * DAY).asks(NO_MATCH, text="ﾄﾄﾞｷﾏｾﾝ！")
    member(store, "c2", NOW - DAY).asks(NO_MATCH, text="トドキマセン").asks(
        NO_MATCH, text="トドキマセン。"
    )
    (question,) = read(store, book).groups[0].questions
    assert question.text == "トドキマセン。"
    assert len(question.who) == 2
    assert question.reasons == {"no_match": 3}


def test_groups_come_by_people_then_by_time(store: ReviewStore, book: FaqBook) -> None:
    first = member(store, "c0").asks(NO_MATCH, text="あ1")
    for number, text in enumerate(("あ2", "い1", "う1", "あ2"), 1):
        member(store, f"c{number}", NOW - DAY + number * HOUR).asks(NO_MATCH, text=text)
    first.at = NOW - HOUR
    first.asks(NO_MATCH, text="あ3")  # the same person again
    assert texts(read(store, book)) == [["あ2", "あ3", "あ1"], ["う1"], ["い1"]]
    assert [group.people for group in read(store, book).groups] == [3, 1, 1]


def test_languages_are_grouped_apart(store: ReviewStore, book: FaqBook) -> None:
    member(store, "c1").asks(NO_MATCH, text="Aは何ですか")
    member(store, "c2").asks(NO_MATCH, text="A question", language="en")
    assert sorted(texts(read(store, book))) == [["A question"], ["Aは何ですか"]]


@pytest.mark.parametrize(
    "text", ["再交付できますか？", "ナクシタ", "紛失", "手当がほしい。", "🙂", "？！"]
)
def test_what_the_content_knows_and_marks_alone_do_not_wait(
    store: ReviewStore, book: FaqBook, text: str
) -> None:
    text = text.replace("ナクシタ", "なくした…")
    member(store).asks(NO_MATCH, text=text)
    assert read(store, book).groups == ()


def test_only_the_period_counts(store: ReviewStore, book: FaqBook) -> None:
    member(store, "c1", NOW - 3 * DAY).asks(NO_MATCH, text="前")
    member(store, "c2", NOW - DAY).asks(NO_MATCH, text="後")
    assert texts(read(store, book, since=NOW - 2 * DAY)) == [["後"]]


@pytest.mark.parametrize("what", [what for what in WORDS if what != "skip"])
def test_a_settled_question_never_comes_back(store: ReviewStore, book: FaqBook, what: str) -> None:
    member(store).asks(NO_MATCH, text="届きません")
    Decisions(store.engine).add(["届きません"], what, None, None)
    assert read(store, book).groups == ()
    member(store, "c2", clock.now() + HOUR).asks(NO_MATCH, text="届きません")
    assert read(store, book).groups == ()


def test_a_question_put_off_comes_back_when_it_is_asked_again(
    store: ReviewStore, book: FaqBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    member(store).asks(NO_MATCH, text="届きません")
    monkeypatch.setattr(clock, "now", lambda: NOW - HOUR)
    Decisions(store.engine).add(["届きません"], "skip", None, None)
    assert read(store, book).groups == ()
    member(store, "c2", NOW - timedelta(minutes=5)).asks(NO_MATCH, text="届きません")
    assert texts(read(store, book)) == [["届きません"]]


def test_a_decision_goes_before_one_to_wait(store: ReviewStore, book: FaqBook) -> None:
    member(store).asks(NO_MATCH, text="届きません")
    decisions = Decisions(store.engine)
    decisions.add(["届きません"], "ignore", None, None)
    decisions.add(["届きません"], "skip", None, None)
    assert read(store, book).groups == ()


def test_beyond_the_limit_the_rarest_wait_for_another_time(
    store: ReviewStore, book: FaqBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "MOST", 2)
    for number, text in enumerate(("あ", "い", "い", "う", "う")):
        member(store, f"c{number}").asks(NO_MATCH, text=text)
    found = read(store, book)
    assert (sorted(texts(found)), found.questions, found.left_out) == ([["い"], ["う"]], 2, 1)


def test_a_verdict_without_its_question_is_passed_over(store: ReviewStore, book: FaqBook) -> None:
    store.add_verdict(Verdict("c1", None, "reissue", False), NOW - DAY)
    store.add_verdict(Verdict("c1", "gone", "reissue", False), NOW - DAY)
    assert read(store, book).groups == ()


def test_nobody_learns_who_asked(store: ReviewStore, book: FaqBook) -> None:
    member(store, "secret-conversation").asks(NO_MATCH, text="番号は［個人番号］です")
    (group,) = read(store, book).groups
    assert "secret" not in repr(group) + str(group.as_dict())
    assert group.as_dict()["questions"][0]["redacted"] is True
