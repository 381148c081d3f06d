"""Entries that say nearly the same: one answer too many, or two questions that nobody tells apart.

Two measures of the wordings, by their vectors: how alike they are, as in `takeover.py`, and how
mixed, which is whether the nearest other wording is as often of the other entry as it would be if
both were one (Schilling, Multivariate two-sample tests based on nearest neighbors, 1986); 1 means
one.  Of the shipped entries no two come above .53 and .25.  Shipped entries worded a second time
from memory had .73 to .95 and 1.07 to 1.78 with the first.  Of 434 topics of the out-of-scope bank,
six wordings each, 35 pairs are alike and mixed, 詐欺の電話 and 詐欺電話 among them; alike
alone are 94, many of them a benefit's amount and its form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.faq.entry import Entry, FaqBook
from bot.faq.notice import Notice, Place
from bot.faq.wordings import fold
from bot.match.example import Example
from bot.match.score import Labels
from bot.match.signals import Floats
from bot.match.takeover import COMPARED, background, likeness

_ALIKE = 0.8
_MIXED = 0.7
# Where the answers are the same, this is enough.
_RATHER_ALIKE = 0.7
# Share of the pairs of neighbouring characters that two answers have in common, at least, to be
# the same but for a word or an ending. The two most alike of the shipped have .62.
_SAME_ANSWER = 0.9
_CHUNK = 256  # entries whose closeness to all others is in memory at once


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that say nearly the same; `same`: their answers do, too."""

    earlier: Entry
    later: Entry
    same: bool

    @property
    def ids(self) -> frozenset[str]:
        return frozenset((self.earlier.id, self.later.id))

    def notice(self, book: FaqBook) -> Notice:
        """At the later entry."""
        advice = "回答もほとんど同じなので、1つにまとめてください。"
        if not self.same:
            advice = (
                "ボットは見分けられません。回答が食い違わないか確かめ、1つにまとめるか、違いの"
                "わかる言い方に直してください。"
            )
        other = f"項目 {self.earlier.id}「{self.earlier.label}」"
        message = f"{other}と、質問の言い方がほとんど同じです。{advice}"
        return Notice("similar_entries", Place.of(book, "entries", self.later.id), message)


def similar_entries(book: FaqBook, examples: Sequence[Example], meaning: Floats) -> Iterator[Pair]:
    """`meaning` (n_examples, dim) are the vectors of the examples.

    Entries that are never valid on the same day are versions of one.
    """
    labels = Labels.of_examples(examples)
    groups = [meaning[labels.of == number] for number in range(len(labels.entries))]
    common = background(meaning)
    for one, other in _close_pairs(groups):
        earlier, later = book.entry(labels.entries[one]), book.entry(labels.entries[other])
        if not meet(earlier, later):
            continue
        alike = likeness(groups[one], groups[other], common)
        same = alike >= _RATHER_ALIKE and _answers_alike(earlier, later) >= _SAME_ANSWER
        if same or (alike >= _ALIKE and _mixed(groups[one], groups[other]) >= _MIXED):
            yield Pair(earlier, later, same)


def meet(one: Entry, other: Entry) -> bool:
    """Whether there is a day on which both entries are valid."""
    starts = [e.valid_from for e in (one, other) if e.valid_from is not None]
    ends = [e.valid_until for e in (one, other) if e.valid_until is not None]
    return not starts or not ends or max(starts) <= min(ends)


def _close_pairs(groups: Sequence[Floats]) -> list[tuple[int, int]]:
    """Each entry with those that have the nearest centres, the earlier first, in order."""
    if len(groups) < 2:
        return []
    centres = np.stack([group.mean(axis=0) for group in groups])
    pairs: set[tuple[int, int]] = set()
    for start in range(0, len(centres), _CHUNK):
        closeness = centres[start : start + _CHUNK] @ centres.T
        for number, row in enumerate(closeness, start):
            row[number] = -np.inf
            nearest = np.argpartition(-row, min(COMPARED, len(row) - 1))[:COMPARED]
            pairs |= {(min(number, n), max(number, n)) for n in nearest.tolist() if n != number}
    return sorted(pairs)


def _mixed(one: Floats, other: Floats) -> float:
    """How often the nearest other wording is of the other entry: 0 never, 1 as by chance."""
    vectors = np.concatenate([one, other])
    is_other = np.arange(len(vectors)) >= len(one)
    closeness = vectors @ vectors.T
    np.fill_diagonal(closeness, -np.inf)
    crosses = is_other[closeness.argmax(axis=1)] != is_other
    chances = np.array([len(other), len(one)]) / (len(vectors) - 1)
    shares = np.array([crosses[~is_other].mean(), crosses[is_other].mean()])
    return float((shares / chances).mean())


def _answers_alike(one: Entry, other: Entry) -> float:
    """Dice's coefficient of the pairs of characters of two answers, 0–1."""
    first, second = (Counter(_pairs(fold(entry.answer))) for entry in (one, other))
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else float(one.answer == other.answer)


def _pairs(text: str) -> Iterator[str]:
    return (text[at : at + 2] for at in range(len(text) - 1))
