"""What was asked between two days is counted once, in the right week and hour, in Japan."""

from __future__ import annotations

import sqlite3
import tracemalloc
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.review import tables
from bot.review.counts import Counts, total
from bot.review.questions import in_japan, questions
from bot.review.statistics import Period, Statistics, count, monday
from bot.review.store import LookupVerdict, ReviewStore, Turn, Verdict
from tests.review.usage import (
    ANSWERED,
    CHOICES,
    NO_MATCH,
    TAPPED,
    Conversation,
    fill,
    japan,
)

MONDAY = date(2026, 11, 2)
WEEK = Period(MONDAY, date(2026, 11, 8))
MORNING = japan("2026-11-04 09:59")


@pytest.fixture
def member(store: ReviewStore) -> Conversation:
    return Conversation(store, "c", MORNING)


def counted(store: ReviewStore, period: Period = WEEK) -> Statistics:
    return count(store.engine, period)


def test_each_question_is_counted_by_what_became_of_it(member: Conversation) -> None:
    member.asks(ANSWERED).asks(NO_MATCH).asks(CHOICES).asks(ANSWERED).asks(TAPPED)
    counts = counted(member.store).total
    assert counts == Counts(answered=2, picked=1, left=1, unanswered=1)
    assert (counts.asked, counts.answers, counts.offered) == (5, 3, 1)


def test_a_choice_that_is_taken_belongs_to_its_question(member: Conversation) -> None:
    member.asks(CHOICES, "may_discard").asks(TAPPED, "reissue", helpful=True)
    statistics = counted(member.store)
    assert statistics.total == Counts(taken=1, helpful=1)
    assert statistics.entries() == {"reissue": Counts(taken=1, helpful=1)}


def test_only_the_next_tap_takes_a_choice(member: Conversation) -> None:
    member.asks(CHOICES).asks(TAPPED).asks(TAPPED).asks(CHOICES).asks(ANSWERED).asks(TAPPED)
    assert counted(member.store).total == Counts(answered=1, taken=1, picked=2, left=1)


def test_a_tap_in_another_conversation_takes_nothing(store: ReviewStore) -> None:
    for name, outcome in (("a", CHOICES), ("b", TAPPED), ("a", NO_MATCH)):
        store.add_turn(Turn(name, outcome, None, outcome, "reissue", None, "ja"), MORNING)
    assert counted(store).total == Counts(picked=1, left=1, unanswered=1)


def test_a_choice_taken_after_midnight_belongs_to_the_day_before(store: ReviewStore) -> None:
    late = Conversation(store, "c", japan("2026-11-08 23:59"))
    late.asks(CHOICES).asks(TAPPED)
    assert counted(store).total == Counts(taken=1)
    assert counted(store, Period(date(2026, 11, 9), date(2026, 11, 9))).total == Counts()


def test_silence_is_neither_help_nor_harm(member: Conversation) -> None:
    member.asks(ANSWERED, helpful=True).asks(ANSWERED, helpful=False).asks(ANSWERED)
    member.asks(TAPPED)
    counts = counted(member.store).total
    assert (counts.helpful, counts.unhelpful, counts.rated, counts.silent) == (1, 1, 2, 2)
    assert (counts.rate("helpful").count, counts.rate("helpful").of) == (1, 2)
    assert (counts.rate("rated").count, counts.rate("rated").of) == (2, 4)


def test_what_is_said_of_a_reply_without_an_answer_stands_apart(member: Conversation) -> None:
    member.asks(NO_MATCH, helpful=False).asks(CHOICES, helpful=True).asks(ANSWERED)
    statistics = counted(member.store)
    assert statistics.total.rated == 0
    assert (statistics.of_no_answer, statistics.of_no_question) == (2, 0)


