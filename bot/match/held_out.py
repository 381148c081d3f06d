"""The training texts as if the bot had never seen them: what the calibration learns from.

An in-scope text is scored without itself, half of the out-of-scope texts **without their whole
topic**: leaving out one wording alone measures how well known topics are recognised, and what
matters more is the topic that nobody thought of.

Some topics pose as entries, a wording of theirs left out alone.  A book whose entries all have
a hundred wordings would teach nothing of one that somebody adds with five.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from bot.match.evidence import Evidence
from bot.match.example import Example
from bot.match.score import LEFT_OUT, Labels, Rows
from bot.match.signals import Floats

# Enough for a dozen weights; of more examples so many are drawn, so that the time does not grow
# with the FAQ.
TEXTS_OF_EACH_SIDE = 1000
# Texts of topics that pose as entries, to one of an entry.  More of them help new entries, and make
# the bot less sure of the old ones (docs/matching.md).
POSING = 1 / 8
# Of the out-of-scope texts, those whose topic stays known; with half of them confidence is nearest
# to the truth on questions of others (docs/matching.md).
KNOWN = 1 / 2
_CHUNK = 256  # texts at once: their similarities take some megabytes


def held_out(
    examples: Sequence[Example],
    labels: Labels,
    similarity_of: Callable[[Rows], Floats],
    judged: Callable[[Floats], tuple[Floats, Floats]],
) -> tuple[Evidence, Rows]:
    """Evidence of a sample of the examples, and the number of the right entry of each, -1 for
    none. `similarity_of` rows: (n_rows, n_examples); `judged` such similarities: scores and
    nearest similarities (n_rows, n_labels).

    Far texts stay out: telling weather from insurance is easy, and would teach too much
    confidence for the questions that lie one step away from an entry. So do those in other
    languages: with few wordings to compare with they are harder, and would teach too little.
    """
    lots = np.array([zlib.crc32(e.text.encode("utf-8", "replace")) for e in examples])
    inside = _drawn(
        np.flatnonzero([e.in_scope and not e.foreign for e in examples]), lots, TEXTS_OF_EACH_SIDE
    )
    near = np.array([e.near and not e.in_scope and not e.foreign for e in examples])
    posing = np.flatnonzero(near & (labels.sizes[labels.of] > 1))
    outside = _drawn(np.flatnonzero(near), lots, TEXTS_OF_EACH_SIDE)
    known = lots[outside] % 100 < KNOWN * 100
    reading = _Reading(labels, similarity_of, judged)
    parts = [
        *reading.of(inside, Role.ENTRY),
        *reading.of(outside[~known], Role.NEW_TOPIC),
        *reading.of(outside[known], Role.TOPIC),
        *reading.of(_drawn(posing, lots, math.ceil(POSING * len(inside))), Role.POSING),
    ]
    return Evidence.joined([part for part, _ in parts]), np.concatenate([t for _, t in parts])


class Role(Enum):
    """What the texts' labels stand for: an entry, a topic that is known or that nobody thought of,
    an entry for once."""

    ENTRY = auto()
    TOPIC = auto()
    NEW_TOPIC = auto()
    POSING = auto()


@dataclass(frozen=True)
class _Reading:
    labels: Labels
    similarity_of: Callable[[Rows], Floats]
    judged: Callable[[Floats], tuple[Floats, Floats]]

    def of(self, rows: Rows, role: Role) -> Iterator[tuple[Evidence, Rows]]:
        """Evidence and right entries of these examples, some at a time."""
        for start in range(0, len(rows), _CHUNK):
            yield self._read(rows[start : start + _CHUNK], role)

    def _read(self, rows: Rows, role: Role) -> tuple[Evidence, Rows]:
        own = self.labels.of[rows]
        similarity = self.similarity_of(rows)
        for to_examples, row, label in zip(similarity, rows, own, strict=True):
            to_examples[self.labels.of == label if role is Role.NEW_TOPIC else row] = LEFT_OUT
        scores, nearest = self.judged(similarity)
        sizes = np.tile(self.labels.sizes, (len(rows), 1))
        count = len(self.labels.entries)
        truth = np.where(own < count, own, -1)
        if role is Role.POSING:  # in the place of the entry that is least like the text
            truth = nearest[:, :count].argmin(axis=1)
            for values in (scores, nearest, sizes):
                _swap(values, truth, own)
        return Evidence.of(scores, nearest, sizes, count), truth


def _swap(values: Floats, one: Rows, other: Rows) -> None:
    """In each row the values of two columns."""
    rows = np.arange(len(values))
    values[rows, one], values[rows, other] = values[rows, other], values[rows, one].copy()


def _drawn(rows: Rows, lots: Rows, count: int) -> Rows:
    """`count` of the rows, by the lot that each text has for ever: one more wording changes at
    most one of those drawn, and hardly any answer."""
    order = np.argsort(lots[rows], kind="stable")[:count]
    return np.sort(rows[order])
