"""From a question to a decision."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.match.calibrate import Calibration
from bot.match.decide import decide
from bot.match.decision import Candidate, Decision
from bot.match.encoder import load_encoder
from bot.match.evidence import Evidence
from bot.match.example import Example, is_foreign
from bot.match.held_out import held_out
from bot.match.message import Confidences, Message
from bot.match.nearest import Nearest
from bot.match.score import LEFT_OUT, Labels, Rows, Scorer
from bot.match.signals import STORED, Columns, Floats, Kernel, Reader, Signals
from bot.match.takeover import taken_over
from bot.match.vector_cache import CachedEncoder
from bot.text.normalize import fold
from bot.text.sentences import sentences
from bot.text.sudachi import Sudachi

ARRAYS_FILE = "matcher.npz"
LETTERS_FILE = "letters.npz"
SETTINGS_FILE = "matcher.json"
VOCABULARY_FILE = "vocabulary.csv"
VAR = Path("var")  # the compiled dictionary lies there, ...
VECTORS = VAR / "vectors.npz"  # ... and the vectors of the training texts
SHIPPED_VECTORS = Path("models/vectors.npz")  # those of the texts in data/, as shipped

# Encoding the training texts is most of the training time, and each text is on its own.
TRAINING_THREADS = 2

# Messages whose similarities are in memory together: some megabytes.
AT_ONCE = 64

# An exact wording is as good as certain; 1 is left to a choice by hand.
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
    scorer: Scorer
    columns: Columns
    nearest: Nearest
    calibration: Calibration
    aliases: dict[str, Example]
    foreign: NDArray[np.bool_]

    @classmethod
    def fit(cls, examples: Sequence[Example], settings: Settings) -> Matcher:
        """Learn which entry answers what; seconds for some thousand examples.

        Topics that an entry has taken over are left out.
        """
        reader, signals = read_examples(examples, settings)
        taken = taken_over(examples, signals.meaning)
        rows = [row for row, e in enumerate(examples) if e.in_scope or e.label not in taken]
        kept = tuple(examples[row] for row in rows)
        signals = signals.rows(np.array(rows, np.intp)).as_stored()
        return cls._of(settings, kept, reader, signals, None)

    @classmethod
    def _of(
        cls,
        settings: Settings,
        examples: tuple[Example, ...],
        reader: Reader,
        signals: Signals,
        calibration: Calibration | None,
    ) -> Matcher:
        """With what follows from the parts; the calibration is fitted where it is not given."""
        scorer = Scorer(Labels.of_examples(examples), signals, Kernel())
        columns, nearest = signals.columns(), Nearest.of(scorer.labels)
        calibration = calibration or _calibrate(examples, scorer, columns, nearest)
        return cls(
            settings,
            examples,
            reader,
            scorer,
            columns,
            nearest,
            calibration,
            _aliases(examples),
            _foreign(examples),
        )

    def match(self, texts: Sequence[str], hidden: frozenset[str] = frozenset()) -> list[Decision]:
        """What to do about each text; entries in `hidden` (not valid today) are not offered."""
        return [
            decide(message.ranking(hidden), topic, message.asked(hidden))
            for message, topic in self._messages(texts)
        ]

    def rank(self, text: str, hidden: frozenset[str] = frozenset()) -> tuple[Candidate, ...]:
        """The entries that may be meant, by descending confidence; all of them in a small FAQ."""
        ((message, _),) = self._messages([text])
        return message.ranking(hidden)

    def _messages(self, texts: Sequence[str]) -> Iterator[tuple[Message, str | None]]:
        """Each text as read, with the out-of-scope topic nearest to it."""
        for start in range(0, len(texts), AT_ONCE):
            chunk = texts[start : start + AT_ONCE]
            meant = [self.reader.meant(text) for text in chunk]
            foreign = [is_foreign(text) for text in chunk]
            known = [self.aliases.get(fold(text)) for text in chunk]
            parts = [() if k else sentences(m) for m, k in zip(meant, known, strict=True)]
            read = self._confidences(
                [*meant, *(part.text for of in parts for part in of)],
                [*foreign, *(f for f, of in zip(foreign, parts, strict=True) for _ in of)],
            )
            wholes, rest = read[: len(chunk)], iter(read[len(chunk) :])
            for (likely, topic), example, of in zip(wholes, known, parts, strict=True):
                whole = likely if example is None else _certain(example, likely)
                yield Message(whole, [(part, next(rest)[0]) for part in of]), topic

    def _confidences(
        self, meant: Sequence[str], foreign: Sequence[bool]
    ) -> list[tuple[Confidences, str | None]]:
        """How likely each candidate answers each text, and the topic nearest to it."""
        labels = self.scorer.labels
        similarity = self.scorer.kernel(self.reader.read(meant), self.columns)
        # A question in Japanese is judged by Japanese alone: what it shares with others are
        # numbers and names, which say little.  The others are too few to judge by themselves.
        similarity[np.ix_(~np.array(foreign), self.foreign)] = LEFT_OUT
        closeness = self.nearest.similarities(similarity)
        scores = self.scorer.scores(similarity)
        evidence = Evidence.of(scores, closeness, labels.sizes, len(labels.entries))
        probabilities = self.calibration.probabilities(evidence)
        return [
            (
                {labels.entries[i]: float(p) for i, p in zip(numbers, row, strict=True)},
                labels.topics[outside.argmax()] if labels.topics else None,
            )
            for numbers, row, outside in zip(
                evidence.candidates,
                probabilities,
                closeness[:, len(labels.entries) :],
                strict=True,
            )
        ]

    def save(self, folder: Path) -> None:
        self.reader.save(folder)
        signals = self.scorer.examples
        sparse.save_npz(folder / LETTERS_FILE, signals.letters, compressed=False)
        np.savez(
            folder / ARRAYS_FILE,
            meaning=signals.meaning.astype(STORED),
            calibration_entry=self.calibration.entry,
            calibration_none=self.calibration.none,
        )
        saved = {
            "settings": asdict(self.settings),
            "examples": [[e.text, e.label, e.in_scope, e.near, e.foreign] for e in self.examples],
        }
        (folder / SETTINGS_FILE).write_text(json.dumps(saved, ensure_ascii=False), "utf-8")
        if self.settings.vocabulary is not None:
            shutil.copyfile(self.settings.vocabulary, folder / VOCABULARY_FILE)

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> Matcher:
        saved = json.loads((folder / SETTINGS_FILE).read_text("utf-8"))
        settings = Settings(**saved["settings"])
        if settings.vocabulary is not None:  # as it was, whatever somebody edits meanwhile
            settings = replace(settings, vocabulary=str(folder / VOCABULARY_FILE))
        examples = tuple(Example(*row) for row in saved["examples"])
        reader = Reader.load(folder, load_encoder(settings.encoder, threads), settings.sudachi())
        with np.load(folder / ARRAYS_FILE, allow_pickle=False) as arrays:
            signals = Signals(
                arrays["meaning"].astype(np.float32), sparse.load_npz(folder / LETTERS_FILE)
            )
            calibration = Calibration(arrays["calibration_entry"], arrays["calibration_none"])
        return cls._of(settings, examples, reader, signals, calibration)


def read_examples(examples: Sequence[Example], settings: Settings) -> tuple[Reader, Signals]:
    """What `Matcher.fit` sees of the examples; their vectors are kept for the next time."""
    encoder = CachedEncoder.open(
        (SHIPPED_VECTORS, VECTORS),
        load_encoder(settings.encoder, threads=TRAINING_THREADS),
    )
    read = Reader.fit([e.text for e in examples], encoder, settings.sudachi())
    encoder.save(VECTORS)
    return read


def _aliases(examples: Sequence[Example]) -> dict[str, Example]:
    """Folded wording → example; what an entry and a topic share is the entry's."""
    known = {fold(e.text): e for e in sorted(examples, key=lambda e: e.in_scope)}
    known.pop("", None)  # marks alone
    return known


def _foreign(examples: Sequence[Example]) -> NDArray[np.bool_]:
    """(n_examples,): which are not in Japanese."""
    return np.array([example.foreign for example in examples], np.bool_)


def _certain(example: Example, likely: Confidences) -> Confidences:
    """The entry, or none, as good as certain, the rest shared by the others as before."""
    rest = {entry: p * (1 - ALIAS_CONFIDENCE) for entry, p in likely.items()}
    return rest | {example.label: ALIAS_CONFIDENCE} if example.in_scope else rest


def _calibrate(
    examples: Sequence[Example], scorer: Scorer, columns: Columns, nearest: Nearest
) -> Calibration:
    """On evidence of training texts as if they had not been there."""

    foreign = _foreign(examples)

    def similarity_of(rows: Rows) -> Floats:
        similarity = scorer.kernel(scorer.examples.rows(rows), columns)
        similarity[:, foreign] = LEFT_OUT  # no text in another language is held out
        return similarity

    def judged(similarity: Floats) -> tuple[Floats, Floats]:
        return scorer.scores(similarity), nearest.similarities(similarity)

    return Calibration.fit(*held_out(examples, scorer.labels, similarity_of, judged))
