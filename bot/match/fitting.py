"""A model fitted to a data folder without Rasa: to look at, not to serve."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import yaml

from bot.faq.entry import FaqBook
from bot.match.encoder import Encoder
from bot.match.example import examples_of
from bot.match.matcher import Matcher, Settings
from bot.match.model import FaqModel
from bot.match.sources import DATA, VOCABULARY

CONFIG = Path("config.yml")
SHIPPED_ENCODER = "models/encoder"


def settings_for(data: Path = DATA) -> Settings:
    """The encoder that config.yml names for the classifier, and the folder's own words."""
    config = yaml.safe_load(CONFIG.read_text(encoding="utf-8")) or {}
    named = (c["encoder"] for c in config.get("pipeline") or () if "encoder" in c)
    return Settings(str(next(named, SHIPPED_ENCODER)), str(data / VOCABULARY))


def fit_model(book: FaqBook, data: Path = DATA) -> FaqModel:
    """What ``faq train`` would make of `book`, which is that of the folder `data`."""
    return FaqModel(book, Matcher.fit(examples_of(book), settings_for(data)))


def encoding_with(model: FaqModel, encoder: Encoder) -> FaqModel:
    """The same model, its questions encoded by `encoder`."""
    matcher = replace(model.matcher, reader=model.matcher.reader.encoding_with(encoder))
    return replace(model, matcher=matcher)
