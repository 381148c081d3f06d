"""``faq train``: a model when it is needed, and only then."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from bot.cli import train
from bot.cli.main import main
from tests.conftest import FAQ


def test_a_second_training_says_that_the_model_is_up_to_date(project: Path) -> None:
    before = sorted((project / "models").glob("*.tar.gz"))
    said = subprocess.run(
        [FAQ, "train"], cwd=project, capture_output=True, text=True, check=True, timeout=60
    )
    assert said.stdout == f"モデルは最新です: models/{before[-1].name}\n"
    assert sorted((project / "models").glob("*.tar.gz")) == before


@pytest.fixture
def training(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """bot.nlu.training without Rasa: a training that prints as Rasa does, and takes a while."""

    def train_model(force: bool, output: Path, data: Path | None) -> Path:
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            print("Training NLU model.")
            time.sleep(0.5)
        return output / f"forced_{force}.tar.gz"

    module = ModuleType("bot.nlu.training")
    module.train_model = train_model  # type: ignore[attr-defined]
    setup = ModuleType("bot.nlu.rasa_setup")
    setup.prepare = lambda: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "bot.nlu.training", module)
    monkeypatch.setitem(sys.modules, "bot.nlu.rasa_setup", setup)
    return module


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_moves_while_rasa_trains(
    training: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal)
    train.train()
    assert terminal.getvalue().count("学習しています") > 2
    assert "Training NLU" not in terminal.getvalue()


@pytest.mark.parametrize("arguments", [[], ["--force"]])
def test_force_reaches_rasa(
    arguments: list[str],
    training: ModuleType,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project)
    monkeypatch.setattr("bot.match.archive.is_stale", lambda book, models: True)
    assert main(["train", *arguments]) == 0
    assert capsys.readouterr().out == (
        f"学習が終わりました: models/forced_{bool(arguments)}.tar.gz\n"
    )