def test_a_verdict_on_no_known_question_stands_apart(member: Conversation) -> None:
    member.asks(ANSWERED)
    for message in (None, "unknown"):
        member.store.add_verdict(Verdict("c", message, "reissue", True), MORNING)
    member.store.add_verdict(Verdict("c", None, "reissue", True), japan("2026-11-09 00:00"))
    statistics = counted(member.store)
    assert statistics.total == Counts(answered=1)
    assert (statistics.of_no_answer, statistics.of_no_question) == (0, 2)


def test_a_later_verdict_counts_for_the_week_of_the_question(store: ReviewStore) -> None:
    Conversation(store, "c", japan("2026-11-08 23:50")).asks(ANSWERED)
    store.add_verdict(Verdict("c", "1", "reissue", True), japan("2026-11-09 00:10"))
    assert counted(store).total == Counts(answered=1, helpful=1)


def test_two_verdicts_that_arrived_at_once_count_as_the_later_one(member: Conversation) -> None:
    member.asks(ANSWERED, helpful=True)
    again = Verdict("c", "1", "reissue", False)
    with member.store.engine.begin() as connection:
        row = {"at": MORNING, "conversation": "c", "message": "1", "helpful": again.helpful}
        connection.execute(tables.verdicts.insert(), row)
    assert counted(member.store).total == Counts(answered=1, unhelpful=1)


def test_the_period_is_whole_days_in_japan(store: ReviewStore) -> None:
    for number, at in enumerate(
        ("2026-11-01 23:59", "2026-11-02 00:00", "2026-11-08 23:59", "2026-11-09 00:00")
    ):
        Conversation(store, f"c{number}", japan(at)).asks(ANSWERED)
    statistics = counted(store)
    assert statistics.total.asked == 2
    assert [hour for hour, counts in statistics.hours().items() if counts.asked] == [0, 23]


def test_the_hour_is_the_one_in_which_it_was_asked(member: Conversation) -> None:
    member.asks(CHOICES).asks(TAPPED).asks(ANSWERED)  # 9:59, 10:00, 10:01
    hours = counted(member.store).hours()
    assert len(hours) == 24
    assert (hours[9], hours[10]) == (Counts(taken=1), Counts(answered=1))


def test_weeks_begin_on_monday_and_those_without_questions_are_there(store: ReviewStore) -> None:
    for at in ("2026-11-08 12:00", "2026-11-09 12:00", "2026-11-24 12:00"):
        Conversation(store, at, japan(at)).asks(ANSWERED)
    weeks = counted(store, Period(date(2026, 11, 5), date(2026, 11, 24))).weeks()
    assert [(str(week.first), str(week.last), week.days) for week in weeks] == [
        ("2026-11-05", "2026-11-08", 4),
        ("2026-11-09", "2026-11-15", 7),
        ("2026-11-16", "2026-11-22", 7),
        ("2026-11-23", "2026-11-24", 2),
    ]
    assert [counts.asked for counts in weeks.values()] == [1, 1, 0, 1]


def test_a_week_may_reach_over_the_turn_of_the_year() -> None:
    assert monday(date(2027, 1, 3)) == date(2026, 12, 28)
    assert len(Period(date(2026, 12, 28), date(2027, 1, 3)).weeks()) == 1


def test_entries_are_those_shown_or_else_the_likeliest(member: Conversation) -> None:
    member.asks(ANSWERED, "a").asks(CHOICES, "b").asks(NO_MATCH, "b").asks(NO_MATCH, None)
    member.asks(NO_MATCH, None).asks(NO_MATCH, None).asks(ANSWERED, "gone_from_the_faq")
    entries = counted(member.store).entries()
    assert list(entries) == ["b", "a", "gone_from_the_faq", None]
    assert entries["b"] == Counts(left=1, unanswered=1)
    assert entries[None] == Counts(unanswered=3)


def test_entries_of_one_week(store: ReviewStore) -> None:
    for at, entry in (("2026-11-08 12:00", "a"), ("2026-11-09 12:00", "b")):
        Conversation(store, at, japan(at)).asks(ANSWERED, entry)
    statistics = counted(store, Period(MONDAY, date(2026, 11, 15)))
    assert [list(statistics.entries(week)) for week in statistics.weeks()] == [["a"], ["b"]]


