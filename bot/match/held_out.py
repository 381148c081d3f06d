"""The training texts as if the bot had never seen them: what the calibration learns from.

An in-scope text is scored without itself, an out-of-scope text **without its whole topic**:
leaving out one wording alone would measure how well known topics are recognised, and what
matters is the topic that nobody thought of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from bot.match.evidence import Evidence
from bot.match.example import Example
from bot.match.score import LEFT_OUT, Labels, Rows
from bot.match.signals import Floats

# Enough for a dozen weights; of more examples every second, third, … is taken, so that the time
# does not grow with the FAQ.
TEXTS_OF_EACH_SIDE = 1000
_CHUNK = 256  # texts at once: their similarities take some megabytes


def held_out(
    examples: Sequence[Example],
    labels: Labels,
    similarity_of: Callable[[Rows], Floats],
    evidence_of: Callable[[Floats], Evidence],
) -> tuple[Evidence, Rows]:
    """Evidence of a sample of the examples, and the number of the right entry of each, -1 for
    none. `similarity_of` rows: (n_rows, n_examples); `evidence_of` such similarities.

    Far texts stay out: telling weather from insurance is easy, and would teach too much
    confidence for the questions that lie one step away from an entry.
    """
    inside = np.array([row for row, e in enumerate(examples) if e.in_scope], np.intp)
    outside = np.array([r for r, e in enumerate(examples) if not e.in_scope and e.near], np.intp)
    rows = np.concatenate([_thinned(inside), _thinned(outside)])
    parts = []
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        similarity = similarity_of(chunk)
        _leave_out(similarity, chunk, labels)
        parts.append(evidence_of(similarity))
    truth = np.where(labels.of[rows] < len(labels.entries), labels.of[rows], -1)
    return Evidence.joined(parts), truth


def _thinned(rows: Rows) -> Rows:
    return rows[:: -(-len(rows) // TEXTS_OF_EACH_SIDE) or 1]


def _leave_out(similarity: Floats, rows: Rows, labels: Labels) -> None:
    for to_examples, row in zip(similarity, rows, strict=True):
        label = labels.of[row]
        to_examples[row if label < len(labels.entries) else labels.of == label] = LEFT_OUT
