"""Train with Rasa from a program."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml
from rasa.engine.exceptions import GraphComponentException
from rasa.model_training import train

from bot.errors import FaqBotError
from bot.match.sources import VOCABULARY


class TrainingError(FaqBotError):
    """Rasa made no model; its own output says why."""


CONFIG = "config.yml"


def train_model(
    force: bool = False, output: Path = Path("models"), data: Path | None = None
) -> Path:
    """What ``rasa train`` (with `force`: ``rasa train --force``) does; returns the archive.

    `data`: the content, where it is not in the folder that config.yml names.
    """
    said = io.StringIO()  # Rasa prints its own progress and path; ours is shown instead
    try:
        with (
            _config_for(data) as config,
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
        ):
            result = train(
                "domain.yml", config, [str(data or "data")], str(output), force_training=force
            )
    except GraphComponentException as error:  # its cause says what: an encoder, a vocabulary
        raise TrainingError(
            f"{error.__cause__ or error}\n学習できませんでした。詳しくは rasa train の出力をご覧ください。"
        ) from error
    if result.code or result.model is None:
        raise TrainingError(
            f"{said.getvalue()}\n学習できませんでした（rasa train の終了コード {result.code}）。"
        )
    return Path(result.model)


@contextlib.contextmanager
def _config_for(data: Path | None) -> Iterator[str]:
    """config.yml, or a copy that takes the content from another folder."""
    if data is None:
        yield CONFIG
        return
    config = yaml.safe_load(Path(CONFIG).read_text("utf-8"))
    for component in (*config.get("importers", ()), *config.get("pipeline", ())):
        if component["name"] == "bot.nlu.importer.FaqImporter":
            component["data"] = str(data)
        elif component["name"] == "bot.nlu.classifier.FaqClassifier":
            component |= {"data": str(data), "vocabulary": str(data / VOCABULARY)}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / CONFIG
        copy.write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
        yield str(copy)
