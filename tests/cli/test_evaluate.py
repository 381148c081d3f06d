"""``faq evaluate``: a score for questions with known answers."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.match import matcher
from bot.match.matcher import Matcher, Settings
from bot.match.model import FaqModel
from tests.match.small import LetterEncoder, small_book, small_examples

QUESTIONS = [
    {"text": "お知らせは捨ててもいいですか", "entry": "may_discard", "voice": "polite"},
    {"text": "今日の天気は？", "entry": None, "kind": "chitchat"},
    {"text": "お知らせは捨ててもいいですか", "entry": "reissue", "voice": "wrong_on_purpose"},
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model, packed as Rasa packs it."""
    folder = tmp_path_factory.mktemp("model")
    (folder / "saved").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(matcher, "load_encoder", lambda name, threads=1: LetterEncoder())
        fitted = Matcher.fit(small_examples(), Settings(encoder="letters", vocabulary=None))
    FaqModel(small_book(), fitted).save(folder / "saved")
    with tarfile.open(folder / "small.tar.gz", "w:gz") as tar:
        tar.add(folder / "saved", "components/train_FaqClassifier1")
    return folder / "small.tar.gz"


@pytest.fixture
def file(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """QUESTIONS, in the folder of a project."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(matcher, "load_encoder", lambda name, threads=1: LetterEncoder())
    (tmp_path / "config.yml").touch()
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / archive.name).symlink_to(archive)
    return write(tmp_path / "questions.jsonl", QUESTIONS)


def write(file: Path, questions: list[dict[str, str | None]]) -> Path:
    file.write_text("".join(json.dumps(q) + "\n" for q in questions))
    return file


def test_json_has_the_rates_and_every_question(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--json", str(file)]) == 0
    shown = capsys.readouterr()
    data = json.loads(shown.out)
    assert data["rates"]["in_scope"] == 2
    assert data["rates"]["right"] == data["rates"]["wrong"] == 0.5
    assert data["rates"]["out_of_scope_answered"] == 0
    assert [r["outcome"] for r in data["results"]] == ["right", "silent", "wrong"]
    assert shown.err == ""


def test_tables_and_misses_are_shown(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(file), str(file)]) == 0
    shown = capsys.readouterr().out
    assert "採点結果" in shown
    assert "wrong_on_purpose" in shown
    assert shown.count("誤答  「お知らせは捨ててもいいですか」  正解 reissue") == 2
    assert "候補 may_discard 0.99, " in shown


def test_html_is_written_beside_what_is_printed(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(file), "--json", "--html", "report.html"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["rates"]["in_scope"] == 2
    assert shown.err == "採点結果を report.html に書き出しました。\n"
    page = Path("report.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "small.tar.gz" in page
    assert file.name in page
    assert "お知らせは捨ててもいいですか" in page


@pytest.mark.parametrize("entry", ["reissue", None])
@pytest.mark.parametrize("options", [[], ["--json"], ["--html", "report.html"]])
def test_questions_of_one_side_are_enough(
    entry: str | None, options: list[str], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(file, [{"text": "破れた", "entry": entry}])
    assert main(["evaluate", str(file), *options]) == 0
    assert capsys.readouterr().out
    assert Path("report.html").exists() == ("--html" in options)


def test_a_text_that_is_no_utf8_is_written_all_the_same(
    file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    write(file, [{"text": "捨てたい\ud800", "entry": "reissue"}])
    assert main(["evaluate", "--json", "--html", "report.html", str(file)]) == 0
    assert json.loads(capfdbinary.readouterr().out)["results"][0]["text"] == "捨てたい\ud800"
    assert "捨てたい\ufffd" in Path("report.html").read_text(encoding="utf-8")
    assert main(["evaluate", str(file)]) == 0
    assert "捨てたい\ufffd" in capfdbinary.readouterr().out.decode()


def test_a_faulty_line_is_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text('{"text": "a", "entry": "no_such_entry"}\n')
    assert main(["evaluate", str(file)]) == 1
    assert capsys.readouterr().err.startswith(f"{file}:1: 項目「no_such_entry」")


def test_a_missing_file_is_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(file), "nowhere.jsonl"]) == 1
    shown = capsys.readouterr()
    assert shown.err.startswith("nowhere.jsonl: 読み込めません。")
    assert shown.out == ""


def test_a_place_that_cannot_be_written_to_is_named(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(file), "--html", "nowhere/report.html"]) == 1
    assert capsys.readouterr().err.startswith("nowhere/report.html: 書き込めません（")


def test_html_never_replaces_the_questions(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", "--html", str(file), str(file)])
    assert ended.value.code == 2
    assert ".html で終わるファイル名を指定してください" in capsys.readouterr().err
    assert file.read_bytes() == before
