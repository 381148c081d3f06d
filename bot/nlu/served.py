"""The model that this process serves.

Rasa loads the FaqClassifier; the actions and the lookup channel need the same FaqBook and
matcher.  Publishing replaces the whole model at once, so a reader that takes `current()`
once per request never sees half of a swap.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.match.archive import load_served
from bot.match.model import FaqModel

_model: FaqModel | None = None
_version: int | None = None
_held = threading.local()


def publish(model: FaqModel, version: int | None = None) -> None:
    """Serve `model` from now on, unless this thread holds back what it loads."""
    global _model, _version
    if (models := getattr(_held, "models", None)) is not None:
        models.append(model)
    else:
        _model, _version = model, version


@contextmanager
def held_back() -> Iterator[list[FaqModel]]:
    """Models that Rasa loads in this thread meanwhile are put into the list, not served yet."""
    _held.models = []
    try:
        yield _held.models
    finally:
        _held.models = None


def current() -> FaqModel:
    """The served model; an action server of its own loads the one that servers serve."""
    if _model is None:
        publish(load_served())
    assert _model is not None
    return _model


def version() -> int | None:
    """The number of the published version that is served; None for one that is not published."""
    return _version
