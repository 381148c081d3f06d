"""``faq evaluate``: a score for questions with known answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.main import main

QUESTIONS = [
    {"text": "お知らせは捨ててもいいですか", "entry": "may_discard", "voice": "polite"},
    {"text": "今日の天気は？", "entry": None},
    {"text": "今日の天気は？", "entry": "reissue", "voice": "wrong_on_purpose"},
]


@pytest.fixture
def file(project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(project)
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps(q) + "\n" for q in QUESTIONS))
    return file


def test_json_has_the_rates_and_every_question(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--json", str(file)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["rates"]["in_scope"] == 2
    assert data["rates"]["right"] == data["rates"]["silent"] == 0.5
    assert data["rates"]["out_of_scope_answered"] == 0
    assert [r["outcome"] for r in data["results"]] == ["right", "silent", "silent"]


def test_tables_and_misses_are_shown(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(file), str(file)]) == 0
    shown = capsys.readouterr().out
    assert "採点結果" in shown
    assert "wrong_on_purpose" in shown
    assert shown.count("該当なし  「今日の天気は？」  正解 reissue") == 2


def test_a_faulty_line_is_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text('{"text": "a", "entry": "no_such_entry"}\n')
    assert main(["evaluate", str(file)]) == 1
    assert capsys.readouterr().err.startswith(f"{file}:1: 項目「no_such_entry」")
