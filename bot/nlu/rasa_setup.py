"""Prepare the process for Rasa, before anything of Rasa is imported."""

from __future__ import annotations

import logging
import os

from bot.nlu import no_tensorflow


def prepare() -> None:
    """No telemetry, no TensorFlow, and a log that never holds what a user wrote.

    Rasa logs every message, slot and event at level DEBUG, through structlog, which passes
    everything on unless it is configured.
    """
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    no_tensorflow.install()
    # Warnings of Rasa's own pinned packages, which change filters as they are imported.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)

    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    logging.getLogger("rasa").setLevel(logging.WARNING)
