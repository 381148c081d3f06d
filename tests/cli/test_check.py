"""``faq check``: the list of faults that staff work through."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.cli.main import main
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the compiled vocabulary lies: it is made once, not in every test."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def data(tmp_path: Path, dictionary: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small book of the loader's tests, in a project of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yml").touch()
    shutil.copytree(ROOT / "tests/faq/book", tmp_path / "data")
    shutil.copy(ROOT / "data/vocabulary.csv", tmp_path / "data")
    (tmp_path / "var").symlink_to(dictionary)
    return tmp_path / "data"


def test_good_content_is_counted(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith(
        "誤りはありません。項目 2 件（言い回し 14 件）、連絡先 4 件、対象外の話題 2 件"
    )


def test_broken_content_fails_and_lists_every_fault(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faq = (data / "faq.yml").read_text()
    faq = faq.replace("    links: [portal_url]", "    links: [nowhere]")
    faq = faq.replace("valid_from: 2024-02-01", "valid_from: 2024-02-31")
    (data / "faq.yml").write_text(faq)
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[:-1]] == [
        ["誤り", "data/faq.yml:20"],
        ["誤り", "data/faq.yml:23"],
    ]
    assert "nowhere" in lines[0]
    assert "2024-02-31" in lines[1]
    assert lines[-1] == "2 件の誤りがあります。直すまで学習・公開はできません。"


def test_warnings_do_not_fail(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faq = (data / "faq.yml").read_text()
    (data / "faq.yml").write_text(faq.replace("以下のとおりです。", "2024年4月から始まります。"))
    assert main(["check"]) == 0
    assert "注意  data/faq.yml:" in capsys.readouterr().out


def test_another_folder_can_be_checked(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "nowhere"]) == 1
    assert "フォルダーがありません" in capsys.readouterr().out


def test_broken_content_is_never_trained(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "faq.yml").write_text("entries: []\n")
    for command in ("train", "serve"):
        assert main([command]) == 1
        said = capsys.readouterr().err
        assert said.startswith("誤り  data/faq.yml")
        assert said.endswith("直してからもう一度実行してください。\n")


def test_faults_of_the_vocabulary_are_listed_too(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (data / "vocabulary.csv").open("a") as file:
        file.write("too,few,columns\n")
    assert main(["check"]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("誤り  data/vocabulary.csv:")
    assert last.startswith("1 件の誤りがあります。")
