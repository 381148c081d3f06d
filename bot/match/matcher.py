"""From a question to a decision."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.match.calibrate import Calibration, Features
from bot.match.decide import decide
from bot.match.decision import Candidate, Decision
from bot.match.encoder import load_encoder
from bot.match.example import Example
from bot.match.nearest import Nearest
from bot.match.score import Scorer, held_out_groups
from bot.match.signals import Columns, Floats, Kernel, Reader
from bot.match.vector_cache import CachedEncoder
from bot.text.normalize import fold
from bot.text.sudachi import Sudachi

ARRAYS_FILE = "matcher.npz"
SETTINGS_FILE = "matcher.json"
VAR = Path("var")  # the compiled dictionary lies there, ...
VECTORS = VAR / "vectors.npz"  # ... and the vectors of the training texts

# Encoding the training texts is most of the training time, and each text is on its own.
TRAINING_THREADS = 2

# An exact wording of an entry is as good as certain; 1 is left to a choice by hand.
ALIAS_CONFIDENCE = 0.99


@dataclass(frozen=True)
class Settings:
    """What a matcher needs beside its own files.

    `encoder`: folder or name, see `load_encoder`; `vocabulary`: Sudachi user dictionary source.
    """

    encoder: str
    vocabulary: str | None

    def sudachi(self) -> Sudachi:
        return Sudachi.load(Path(self.vocabulary) if self.vocabulary else None, cache=VAR)


@dataclass(frozen=True)
class Matcher:
    settings: Settings
    examples: tuple[Example, ...]
    reader: Reader
    columns: Columns
    scorer: Scorer
    nearest: Nearest
    calibration: Calibration
    aliases: dict[str, str]

    @classmethod
    def fit(cls, examples: Sequence[Example], settings: Settings) -> Matcher:
        """Learn which entry answers what; seconds for some thousand examples."""
        examples = tuple(examples)
        texts = [example.text for example in examples]
        encoder = CachedEncoder.open(
            VECTORS, load_encoder(settings.encoder, threads=TRAINING_THREADS)
        )
        reader = Reader.fit(texts, encoder, settings.sudachi())
        signals = reader.read(texts)
        encoder.save(VECTORS)
        columns = signals.columns()
        similarity = Kernel()(signals, columns)
        scorer, held_out = Scorer.fit(examples, similarity)
        nearest = Nearest.of(examples, scorer.entries)
        calibration = _calibrate(examples, similarity, held_out, scorer, nearest)
        return cls(
            settings, examples, reader, columns, scorer, nearest, calibration, _aliases(examples)
        )

    def match(self, texts: Sequence[str], hidden: frozenset[str] = frozenset()) -> list[Decision]:
        """What to do about each text; entries in `hidden` (not valid today) are not offered."""
        similarity = self._similarity(texts)
        topics = self.nearest.topics_of(similarity)
        rankings = self._rankings(texts, similarity, hidden)
        return [decide(*pair) for pair in zip(rankings, topics, strict=True)]

    def rank(self, text: str, hidden: frozenset[str] = frozenset()) -> tuple[Candidate, ...]:
        """All entries by descending confidence."""
        return self._rankings([text], self._similarity([text]), hidden)[0]

    def _similarity(self, texts: Sequence[str]) -> Floats:
        return Kernel()(self.reader.read(texts), self.columns)

    def _rankings(
        self, texts: Sequence[str], similarity: Floats, hidden: frozenset[str]
    ) -> list[tuple[Candidate, ...]]:
        scores = self.scorer.scores(similarity)
        features = Features.of(scores, *self.nearest.similarities(similarity))
        probabilities = self.calibration.probabilities(features)
        for row, text in enumerate(texts):
            alias = self.aliases.get(fold(text))
            if alias is not None:
                probabilities[row] *= 1 - ALIAS_CONFIDENCE
                probabilities[row, self.scorer.entries.index(alias)] = ALIAS_CONFIDENCE
        return [self._ranking(row, hidden) for row in probabilities]

    def _ranking(
        self, probabilities: NDArray[np.float64], hidden: frozenset[str]
    ) -> tuple[Candidate, ...]:
        order = np.argsort(-probabilities, kind="stable")
        ranked = (Candidate(self.scorer.entries[i], float(probabilities[i])) for i in order)
        return tuple(candidate for candidate in ranked if candidate.entry not in hidden)

    def save(self, folder: Path) -> None:
        self.reader.save(folder)
        sparse.save_npz(folder / "example_spelling.npz", self.columns.spelling)
        sparse.save_npz(folder / "example_sound.npz", self.columns.sound)
        np.savez(
            folder / ARRAYS_FILE,
            meaning=self.columns.meaning,
            weights=self.scorer.weights,
            calibration_entry=self.calibration.entry,
            calibration_none=self.calibration.none,
        )
        saved = {
            "settings": asdict(self.settings),
            "entries": self.scorer.entries,
            "examples": [[e.text, e.label, e.in_scope, e.near] for e in self.examples],
        }
        (folder / SETTINGS_FILE).write_text(json.dumps(saved, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> Matcher:
        saved = json.loads((folder / SETTINGS_FILE).read_text("utf-8"))
        settings = Settings(**saved["settings"])
        examples = tuple(Example(*row) for row in saved["examples"])
        reader = Reader.load(folder, load_encoder(settings.encoder, threads), settings.sudachi())
        with np.load(folder / ARRAYS_FILE, allow_pickle=False) as arrays:
            columns = Columns(
                arrays["meaning"],
                sparse.load_npz(folder / "example_spelling.npz"),
                sparse.load_npz(folder / "example_sound.npz"),
            )
            scorer = Scorer(tuple(saved["entries"]), arrays["weights"])
            calibration = Calibration(arrays["calibration_entry"], arrays["calibration_none"])
        nearest = Nearest.of(examples, scorer.entries)
        return cls(
            settings, examples, reader, columns, scorer, nearest, calibration, _aliases(examples)
        )


def _aliases(examples: Sequence[Example]) -> dict[str, str]:
    """Folded wording → entry; the loader has refused a wording of two entries."""
    return {fold(e.text): e.label for e in examples if e.in_scope}


def _calibrate(
    examples: Sequence[Example],
    similarity: Floats,
    held_out: Floats,
    scorer: Scorer,
    nearest: Nearest,
) -> Calibration:
    """On held-out scores; a text's own group is hidden from its nearest neighbours too.

    Far texts stay out: telling weather from insurance is easy, and would teach too much
    confidence for the questions that lie one step away from an entry.
    """
    similarity = similarity.copy()
    for rows in held_out_groups(examples):
        similarity[np.ix_(rows, rows)] = 0
    features = Features.of(held_out, *nearest.similarities(similarity))
    near = np.array([example.near for example in examples])
    return Calibration.fit(features.of_rows(near), _truth(examples, scorer.entries)[near])


def _truth(examples: Sequence[Example], entries: Sequence[str]) -> NDArray[np.intp]:
    column = {entry: number for number, entry in enumerate(entries)}
    return np.array([column[e.label] if e.in_scope else -1 for e in examples])
