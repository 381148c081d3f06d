"""The model that this process serves.

Rasa loads the FaqClassifier; the actions and the lookup channel need the same FaqBook and
matcher.  Publishing replaces the whole model at once, so a reader that takes `current()`
once per request never sees half of a swap.
"""

from __future__ import annotations

from bot.match.archive import load_newest
from bot.match.model import FaqModel

_model: FaqModel | None = None


def publish(model: FaqModel) -> None:
    global _model
    _model = model


def current() -> FaqModel:
    """The published model, or, in an action server of its own, the newest one in models/."""
    if _model is None:
        publish(load_newest())
    assert _model is not None
    return _model
