"""A decision edits the content and is noted; killed at any moment, the files are old or new."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.faq import topics
from bot.faq.entry import Entry, Topic
from bot.faq.fault import FaqError
from bot.faq.files import locked
from bot.faq.load import load_book
from bot.review.decisions import KINDS, AlreadyDecidedError, Decisions
from bot.review.reviewer import (
    MOST_TEXTS,
    About,
    ReadOnlyError,
    RefusedError,
    Reviewer,
    refuse_read_only,
)
from bot.review.store import ReviewStore
from tests.conftest import ROOT
from tests.review.questions_asked import NOW, read
from tests.review.usage import NO_MATCH, Conversation

BOOK = ROOT / "tests/faq/book"
ABOUT = About(("いつ届きますか",), "山田")
ENTRY = Entry(
    "arrival",
    "お届け",
    "いつ届きますか。",
    "来月です。\n遅れることもあります。",
    ("いつ届くの", "到着予定"),
    reviewed=date(2026, 11, 24),
)
TOPIC = Topic("parking", "駐車場", "elsewhere", ("駐車場はありますか",))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(BOOK, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def reviewer(data: Path, store: ReviewStore) -> Reviewer:
    return Reviewer(data, Decisions(store.engine))


def decided(reviewer: Reviewer) -> list[tuple[str, str, str | None, str | None]]:
    found = reviewer.decisions.latest().values()
    return [(one.question, one.what, one.target, one.by) for one in found]


def content(data: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in data.glob("*.yml")}


def comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.lstrip().startswith("#")]


def test_a_wording_goes_behind_the_others_and_is_noted(reviewer: Reviewer, data: Path) -> None:
    before = (data / "faq.yml").read_text("utf-8")
    written = reviewer.add_examples(ABOUT, "may_discard", ["  すてても\u3000だいじょうぶ？ "])
    assert (written.target, written.texts) == ("may_discard", ("すてても だいじょうぶ？",))
    after = (data / "faq.yml").read_text("utf-8")
    new = after.replace("      - すてても だいじょうぶ？\n", "")
    assert new == before
    assert after.index("sutetemo ii?") < after.index("すてても だい")
    line = int(written.where.rpartition(":")[2])
    assert written.where == f"{data}/faq.yml:{line}"
    assert after.splitlines()[line - 1].strip() == "- 捨ててもいいですか"  # the first of them
    assert decided(reviewer) == [("いつ届きますか", "example", "may_discard", "山田")]


def test_a_new_entry_is_one_that_loads(reviewer: Reviewer, data: Path) -> None:
    before = (data / "faq.yml").read_text("utf-8")
    written = reviewer.add_entry(ABOUT, ENTRY)
    after = (data / "faq.yml").read_text("utf-8")
    line = int(written.where.rpartition(":")[2])
    assert after.splitlines()[line - 1].strip() == "- id: arrival"
    assert after.startswith(before)
    entry = load_book(data).entry("arrival")
    assert (entry.answer.strip(), entry.examples) == (ENTRY.answer, ENTRY.examples)
    assert entry.reviewed == ENTRY.reviewed
    assert decided(reviewer) == [("いつ届きますか", "new_entry", "arrival", "山田")]


def test_out_of_scope_goes_to_a_topic_or_makes_one(reviewer: Reviewer, data: Path) -> None:
    reviewer.add_topic_examples(ABOUT, "sickness_allowance", ["手当 いくら"])
    reviewer.add_topic(About(("駐車場",)), TOPIC)
    book = load_book(data)
    assert "手当 いくら" in book.topic("sickness_allowance").examples
    assert book.topic("parking") == TOPIC
    assert {one[1:] for one in decided(reviewer)} == {
        ("out_of_scope", "sickness_allowance", "山田"),
        ("out_of_scope", "parking", None),
    }


def test_to_skip_and_to_ignore_edit_nothing(reviewer: Reviewer, data: Path) -> None:
    before = content(data)
    reviewer.skip(ABOUT)
    reviewer.ignore(ABOUT)  # what was put off may be decided
    assert content(data) == before
    assert decided(reviewer) == [("いつ届きますか", "ignore", None, "山田")]


def test_the_second_learns_who_was_first(reviewer: Reviewer, data: Path) -> None:
    reviewer.add_topic(ABOUT, TOPIC)
    before = content(data)
    about = About(("別の質問", *ABOUT.questions), "佐藤")
    for work in (
        lambda: reviewer.add_examples(about, "may_discard", ["新しい言い方"]),
        lambda: reviewer.skip(about),
    ):
        with pytest.raises(AlreadyDecidedError, match="すでに山田さんが「対象外」にしました"):
            work()
    assert content(data) == before
    assert len(decided(reviewer)) == 1


def test_a_nameless_decider_is_another_person(reviewer: Reviewer) -> None:
    reviewer.ignore(About(ABOUT.questions))
    with pytest.raises(AlreadyDecidedError, match="すでにほかの担当者が「今後出さない」に"):
        reviewer.ignore(ABOUT)


def test_a_long_name_is_cut_to_what_the_table_holds(reviewer: Reviewer) -> None:
    reviewer.ignore(About(ABOUT.questions, "名" * 100))
    assert decided(reviewer)[0][3] == "名" * 64


def test_of_many_at_once_one_decides(reviewer: Reviewer, data: Path) -> None:
    def decide(number: int) -> bool:
        try:
            reviewer.add_examples(
                About(ABOUT.questions, str(number)), "may_discard", [f"言い方{number}"]
            )
        except AlreadyDecidedError:
            return False
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(decide, range(12))) == 1
    new = set(load_book(data).entry("may_discard").examples) - set(
        load_book(BOOK).entry("may_discard").examples
    )
    assert len(new) == 1


@pytest.mark.parametrize(
    "text",
    ["番号は［個人番号］です", "［記号・番号］で引けますか", "123456789012 は誰の番号", "", "？！"],
)
def test_numbers_and_nothing_are_no_wordings(reviewer: Reviewer, data: Path, text: str) -> None:
    before = content(data)
    for work in (
        lambda: reviewer.add_examples(ABOUT, "may_discard", ["よい文", text]),
        lambda: reviewer.add_topic_examples(ABOUT, "sickness_allowance", [text]),
        lambda: reviewer.add_topic(ABOUT, Topic("parking", "駐車場", "elsewhere", (text,))),
        lambda: reviewer.add_entry(ABOUT, Entry("arrival", "お届け", "いつ", "来月", (text,))),
    ):
        with pytest.raises(RefusedError):
            work()
    assert content(data) == before
    assert decided(reviewer) == []


def test_what_makes_no_sense_is_refused(reviewer: Reviewer) -> None:
    with pytest.raises(RefusedError, match="質問が1つも"):
        reviewer.skip(About(()))
    with pytest.raises(RefusedError, match="項目 nowhere が"):
        reviewer.add_examples(ABOUT, "nowhere", ["文"])
    with pytest.raises(RefusedError, match="話題 nowhere が"):
        reviewer.add_topic_examples(ABOUT, "nowhere", ["文"])
    with pytest.raises(RefusedError, match="id may_discard の項目は、もう"):
        reviewer.add_entry(ABOUT, Entry("may_discard", "分類", "問", "答", ("文",)))
    with pytest.raises(RefusedError, match="id noise の話題は、もう"):
        reviewer.add_topic(ABOUT, Topic("noise", "名", "near", ("文",)))
    with pytest.raises(RefusedError, match=f"{MOST_TEXTS} 件まで"):
        reviewer.add_examples(ABOUT, "may_discard", [f"文{n}" for n in range(MOST_TEXTS + 1)])
    assert decided(reviewer) == []


def test_a_wording_of_another_entry_is_named(reviewer: Reviewer, data: Path) -> None:
    before = content(data)
    with pytest.raises(FaqError, match=r"〔check_on_portal〕 .*「見方を教えて」は、may_discard の"):
        reviewer.add_examples(ABOUT, "may_discard", ["見方を、教えて！"])
    assert content(data) == before
    assert decided(reviewer) == []


def test_faults_that_were_there_before_stop_an_edit(reviewer: Reviewer, data: Path) -> None:
    text = (data / "faq.yml").read_text("utf-8")
    (data / "faq.yml").write_text(text.replace("[portal_url]", "[nowhere]"), "utf-8")
    with pytest.raises(FaqError, match="nowhere"):
        reviewer.add_examples(ABOUT, "may_discard", ["新しい言い方"])
    assert decided(reviewer) == []


def test_what_an_interrupted_decision_has_added_is_not_added_twice(
    reviewer: Reviewer, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Decisions, "add", die)
        with pytest.raises(KeyboardInterrupt):
            reviewer.add_examples(ABOUT, "may_discard", ["新しい言い方"])
    before = content(data)
    assert decided(reviewer) == []
    written = reviewer.add_examples(ABOUT, "may_discard", ["新しい言い方"])
    assert written.texts == ()
    assert content(data) == before
    assert len(decided(reviewer)) == 1


def test_a_decided_question_is_out_of_the_queue_at_once(
    reviewer: Reviewer, data: Path, store: ReviewStore
) -> None:
    Conversation(store, "c1", NOW).asks(NO_MATCH, text="いつ、届きますか")
    assert read(store, load_book(data)).questions == 1
    reviewer.add_examples(ABOUT, "may_discard", ["直した文"])
    assert read(store, load_book(data)).questions == 0


def test_where_files_cannot_be_replaced_nothing_is_tried(
    reviewer: Reviewer, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_read_only(data)
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda folder, mode: Path(folder) != data)
        for work in (
            lambda: reviewer.add_examples(ABOUT, "may_discard", ["文"]),
            lambda: reviewer.ignore(ABOUT),
        ):
            with pytest.raises(ReadOnlyError, match="書き込めない"):
                work()
    assert decided(reviewer) == []
    with pytest.raises(ReadOnlyError):
        refuse_read_only(data / "nowhere")


def test_every_kind_of_topic_has_a_name() -> None:
    assert set(KINDS) == set(topics.KINDS)


# ---- Killed at any moment

POINTS = 20
WORKER = """
import sys
from pathlib import Path
from bot.review.decisions import Decisions
from bot.review.reviewer import About, Reviewer
from bot.review.store import ReviewStore

