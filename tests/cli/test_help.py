"""The command's surface: help at once, and messages instead of tracebacks."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from bot.cli.main import COMMANDS, main
from tests.conftest import FAQ

LIMIT = 0.5  # seconds


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_instant(command: str, tmp_path: Path) -> None:
    arguments = [FAQ, *([command] if command else []), "--help"]
    fastest = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        shown = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=True)
        fastest = min(fastest, time.perf_counter() - start)
    assert "usage: faq" in shown.stdout
    assert fastest < LIMIT


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(f"    {command} " in shown for command in COMMANDS)


@pytest.mark.parametrize("command", [["check"], ["train"], ["serve"], ["ask", "x"], ["match"]])
def test_the_wrong_folder_is_named(
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(command) == 1
    assert capsys.readouterr().err == (
        f"{tmp_path} に config.yml が見つかりません。"
        "プロジェクトのフォルダーに移動してから実行してください。\n"
    )


@pytest.mark.parametrize(
    "command", [["ask", "捨てたい"], ["match"], ["evaluate", "questions.jsonl"]]
)
def test_without_a_model_it_says_what_to_do(
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yml").touch()
    assert main(command) == 1
    assert "先に faq train を実行してください。" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["unknown"], ["serve", "--port", "70000"], ["ask"]])
def test_wrong_arguments_end_with_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: faq" in capsys.readouterr().err
