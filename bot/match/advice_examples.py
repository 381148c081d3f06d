"""Single examples that harm the matcher, and examples that do not help it.

**Misleading.** An example is scored as if it had not been there (`held_out.py`). It misleads where
another entry gets the better of its own by more than half of all that speaks: for the two
entries, for the best topic, and as much doubt as `_DOUBT`. Wordings of the shipped entries, put
into a wrong entry one at a time, were found in 94 % of the cases, 35 % where all entries have
six wordings; of 2,400 where they are, one is reported, 資格情報を見るページのURL, which is indeed
between two entries. The difference of the scores alone needs a threshold for every size of entry.

**Similar.** Friedman and Dieng (The Vendi score, 2023) count how many different things a group of
things amounts to: the exponential of the entropy of the eigenvalues of their kernel matrix. Six
wordings as shipped amount to 5.1 to 5.9; one question with five different endings to 1.4 to 2.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.faq.check import FEW_EXAMPLES
from bot.faq.entry import FaqBook
from bot.faq.fault import quote
from bot.faq.notice import Notice, Place
from bot.faq.wording_places import WordingPlaces
from bot.match.advice_entries import meet
from bot.match.example import Example
from bot.match.score import LEFT_OUT, Labels, Rows, Scorer
from bot.match.signals import Floats, Kernel, Signals
from bot.match.takeover import kernel
from bot.text.normalize import fold

_MISLEADING = 0.5
_DOUBT = 0.05
_DIFFERENT = 3.0  # wordings that an entry must amount to
_SAMPLE = 300  # wordings of an entry that are enough to see that they differ
_AT_ONCE = 8_000_000  # similarities in memory: 32 MB


def misleading_examples(
    book: FaqBook,
    examples: Sequence[Example],
    signals: Signals,
    similar: Container[frozenset[str]] = frozenset(),
) -> Iterator[Notice]:
    """Japanese examples that another entry would get, which is valid at the same time.

    `similar`: the ids of two entries that say the same; where one gets what is the other's, there
    is nothing more to say.
    """
    labels, places = Labels.of_examples(examples), WordingPlaces(book)
    foreign = np.array([example.foreign for example in examples])
    scorer, columns = Scorer(labels, signals, Kernel()), signals.columns()
    suspects = _suspects(labels, signals.meaning, ~foreign)
    for rows in _chunks(suspects, len(examples)):
        similarity = scorer.kernel(signals.rows(rows), columns)
        similarity[:, foreign] = LEFT_OUT
        similarity[np.arange(len(rows)), rows] = LEFT_OUT
        for row, scores in zip(rows, scorer.scores(similarity), strict=True):
            rival = _rival(scores, labels, int(labels.of[row]))
            if rival is None:
                continue
            own, other = book.entry(examples[row].label), book.entry(labels.entries[rival])
            told = frozenset((own.id, other.id)) in similar
            if examples[row].text != own.question and meet(own, other) and not told:
                message = (
                    f"例文{quote(examples[row].text)}は、項目 {other.id}「{other.label}」の質問に"
                    "見えます。そちらに移すか、違いのわかる言い方に直してください。"
                )
                place = places.of_entry(own.id, examples[row].text)
                yield Notice("misleading_example", place, message)


def _suspects(labels: Labels, meaning: Floats, judged: NDArray[np.bool_]) -> Rows:
    """The wordings of entries whose nearest other one is of another entry.

    By meaning alone, which finds nineteen in twenty of those that all signals would find, and
    costs a hundredth.
    """
    rows: Rows = np.flatnonzero(judged & (labels.of < len(labels.entries)))
    found = []
    for numbers in _chunks(np.arange(len(rows)), len(rows)):
        closeness = meaning[rows[numbers]] @ meaning[rows].T
        closeness[np.arange(len(numbers)), numbers] = LEFT_OUT
        nearest = rows[closeness.argmax(axis=1)]
        found.append(rows[numbers][labels.of[nearest] != labels.of[rows[numbers]]])
    suspects: Rows = np.concatenate(found)
    return suspects


def _rival(scores: Floats, labels: Labels, own: int) -> int | None:
    """The number of the entry that clearly gets a text which belongs to `own`."""
    count = len(labels.entries)
    entries = np.delete(scores[:count], own)
    if not len(entries):
        return None
    best = int(entries.argmax())
    for_best, for_own = float(entries[best]), float(scores[own])
    topic = float(scores[count:].max(initial=0))
    doubt = max(for_best, 0) + max(for_own, 0) + topic + _DOUBT
    if for_best - for_own < _MISLEADING * doubt:
        return None
    return best + (best >= own)


def similar_examples(
    book: FaqBook, examples: Sequence[Example], meaning: Floats
) -> Iterator[Notice]:
    """Wordings that are one to the matcher, and entries whose Japanese wordings amount to less
    than three."""
    labels, places = Labels.of_examples(examples), WordingPlaces(book)
    japanese = np.array([not example.foreign for example in examples])
    for number, id in enumerate(labels.entries):
        rows = np.flatnonzero(labels.of == number)
        yield from _twins(id, [examples[row].text for row in rows], places)
        rows = rows[japanese[rows]][:_SAMPLE]
        if len(rows) <= FEW_EXAMPLES:
            continue  # `few_examples` says more
        amount = _different(kernel(meaning[rows], meaning[rows]))
        if amount < _DIFFERENT:
            yield _monotonous(book, id, [examples[row].text for row in rows], amount, meaning[rows])


def _twins(id: str, texts: Sequence[str], places: WordingPlaces) -> Iterator[Notice]:
    first: dict[str, str] = {}
    for text in texts:
        twin = first.setdefault(fold(text), text)
        if twin is not text:
            message = (
                f"例文{quote(text)}は{quote(twin)}と、ボットには同じ文です。"
                "どちらかを消すか、別の言い方に替えてください。"
            )
            yield Notice("similar_examples", places.of_entry(id, text), message)


def _different(similarity: Floats) -> float:
    """The Vendi score of (n, n) similarities, 1 to n."""
    weights = np.linalg.eigvalsh(similarity.astype(np.float64)) / len(similarity)
    weights = weights[weights > 0]
    return float(np.exp(-(weights * np.log(weights)).sum()))


def _monotonous(
    book: FaqBook, id: str, texts: Sequence[str], amount: float, meaning: Floats
) -> Notice:
    closeness = meaning @ meaning.T
    np.fill_diagonal(closeness, LEFT_OUT)
    one, other = divmod(int(closeness.argmax()), len(texts))
    message = (
        f"言い方 {len(texts)} 件（質問と例文）が似すぎていて、{amount:.0f} 件分ほどの役にしか"
        f"立ちません。たとえば{quote(texts[one])}と{quote(texts[other])}です。言葉や長さの違う"
        "言い方に替えてください。"
    )
    return Notice("similar_examples", Place.of(book, "entries", id, "examples"), message)


def _chunks(rows: Rows, columns: int) -> Iterator[Rows]:
    """Some rows at a time, so that their similarities with all columns fit into memory."""
    step = max(1, _AT_ONCE // max(1, columns))
    return (rows[start : start + step] for start in range(0, len(rows), step))
