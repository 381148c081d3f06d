"""Train with Rasa from a program."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

from rasa.model_training import train

from bot.errors import FaqBotError


class TrainingError(FaqBotError):
    """Rasa made no model; its own output says why."""


def train_model(output: Path = Path("models")) -> Path:
    """What ``rasa train`` does; returns the new archive."""
    said = io.StringIO()  # Rasa prints its own progress and path; ours is shown instead
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        result = train("domain.yml", "config.yml", ["data"], output=str(output))
    if result.code or result.model is None:
        raise TrainingError(
            f"{said.getvalue()}\n学習できませんでした（rasa train の終了コード {result.code}）。"
        )
    return Path(result.model)