def test_languages_are_of_what_was_typed(member: Conversation) -> None:
    member.asks(ANSWERED).asks(ANSWERED).asks(CHOICES, language="en").asks(TAPPED).asks(TAPPED)
    languages = counted(member.store).languages()
    assert languages == {"ja": Counts(answered=2), "en": Counts(taken=1)}
    assert list(languages) == ["ja", "en"]


def test_lookups_are_counted_by_week_verdict_and_entry(store: ReviewStore) -> None:
    for at in ("2026-11-01 23:59", "2026-11-02 00:00", "2026-11-08 23:59"):
        store.add_lookup(LookupVerdict("再交付", ("a",), "found", "a"), japan(at))
    store.add_lookup(LookupVerdict("天気", ("a",), "missing"), MORNING)
    assert counted(store).lookups == {
        (MONDAY, "found", "a"): 2,
        (MONDAY, "missing", None): 1,
    }


def test_all_tables_count_the_same_questions(store: ReviewStore) -> None:
    fill(store, japan("2026-10-26 00:00"), days=28, conversations=300)
    statistics = counted(store, Period(date(2026, 10, 26), date(2026, 11, 22)))
    whole = statistics.total
    assert whole.asked > 300 and whole.rated > 30
    assert total(statistics.weeks().values()) == whole
    assert total(statistics.hours().values()) == whole
    assert total(statistics.entries().values()) == whole
    assert whole.asked - whole.picked == total(statistics.languages().values()).asked
    tapped = sum(turn.outcome == TAPPED for turn in store.turns())
    assert whole.taken + whole.picked == tapped
    assert whole.offered == sum(turn.outcome == CHOICES for turn in store.turns())


def test_nobody_asked(store: ReviewStore) -> None:
    statistics = counted(store)
    assert statistics.total == Counts()
    assert statistics.entries() == statistics.languages() == statistics.lookups == {}


def test_memory_does_not_grow_with_the_questions(store: ReviewStore, file: Path) -> None:
    """60,000 turns as Python holds them would be 30 MB."""
    with closing(sqlite3.connect(file)) as database:
        database.executemany(
            "insert into turns values (?, '2026-11-03 12:00:00.000000', ?, ?, ?, 'answer',"
            " 'reissue', 0.9, 'ja')",
            ((n, f"c{n // 3}", str(n), "お知らせをなくしました") for n in range(60_000)),
        )
        database.commit()
    counted(store)
    tracemalloc.start()
    assert counted(store).total.asked == 60_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8_000_000


def test_a_database_that_keeps_the_zone_means_the_same_moment() -> None:
    """PostgreSQL gives times back in whatever zone the connection has."""
    at = datetime(2026, 11, 8, 15, 30, tzinfo=timezone.utc)
    assert in_japan(at) == at
    assert in_japan(at).isoformat() == "2026-11-09T00:30:00+09:00"
    assert in_japan(datetime(2026, 11, 9, 0, 30)) == at


def test_questions_say_what_became_of_them(member: Conversation) -> None:
    member.asks(CHOICES, "a", language="en").asks(TAPPED, "b", helpful=False)
    with member.store.engine.connect() as connection:
        start, end = MORNING - timedelta(days=1), MORNING + timedelta(days=1)
        (question,) = questions(connection, start, end)
    assert (question.at, question.outcome, question.entry) == (MORNING, "taken", "b")
    assert (question.language, question.helpful, question.has_answer) == ("en", False, True)


def test_no_text_is_read(member: Conversation) -> None:
    member.asks(ANSWERED, helpful=True, text="とても個人的なこと", comment="とても個人的なこと")
    statements: list[str] = []

    def note(*event: object) -> None:
        statements.append(str(event[2]))

    sa.event.listen(member.store.engine, "before_cursor_execute", note)
    counted(member.store)
    assert statements
    assert not [s for s in statements if ".text" in s or "comment" in s or "query" in s]
