"""What the matcher makes of a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may answer the question.

    `confidence` is the calibrated probability, 0–1, that it does.
    """

    entry: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One entry answers the question."""

    entry: str
    candidates: tuple[Candidate, ...]

    @property
    def confidence(self) -> float:
        return next(c.confidence for c in self.candidates if c.entry == self.entry)

    def as_dict(self) -> dict[str, Any]:
        return _as_dict("answer", self.entry, self.confidence, self.candidates)


@dataclass(frozen=True, slots=True)
class Choices:
    """Two or three entries are too close to call; the user decides.

    `both`: the message asks for each of them; nothing is in doubt.
    """

    entries: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    both: bool = False

    @property
    def confidence(self) -> float:
        """That the right entry is among the choices, 0–1."""
        return min(1.0, sum(c.confidence for c in self.candidates if c.entry in self.entries))

    def as_dict(self) -> dict[str, Any]:
        data = _as_dict("choices", None, self.confidence, self.candidates)
        return data | {"choices": list(self.entries), "both": self.both}


@dataclass(frozen=True, slots=True)
class NoMatch:
    """No entry answers the question; `topic` is the out-of-scope topic that it resembles."""

    candidates: tuple[Candidate, ...]
    topic: str | None = None

    @property
    def confidence(self) -> float:
        """Of the best entry all the same, 0–1."""
        return self.candidates[0].confidence if self.candidates else 0.0

    def as_dict(self) -> dict[str, Any]:
        return _as_dict("no_match", None, self.confidence, self.candidates) | {"topic": self.topic}


Decision = Answer | Choices | NoMatch


def _as_dict(
    name: str, entry: str | None, confidence: float, candidates: tuple[Candidate, ...]
) -> dict[str, Any]:
    return {
        "decision": name,
        "entry": entry,
        "confidence": round(confidence, 4),
        "candidates": [{"id": c.entry, "confidence": round(c.confidence, 4)} for c in candidates],
    }
