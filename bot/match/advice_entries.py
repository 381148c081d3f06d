"""Entries that say nearly the same: one answer too many, or two questions that nobody tells apart.

The wordings are compared as in `takeover.py`. Of the shipped entries no two come above .53; an
entry parted at random, six wordings against six others, has .87 to 1.5 with itself; shipped
entries worded a second time from memory had .73 to .95 with the first. Topics of the
out-of-scope bank that are not the same, such as joining and leaving an insurance, reach .9 now and
then: below that the answers have to be the same, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from bot.faq.entry import Entry, FaqBook
from bot.faq.notice import Notice, Place
from bot.faq.wordings import fold
from bot.match.example import Example
from bot.match.score import Labels
from bot.match.signals import Floats
from bot.match.takeover import ALIKE, COMPARED, background, likeness

# Wordings as alike as this are suspicious where the answers are the same.
_RATHER_ALIKE = 0.7
# Share of the pairs of neighbouring characters that two answers have in common, at least, to be
# the same but for a word or an ending. The two most alike of the shipped have .58.
_SAME_ANSWER = 0.9
_CHUNK = 256  # entries whose closeness to all others is in memory at once


def similar_entries(
    book: FaqBook, examples: Sequence[Example], meaning: Floats
) -> Iterator[Notice]:
    """One notice a pair, at the later entry. `meaning` (n_examples, dim) are the vectors.

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
        if same or alike >= ALIKE:
            yield _notice(book, earlier, later, same)


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


def _answers_alike(one: Entry, other: Entry) -> float:
    """Dice's coefficient of the pairs of characters of two answers, 0–1."""
    first, second = (Counter(_pairs(fold(entry.answer))) for entry in (one, other))
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else float(one.answer == other.answer)


def _pairs(text: str) -> Iterator[str]:
    return (text[at : at + 2] for at in range(len(text) - 1))


def _notice(book: FaqBook, earlier: Entry, later: Entry, same: bool) -> Notice:
    advice = "回答もほとんど同じなので、1つにまとめてください。"
    if not same:
        advice = (
            "ボットは見分けられません。回答が食い違わないか確かめ、1つにまとめるか、違いのわかる"
            "言い方に直してください。"
        )
    message = f"項目 {earlier.id}「{earlier.label}」と、質問の言い方がほとんど同じです。{advice}"
    return Notice("similar_entries", Place.of(book, "entries", later.id), message)
