"""What is compared: this project's matcher, and what one would use instead of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.bm25 import Bm25
from benchmarks.bots import StockBot
from benchmarks.stock_bot import Lessons
from benchmarks.stock_nlu import StockNlu
from bot.faq.entry import FaqBook
from bot.match.decide import CANDIDATES
from bot.match.decision import Candidate, Decision, NoMatch
from bot.match.encoder import Encoder
from bot.match.example import Example
from bot.match.model import FaqModel
from bot.text.sudachi import Sudachi

VOCABULARY = Path("data/vocabulary.csv")
# The head with which training/evaluate.py judges encoders; C is high because the cosines of e5
# lie close together.
HEAD_C, HEAD_STEPS = 100.0, 1000

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class System:
    """`match` gives a decision for each text. Where `decides` is false the system only ranks:
    every decision is NoMatch, and what counts are its candidates."""

    name: str
    decides: bool
    match: Callable[[Sequence[str]], list[Decision]]


def this_project(model: FaqModel) -> System:
    return System("hoken-faq", True, model.match_all)


def stock_rasa(book: FaqBook, folder: Path, lessons: Lessons) -> System:
    """Trained in `folder` unless the model there is still true to the content; minutes."""
    folder.mkdir(parents=True, exist_ok=True)
    bot = StockBot(book, VOCABULARY, folder, lessons=lessons)
    bot.prepare()
    learnt = f"at most {lessons.examples} examples each, " if lessons.examples else ""
    return System(
        f"stock Rasa (DIET, {learnt}{lessons.epochs} epochs)", True, StockNlu.load(bot).match
    )


def bm25(examples: Sequence[Example], sudachi: Sudachi) -> System:
    def words(text: str) -> list[str]:
        return [word.normalized for word in sudachi.words(text)]

    index = Bm25.of([example.text for example in examples], words)

    def match(texts: Sequence[str]) -> list[Decision]:
        return [NoMatch(by_nearest(row, examples)) for row in index.scores(texts)]

    return System("BM25 on Sudachi words", False, match)


def by_nearest(scores: Doubles, examples: Sequence[Example]) -> tuple[Candidate, ...]:
    """Entries by the score (n_examples,) of their nearest example, which is the confidence; 0
    where an out-of-scope wording is nearer than all of them."""
    best: dict[str, float] = {}
    for example, score in zip(examples, scores, strict=True):
        if example.in_scope:
            best[example.label] = max(best.get(example.label, 0.0), float(score))
    nearest = examples[int(scores.argmax())]
    ranked = sorted(best.items(), key=lambda pair: -pair[1])[:CANDIDATES]
    return tuple(Candidate(entry, score if nearest.in_scope else 0.0) for entry, score in ranked)


def logistic_regression(examples: Sequence[Example], encoder: Encoder) -> System:
    """Over the vectors of `encoder`, one class an entry or topic."""
    labels = list(dict.fromkeys(example.label for example in examples))
    number = {label: at for at, label in enumerate(labels)}
    entries = list(dict.fromkeys(number[e.label] for e in examples if e.in_scope))
    head = LogisticRegression(C=HEAD_C, max_iter=HEAD_STEPS)
    head.fit(encoder.encode([e.text for e in examples]), [number[e.label] for e in examples])

    def match(texts: Sequence[str]) -> list[Decision]:
        probabilities = head.predict_proba(encoder.encode(texts))[:, entries]
        names = [labels[at] for at in entries]
        return [NoMatch(by_probability(row, names)) for row in probabilities]

    return System("base encoder, logistic regression", False, match)


def by_probability(probabilities: Doubles, entries: Sequence[str]) -> tuple[Candidate, ...]:
    order = np.argsort(-probabilities, kind="stable")[:CANDIDATES]
    return tuple(Candidate(entries[at], float(probabilities[at])) for at in order)
