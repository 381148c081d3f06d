"""``faq review``: the list, and what staff decide at the terminal."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import clock
from bot.cli.main import main
from bot.faq.entry import Topic
from bot.faq.load import load_book
from bot.review.decisions import Decision, Decisions
from bot.review.store import LookupVerdict, ReviewStore, Turn
from tests.channels.site import copy_of

KEPT = "お知らせの紙はどれくらい手元に置けばいいの"
PAPER = "紙のお知らせ、いつまで手元に置いておけばいいの？"
ALLOWANCE = "傷病手当金の申請書はどこにありますか"
NUMBER = "［個人番号］で資格を調べてください"
SPOKEN = "¿Puedo tirar el aviso a la basura?"


@pytest.fixture(scope="module")
def trained(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(project, tmp_path_factory.mktemp("review"))


@pytest.fixture
def folder(trained: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A trained project, its content as it was."""
    monkeypatch.chdir(trained)
    before = {file: file.read_bytes() for file in (trained / "data").iterdir()}
    yield trained
    for file, content in before.items():
        file.write_bytes(content)
    for file in (trained / "var").glob("review.db*"):
        file.unlink()


@pytest.fixture
def store(folder: Path) -> Iterator[ReviewStore]:
    store = ReviewStore.open()
    for number, text in enumerate((KEPT, KEPT, PAPER, KEPT, ALLOWANCE, ALLOWANCE, NUMBER, SPOKEN)):
        language = "es" if text is SPOKEN else "ja"
        turn = Turn(f"c{number}", "1", text, "no_match", None, 0.1, language)
        store.add_turn(turn, clock.now())
    yield store
    store.engine.dispose()


Answer = Callable[..., str]


