"""The command's surface: help at once, and messages instead of tracebacks."""

from __future__ import annotations

import errno
import subprocess
import time
from pathlib import Path
from unittest.mock import Mock

import pytest

from bot.cli import versions
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


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (OSError(errno.ENOSPC, "", "data/faq.yml"), "data/faq.yml に書き込めません（空き容量"),
        (OSError(errno.EROFS, "", "var"), "var に書き込めません（読み取り専用です）"),
        (OSError(errno.EACCES, "", "var"), "var を読み書きできません（権限がありません）"),
        (OSError(errno.EDQUOT, ""), "ファイルに書き込めません（割り当てられた容量"),
    ],
)
def test_what_the_machine_refuses_is_told(
    refused: OSError,
    said: str,
    project_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(versions, "run", Mock(side_effect=refused))
    assert main(["versions"]) == 1
    error = capsys.readouterr().err
    assert error.startswith(said)
    assert error.endswith("権限を確かめてください。\n")


def test_a_fault_of_the_program_stays_one(
    project_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "run", Mock(side_effect=FileNotFoundError(errno.ENOENT, "", "x")))
    with pytest.raises(FileNotFoundError):
        main(["versions"])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_output_to_a_full_disk_is_told_once(project_folder: Path) -> None:
    with open("/dev/full", "w") as full:
        ended = subprocess.run([FAQ, "check"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert ended.returncode == 1
    assert ended.stderr.startswith("ファイルに書き込めません（空き容量がありません）。")
    assert ended.stderr.count("\n") == 1
