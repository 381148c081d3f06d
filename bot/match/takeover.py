"""Which out-of-scope topics an entry has taken over.

Somebody adds an entry about what the bank of out-of-scope topics holds.  From then on the FAQ
answers it, and the topic has to yield: its wordings would pull the same questions away.

An entry covers a topic when the wordings of both are as much alike as those of each among
themselves.  With the mean kernel between two groups of texts for their likeness, 1 means: cannot
be told apart (Gretton et al., A kernel two-sample test, 2012, compare the same three means).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bot.match.example import Example
from bot.match.score import Labels
from bot.match.signals import Floats

# How alike is alike enough (docs/matching.md has how often that is right and wrong).
ALIKE = 0.9
# As `Kernel.sharpness`, on meaning alone, so that nothing but vectors is needed.
_SHARPNESS = 4.0
# Others compared with each entry, those with the nearest centres: keeps the work linear.
COMPARED = 3
# Examples that say how alike any two texts are.
_SAMPLE = 300


def taken_over(examples: Sequence[Example], meaning: Floats) -> Mapping[str, str]:
    """Topic → the entry that covers it; `meaning` (n_examples, dim) are the texts' vectors.

    An entry takes one topic at most, the one most like it: what lies beside that topic is not
    answered yet.
    """
    labels = Labels.of_examples(examples)
    if not labels.topics:
        return {}
    groups = [meaning[labels.of == number] for number in range(len(labels))]
    entries, topics = groups[: len(labels.entries)], groups[len(labels.entries) :]
    centres = np.stack([group.mean(axis=0) for group in groups])
    closeness = centres[: len(entries)] @ centres[len(entries) :].T
    common = background(meaning)
    taken: dict[str, str] = {}
    for entry, wordings, close in zip(labels.entries, entries, closeness, strict=True):
        alike = {
            topic: likeness(wordings, topics[topic], common)
            for topic in np.argsort(-close)[:COMPARED].tolist()
        }
        best = max(alike, key=alike.__getitem__)
        if alike[best] >= ALIKE:
            taken.setdefault(labels.topics[best], entry)
    return taken


def background(meaning: Floats) -> float:
    """How alike any two of the texts are, on average: their mean kernel."""
    return _within(meaning[:: -(-len(meaning) // _SAMPLE)])


def likeness(entry: Floats, other: Floats, common: float) -> float:
    """Mean kernel between two groups over the geometric mean of those within each, all of them
    above `common`: what any two texts have in common says nothing."""
    other_within = _within(other) - common
    # One wording alone is as like itself as can be; it is judged by the other's measure.
    entry_within = _within(entry) - common if len(entry) > 1 else other_within
    if entry_within <= 0 or other_within <= 0:
        return 0.0
    between = float(kernel(entry, other).mean()) - common
    return between / float(np.sqrt(entry_within * other_within))


def kernel(one: Floats, other: Floats) -> Floats:
    """(n_one, n_other), at most 1, from vectors of unit length."""
    similarity: Floats = np.exp(2 * _SHARPNESS * (one @ other.T - 1))
    return similarity


def _within(vectors: Floats) -> float:
    """Mean kernel of different texts of a group; of one text alone, 1."""
    count = len(vectors)
    if count == 1:
        return 1.0
    return float((kernel(vectors, vectors).sum() - count) / (count * (count - 1)))