data, database = Path(sys.argv[1]), sys.argv[2]
reviewer = Reviewer(data, Decisions(ReviewStore.open(f"sqlite:///{database}").engine))
print("ready", flush=True)
for number in range(1000):
    about = About((f"質問{number}",), "山田")
    if number % 2:
        reviewer.add_topic_examples(about, "sickness_allowance", [f"手当の質問{number}"])
    else:
        reviewer.add_examples(about, "may_discard", [f"捨てる質問{number}"])
"""


@pytest.mark.parametrize("point", range(POINTS))
def test_killed_while_accepting_the_files_are_old_or_new(
    data: Path, file: Path, store: ReviewStore, point: int
) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(data), str(file)], stdout=subprocess.PIPE, cwd=ROOT
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"ready\n"
    time.sleep(random.Random(point).uniform(0, 0.15))  # some ten edits
    worker.send_signal(signal.SIGKILL)
    worker.stdout.close()
    assert worker.wait() == -signal.SIGKILL
    kept = content(data)
    entries = added(kept["faq.yml"], "捨てる質問")
    allowances = added(kept["out_of_scope.yml"], "手当の質問")
    assert entries == list(range(0, 2 * len(entries), 2))
    assert allowances == list(range(1, 2 * len(allowances), 2))
    assert len(entries) - len(allowances) in (0, 1)
    assert kept == after(len(entries), len(allowances))
    with closing(sqlite3.connect(file)) as database:
        ((noted,),) = database.execute("select count(*) from decisions").fetchall()
    assert len(entries) + len(allowances) - noted in (0, 1)  # written first, then noted
    load_book(data)
    Reviewer(data, Decisions(store.engine)).ignore(ABOUT)  # nothing stays locked
    assert not list(data.glob(".faq-*"))


def added(content: bytes, words: str) -> list[int]:
    """The numbers of the wordings that the worker has added, in the order of the file."""
    lines = content.decode("utf-8").splitlines()
    return [int(line.rpartition(words)[2]) for line in lines if words in line]


def after(entries: int, allowances: int) -> dict[str, bytes]:
    """The files, byte by byte, as so many additions make them."""
    made = {name: file.decode("utf-8") for name, file in content(BOOK).items()}
    lines = "".join(f"      - 捨てる質問{2 * n}\n" for n in range(entries))
    made["faq.yml"] = made["faq.yml"].replace(
        "      - sutetemo ii?\n", f"      - sutetemo ii?\n{lines}"
    )
    if allowances:
        made["out_of_scope.yml"] = _with_allowances(allowances, made["out_of_scope.yml"])
    return {name: text.encode("utf-8") for name, text in made.items()}


def _with_allowances(count: int, text: str) -> str:
    old = "    examples: [傷病手当金はいつ出ますか, 休職中の手当]\n"
    assert old in text
    texts = [
        "傷病手当金はいつ出ますか",
        "休職中の手当",
        *(f"手当の質問{2 * n + 1}" for n in range(count)),
    ]
    return text.replace(old, "    examples:\n" + "".join(f"      - {one}\n" for one in texts))


def test_an_edit_waits_for_another(reviewer: Reviewer, data: Path) -> None:
    done = threading.Event()

    def work() -> None:
        reviewer.add_examples(ABOUT, "may_discard", ["新しい言い方"])
        done.set()

    with locked(data):
        threading.Thread(target=work, daemon=True).start()
        assert not done.wait(0.3)
    assert done.wait(5)
