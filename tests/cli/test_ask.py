"""``faq ask``: one question, answered in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.main import main


@pytest.fixture(autouse=True)
def in_project(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)


def test_an_answer_comes_with_its_contact(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "マイナンバー総合フリーダイヤルの電話番号と受付時間を教えてください"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("回答  ")
    assert "マイナンバー総合フリーダイヤル  0120-95-0178" in lines
    best = lines[lines.index("確からしさ") + 1].split()
    assert best[1] == "hotline"
    assert 0.5 < float(best[0]) <= 1


def test_an_address_is_shown_where_there_is_no_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "お知らせは捨ててもいいですか"]) == 0
    assert "https://myna.go.jp/certificates/health-insurance-card" in capsys.readouterr().out


@pytest.mark.parametrize("question", ["今日の天気は？", "", "\udcff"])
def test_what_the_faq_does_not_answer_is_said(
    question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", question]) == 0
    assert capsys.readouterr().out.startswith("該当なし  ")