@pytest.fixture
def answering(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Answer:
    """Runs the command with these lines as its input; returns what it prints."""

    def answer(*lines: str, status: int = 0) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        assert main(["review", "--by", "山田"]) == status
        return capsys.readouterr().out

    return answer


def decided(store: ReviewStore) -> dict[str, Decision]:
    return dict(Decisions(store.engine).latest())


def examples(folder: Path, entry: str) -> tuple[str, ...]:
    return load_book(folder / "data").entry(entry).examples


def test_the_list_says_how_many_ask_what_and_why(
    store: ReviewStore, capsys: pytest.CaptureFixture[str]
) -> None:
    store.add_lookup(LookupVerdict(ALLOWANCE, ("reissue",), "missing"))
    assert main(["review", "--list"]) == 0
    shown = capsys.readouterr().out
    first, *rest = shown.split("\n\n")
    assert first == "判断を待っている質問: 4 まとまり（5 件、直近 28 日）"
    assert rest[0].startswith("1. 4人  最後 ")
    assert "回答なし 4件" in rest[0]
    assert KEPT in rest[0] and PAPER in rest[0]
    assert "→ " in rest[0] and "may_discard" in rest[0]
    assert "回答なし 2件、該当なし（担当者） 1件" in rest[1]
    assert "→ 対象外「" in rest[1]
    assert "［スペイン語］" in shown


def test_the_list_as_json_is_what_the_page_gets(
    store: ReviewStore, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", "--json", "--days", "7"]) == 0
    queue = json.loads(capsys.readouterr().out)
    assert queue["days"] == 7
    assert queue["waiting"] == {"groups": 4, "questions": 5, "left_out": 0}
    assert queue["groups"][0]["candidates"][0]["id"] == "may_discard"
    assert queue["read_only"] is None
    assert queue["unpublished"] is False


def test_without_questions_it_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review"]) == 0
    assert capsys.readouterr().out == "直近 28 日に、判断を待っている質問はありません。\n"


def test_a_group_becomes_examples_of_the_likeliest_entry(
    answering: Answer, folder: Path, store: ReviewStore
) -> None:
    shown = answering("a", "q")
    assert {KEPT, PAPER} <= set(examples(folder, "may_discard"))
    assert "の may_discard に追加しました（2 件）。" in shown
    assert "4 まとまりのうち 1 を判断しました（言い方として追加 1）。" in shown
    assert shown.endswith("faq publish で公開すると、利用者への回答に反映されます。\n")
    assert {one.by for one in decided(store).values()} == {"山田"}
    assert KEPT not in answering("q")


def test_another_entry_is_chosen_by_number_or_id(answering: Answer, folder: Path) -> None:
    shown = answering("reissue", "2", "hotline", "x", "a")
    assert "a・n・o・s・i・e・q か、追加先の番号を入れてください。" in shown
    assert KEPT in examples(folder, "hotline")


def test_a_text_is_mended_left_out_or_taken_away(
    answering: Answer, folder: Path, store: ReviewStore
) -> None:
    answering("e", "1", "直した言い方です", "e", "2", "x", "a", "q")
    assert "直した言い方です" in examples(folder, "may_discard")
    (one,) = decided(store).values()
    assert one.what == "example"
    assert not {KEPT, PAPER} & set(examples(folder, "may_discard"))


def test_a_text_may_be_decided_about_without_being_added(
    answering: Answer, folder: Path, store: ReviewStore
) -> None:
    shown = answering("e", "2", "-", "a", "q")
    assert "同じまとまりのほか 1 件は、追加せずに判断済みにしました。" in shown
    assert len(decided(store)) == 2
    assert len({KEPT, PAPER} & set(examples(folder, "may_discard"))) == 1


def test_a_text_with_marks_has_to_be_mended(answering: Answer, folder: Path) -> None:
    at = [g["representative"] for g in as_json()].index(NUMBER)
    steps = ["s"] * at + [
        "reissue",
        "a",
        "e",
        "1",
        NUMBER,
        "a",
        "e",
        "1",
        "番号で資格を調べられますか",
        "a",
    ]
    shown = answering(*steps)
    assert "※番号を伏せています。直すまで追加できません" in shown
    assert "追加する文がありません。" in shown
    assert "番号を伏せた文は、そのままでは追加できません。" in shown
    assert "番号で資格を調べられますか" in examples(folder, "reissue")


def as_json() -> list[dict[str, Any]]:
    from bot.match.archive import load_served
    from bot.review.desk import Desk

    desk = Desk(ReviewStore.open().engine, Path("data"), load_served())
    return list(desk.as_dict(desk.content(), 28)["groups"])


def test_a_new_entry_is_asked_for_line_by_line(answering: Answer, folder: Path) -> None:
    shown = answering(
        *("n", "how long", "1", "", "答え", ""),  # no id: refused, and asked again
        *(
            "n",
            "how_long_to_keep",
            "1",
            "どれだけ保管しますか",
            "1年です。",
            "長くても構いません。",
            "",
        ),
        *("how_long_to_keep", "q"),  # the next group may get it, too
    )
    assert "id に「how long」が見つかりました" in shown
    book = load_book(folder / "data")
    entry = book.entry("how_long_to_keep")
    assert (entry.question, entry.answer) == (
        "どれだけ保管しますか",
        "1年です。\n長くても構いません。",
    )
    assert entry.category == book.entries[0].category
    assert {KEPT, PAPER} <= set(entry.examples)
    assert entry.reviewed == clock.today()
    assert "追加先: どれだけ保管しますか（how_long_to_keep）" in shown
    assert "新しい項目 1" in shown


def test_out_of_scope_goes_to_a_near_topic_or_a_new_one(answering: Answer, folder: Path) -> None:
    shown = answering("s", "o", "1", "o", "n", "lost_paper", "紙の話", "2", "q")
    book = load_book(folder / "data")
    assert any(ALLOWANCE in topic.examples for topic in book.topics)
    assert book.topic("lost_paper") == Topic("lost_paper", "紙の話", "elsewhere", (SPOKEN,))
    assert "（対象外 2、あとで 1）" in shown


def test_what_is_given_up_changes_nothing(
    answering: Answer, folder: Path, store: ReviewStore
) -> None:
    before = (folder / "data/faq.yml").read_bytes()
    shown = answering("n", "", "o", "", "o", "n", "", "e", "9", "n", "id_only")
    assert shown.count("やめました。") == 4
    assert (folder / "data/faq.yml").read_bytes() == before
    assert decided(store) == {}
    assert "4 まとまりのうち 0 を判断しました。\n" in shown
    assert "faq publish" not in shown


def test_skipped_and_ignored_ones_are_gone(answering: Answer, store: ReviewStore) -> None:
    shown = answering("s", "i", "q")
    assert "今後出さない 1、あとで 1" in shown
    assert {one.what for one in decided(store).values()} == {"skip", "ignore"}
    assert "2 まとまり" in answering("q")


def test_what_somebody_else_decided_meanwhile_is_said(
    answering: Answer, store: ReviewStore, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    before = (folder / "data/faq.yml").read_bytes()
    read = Decisions.latest

    def read_and_let_another(self: Decisions) -> Any:
        found = read(self)
        keys = ["お知らせの紙はどれくらい手元に置けばいいの"]
        self.add(keys, "out_of_scope", "some_topic", "佐藤")
        return found

    monkeypatch.setattr(Decisions, "latest", read_and_let_another)
    shown = answering("a", "q")
    assert "すでに佐藤さんが「対象外」にしました" in shown
    assert "── 2/4" in shown  # and on it goes
    assert (folder / "data/faq.yml").read_bytes() == before


def test_broken_content_ends_it(
    store: ReviewStore, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "data/faq.yml").write_text("entries: []\n", "utf-8")
    assert main(["review"]) == 1
    assert "直してからもう一度実行してください。" in capsys.readouterr().err


def test_where_nothing_can_be_written_only_the_list_is_shown(
    store: ReviewStore,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("bot.review.reviewer.os.access", lambda *_: False)
    assert main(["review", "--list"]) == 0
    assert main(["review"]) == 1
    assert "data に書き込めないため" in capsys.readouterr().err


@pytest.mark.parametrize("days", ["0", "367", "x", "-1", "１"])
def test_other_periods_are_refused(days: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["review", "--days", days])
    assert "1 から 366 までの整数" in capsys.readouterr().err
