"""Train with Rasa from a program."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

from rasa.engine.exceptions import GraphComponentException
from rasa.model_training import train

from bot.errors import FaqBotError


class TrainingError(FaqBotError):
    """Rasa made no model; its own output says why."""


def train_model(force: bool = False, output: Path = Path("models")) -> Path:
    """What ``rasa train`` (with `force`: ``rasa train --force``) does; returns the archive."""
    said = io.StringIO()  # Rasa prints its own progress and path; ours is shown instead
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            result = train("domain.yml", "config.yml", ["data"], str(output), force_training=force)
    except GraphComponentException as error:  # its cause says what: an encoder, a vocabulary
        raise TrainingError(
            f"{error.__cause__ or error}\n学習できませんでした。詳しくは rasa train の出力をご覧ください。"
        ) from error
    if result.code or result.model is None:
        raise TrainingError(
            f"{said.getvalue()}\n学習できませんでした（rasa train の終了コード {result.code}）。"
        )
    return Path(result.model)
