"""``faq add``: asked piece by piece, shown as a whole, written or not."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from bot import clock
from bot.cli.main import main
from bot.cli.near import near_lines
from bot.faq.entry import Entry
from bot.faq.load import load_book
from tests.cli.terminal import Terminal
from tests.conftest import FAQ

QUESTION = "医療費のお知らせはいつ届きますか。"
# One line each: category, question, answer (two and an end), id, three suggestions, examples and
# an end, short, choice, contacts, links, source, reviewed, whether to write.
ANSWERS = {
    "category": ["2"],
    "question": [QUESTION],
    "answer": ["毎年2月に", "お送りします。", ""],
    "id": [""],
    "suggested": ["", "n", "いりょうひのおしらせがくるのはいつ"],
    "examples": ["医療費通知の時期", "医療費の通知はまだですか", ""],
    "short": ["2月です。", "."],
    "choice": [""],
    "contacts": ["hotline、foreign_language_line"],
    "links": [""],
    "source": ["業務マニュアル"],
    "reviewed": [""],
    "agreed": ["y"],
}


@pytest.fixture
def faq(project_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, tzinfo=clock.JAPAN))
    return project_folder / "data/faq.yml"


@pytest.fixture
def add(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    def run(**other: list[str]) -> int:
        lines = [line for key in ANSWERS for line in other.get(key, ANSWERS[key])]
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return main(["add"])

    return run


def test_what_is_answered_is_shown_and_written(
    faq: Path, add: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    before = faq.read_text()
    assert add() == 0
    added = """
  - id: iryouhi_oshirase
    category: マイナポータル
    question: 医療費のお知らせはいつ届きますか。
    answer: |
      毎年2月に
      お送りします。
    short: 2月です。
    contacts: [hotline, foreign_language_line]
    source: 業務マニュアル
    reviewed: 2026-11-24
    examples:
      - 医療費のお知らせはいつ届く？
      - いりょうひのおしらせがくるのはいつ
      - 医療費通知の時期
      - 医療費の通知はまだですか
"""
    assert faq.read_text() == before + added
    said = capsys.readouterr().out
    assert added in said
    assert "例文は 4 件です。5 件以上あると" in said
    assert said.endswith("faq check で注意を確かめてから、faq publish で公開してください。\n")
    assert load_book(faq.parent).entry("iryouhi_oshirase") == Entry(
        id="iryouhi_oshirase",
        category="マイナポータル",
        question=QUESTION,
        answer="毎年2月に\nお送りします。",
        examples=(
            *("医療費のお知らせはいつ届く？", "いりょうひのおしらせがくるのはいつ"),
            *("医療費通知の時期", "医療費の通知はまだですか"),
        ),
        short="2月です。",
        contacts=("hotline", "foreign_language_line"),
        source="業務マニュアル",
        reviewed=date(2026, 11, 24),
    )


def test_suggestions_are_wordings_of_the_question(
    faq: Path, add: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert add() == 0
    said = capsys.readouterr().out
    assert "くだけた言い方「医療費のお知らせはいつ届く？」" in said
    assert "言葉だけ「医療費 お知らせ 届く」" in said
    assert "ひらがな「いりょうひのおしらせはいつとどきますか」" in said


def test_no_suggestion_is_a_wording_that_is_there(
    faq: Path, add: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    faq.write_text(faq.read_text().replace("もういらないよね", "医療費 お知らせ 届く"))
    assert add(suggested=["", ""]) == 0
    assert "言葉だけ" not in capsys.readouterr().out


def test_all_suggestions_may_be_left(faq: Path, add: Callable[..., int]) -> None:
    assert add(suggested=["n", "いいえ", "Ｎ"], examples=["医療費通知", ""]) == 0
    assert load_book(faq.parent).entry("iryouhi_oshirase").examples == ("医療費通知",)


def test_a_new_category_and_an_own_id(
    faq: Path, add: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(category=["医療費"], id=["medical_costs"], reviewed=["n"]) == 0
    assert "  新しい分類です。" in capsys.readouterr().out
    entry = load_book(faq.parent).entry("medical_costs")
    assert (entry.category, entry.reviewed) == ("医療費", None)


@pytest.mark.parametrize("answer", ["", "n", "いいえ", "yes please"])
def test_nothing_is_written_without_a_clear_yes(
    answer: str, faq: Path, add: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    before = faq.read_bytes()
    assert add(agreed=[answer]) == 1
    assert "書き込みませんでした。何も変えていません。" in capsys.readouterr().out
    assert faq.read_bytes() == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"question": [""]}, "かならず必要です。"),
        ({"question": ["捨ててもいいですか"]}, "may_discard の例文（examples）と同じです"),
        ({"question": ["シュレッダーにかけたい"]}, "may_discard の例文（examples）と同じです"),
        ({"answer": [""]}, "かならず必要です。"),
        ({"id": ["Card!"]}, "id に「Card!」が見つかりました。"),
        ({"id": ["may_discard"]}, "id 「may_discard」はすでにあります。"),
        ({"id": ["noise"]}, "id 「noise」はすでにあります。"),
        ({"suggested": ["", "捨ててもいいですか"]}, "may_discard の例文（examples）と同じです"),
        ({"examples": [QUESTION]}, "もうあります。"),
        ({"suggested": ["n", "n", "n"], "examples": [""]}, "例文は1つ以上必要です。"),
        ({"short": ["長い" * 100, ""]}, "short が 200 文字あります。"),
        ({"choice": ["資格情報を画面で見たい"]}, "check_on_portal の choice と同じです"),
        ({"contacts": ["hotlin"]}, "「hotline」の間違いではありませんか。"),
        ({"links": ["hotline"]}, "links の「hotline」には url がありません"),
        ({"reviewed": ["昨日"]}, "reviewed に「昨日」が見つかりました。"),
    ],
)
def test_a_wrong_answer_from_a_pipe_ends_it(
    wrong: dict[str, list[str]],
    said: str,
    faq: Path,
    add: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The lines behind it would answer other questions."""
    before = faq.read_bytes()
    assert add(**wrong) == 1
    captured = capsys.readouterr()
    assert said in captured.out
    assert captured.err == "入力に誤りがあるため中止しました。何も変えていません。\n"
    assert faq.read_bytes() == before


