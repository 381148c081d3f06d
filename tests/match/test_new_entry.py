"""An entry about what the out-of-scope bank holds, added to the real content."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.main import main
from bot.faq.load import load_book
from bot.match.decision import Answer, Choices
from bot.match.example import examples_of
from bot.match.matcher import Matcher, Settings
from tests.conftest import copy_project

ENTRY = """
  - id: sickness_allowance_entry
    category: 給付
    question: 傷病手当金の申請はどのようにすればいいですか。
    answer: 所定の申請書に記入し、事業主を通じて提出してください。
    reviewed: 2026-11-24
    examples:
      - 傷病手当金をもらう手続きを知りたい
      - 病気で休んだときの手当の申し込み方
      - 傷病手当金 請求 手順
      - 会社を休んで給料が出ないので手当を申請したい
      - 傷病手当金の申請書はどこに出しますか
"""
TOPIC = "sickness_allowance"


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with one more entry."""
    folder = tmp_path_factory.mktemp("grown")
    copy_project(folder)
    faq = folder / "data/faq.yml"
    faq.write_text(faq.read_text("utf-8").rstrip("\n") + ENTRY, "utf-8")
    return folder


def test_it_wins_at_once_and_the_topic_yields(grown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(grown)
    book = load_book(Path("data"))
    matcher = Matcher.fit(examples_of(book), Settings("models/encoder", "data/vocabulary.csv"))
    assert TOPIC not in matcher.scorer.labels.topics
    asked = book.topic(TOPIC).examples
    decisions = matcher.match(asked)
    offered = [
        d
        for d in decisions
        if (isinstance(d, Answer) and d.entry == "sickness_allowance_entry")
        or (isinstance(d, Choices) and "sickness_allowance_entry" in d.entries)
    ]
    shown = "\n".join(f"{text}  {d.as_dict()}" for text, d in zip(asked, decisions, strict=True))
    assert len(offered) >= 0.8 * len(asked), shown
    (still,) = matcher.match(["今日の天気は？"])
    assert still.as_dict()["decision"] == "no_match"


def test_faq_check_says_so(
    grown: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(grown)
    assert main(["check"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if f"〔{TOPIC}〕" in line]
    assert len(lines) == 1
    assert "sickness_allowance_entry が答えるようになったため、学習に使いません" in lines[0]


def test_the_shipped_entries_take_no_topic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 0
    assert "学習に使いません" not in capsys.readouterr().out