@pytest.mark.parametrize("count", range(0, sum(map(len, ANSWERS.values())), 3))
def test_input_that_ends_early_changes_nothing(
    count: int,
    faq: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = faq.read_bytes()
    lines = [line for key in ANSWERS for line in ANSWERS[key]][:count]
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    assert main(["add"]) == 1
    assert capsys.readouterr().err == "入力が終わったため中止しました。何も変えていません。\n"
    assert faq.read_bytes() == before


def test_bytes_that_are_no_text_end_it(faq: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    ended = subprocess.run(
        [FAQ, "add"], input=b"\x8e\xbf\x96\xe2\n", capture_output=True, env=environment
    )
    assert ended.returncode == 1
    assert "UTF-8 で入力してください。" in ended.stderr.decode()


def test_in_a_terminal_a_wrong_answer_is_asked_for_again(faq: Path) -> None:
    terminal = Terminal("add")
    terminal.answer("新しい分類の名前: ", "1\n")
    terminal.answer("質問: ", "捨ててもいいですか\n")
    terminal.answer("と同じです")
    terminal.answer("質問: ", "再発行\n")
    terminal.answer("で終わり）", "できます。\n\n")
    terminal.answer("id（Enter で saihakkou）: ", "may_discard\n")
    terminal.answer("別の id にしてください")
    terminal.answer("id（Enter で saihakkou）: ", "\n")
    terminal.answer("「さいはっこう」", "\n")
    terminal.answer("例文（空の行で終わり）: ", "再発行\n")
    terminal.answer("もうあります")
    terminal.answer("例文（空の行で終わり）: ", "\n")
    for question in ("短い回答", "候補のボタン", "連絡先の id", "リンクの id", "出典"):
        terminal.answer(question, "\n")
    terminal.answer("内容を確かめた日", "n\n")
    terminal.answer("書き込みますか？", "y\n")
    assert terminal.end() == 0, terminal.shown
    entry = load_book(faq.parent).entry("saihakkou")
    assert (entry.question, entry.examples) == ("再発行", ("さいはっこう",))


def test_ctrl_c_changes_nothing_and_says_so(faq: Path) -> None:
    before = faq.read_bytes()
    terminal = Terminal("add")
    terminal.answer("新しい分類の名前: ", "1\n")
    terminal.answer("質問: ", "\x03")
    assert terminal.end() == 130
    assert "中止しました。何も変えていません。" in terminal.shown
    assert faq.read_bytes() == before


def test_an_id_that_somebody_took_meanwhile_is_not_overwritten(
    faq: Path,
    add: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def somebody_adds(entry: Entry) -> None:
        faq.write_text(
            faq.read_text()
            + f"  - {{id: {entry.id}, category: a, question: b, answer: c, examples: [d]}}\n"
        )

    monkeypatch.setattr("bot.cli.add._show", somebody_adds)
    assert add() == 1
    assert "尋ねているあいだにほかで使われました。" in capsys.readouterr().err
    assert QUESTION not in faq.read_text()


def test_without_a_model_it_says_that_nothing_was_compared(
    faq: Path, add: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert add() == 0
    assert (
        "近いエントリーは調べられませんでした。models/ にモデルがありません"
        in capsys.readouterr().out
    )


def test_what_the_bot_answers_already_is_a_warning(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    first, best, *_, last = near_lines("お知らせは捨ててもいいですか")
    assert first == "近いエントリー（いまのボットの確からしさ）"
    assert best.split()[1] == "may_discard" and float(best.split()[0]) > 0.5
    assert last.startswith("注意  いまのボットは、この質問に may_discard で答えます。")


def test_the_nearest_topic_out_of_scope_is_named(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    *_, last = near_lines("傷病手当金はいつ振り込まれますか")
    assert last.startswith("近い対象外の話題  ")
