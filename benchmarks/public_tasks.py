"""What is measured on public Japanese data: similarity, retrieval, and trivia to be refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from benchmarks.bm25 import Bm25, character_pairs
from benchmarks.markdown import NOT_MEASURED
from benchmarks.public_data import Pair, Passages
from bot.match.decision import Decision
from bot.match.encoder import Encoder
from bot.match.evaluation import Outcome, Question, evaluate_all

# For passages k1 is higher than for questions, where a word stands once.
PASSAGE_K1 = 1.5
SHOWN = 10  # questions that the bot should have refused


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `values`: shares or correlations, 0–1; `published`: the same
    measure from the literature, times 100; `notes` are printed below the table."""

    task: str
    measure: str
    values: tuple[float, ...]
    published: str = NOT_MEASURED
    notes: tuple[str, ...] = ()


def similarity(task: str, pairs: Sequence[Pair], encoder: Encoder, published: str) -> list[Row]:
    """Do sentences that people find similar have similar vectors?"""
    one, other = encoder.encode([p.one for p in pairs]), encoder.encode([p.other for p in pairs])
    found = spearmanr((one * other).sum(axis=1), [p.similarity for p in pairs]).correlation
    return [Row(task, "Spearman, shipped encoder", (float(found),), published)]


def retrieval(
    task: str, data: Passages, encoder: Encoder, published: str = NOT_MEASURED
) -> list[Row]:
    """Is the passage that answers a question the most similar one?

    The encoder takes both for questions and reads the first 128 tokens of a passage.
    """
    vectors = encoder.encode(data.questions) @ encoder.encode(data.passages).T
    pairs = Bm25.of(data.passages, character_pairs, k1=PASSAGE_K1).scores(data.questions)
    return [
        Row(task, "R@1, shipped encoder", (first_is_right(vectors, data),), published),
        Row(task, "R@1, BM25 on pairs of characters", (first_is_right(pairs, data),)),
    ]


def first_is_right(scores: NDArray[np.floating[Any]], data: Passages) -> float:
    """Share of questions whose own passage has the highest of `scores` (n_questions,
    n_passages)."""
    return float(np.mean(scores.argmax(axis=1) == np.array(data.answered_by)))


def trivia(
    source: str, questions: Sequence[str], match: Callable[[Sequence[str]], list[Decision]]
) -> list[Row]:
    """Questions about anything but insurance: the bot should answer none of them."""
    report = evaluate_all([Question(text, None) for text in questions], match)
    asked = report.scores.outside
    task = f"{source}, {len(questions):,} questions as trivia"
    notes = tuple(f"- {miss}" for miss in report.misses[:SHOWN])
    return [
        Row(task, "answered", (float(asked.share(Outcome.WRONG)),)),
        Row(task, "given choices", (float(asked.share(Outcome.MISLED)),), notes=notes),
    ]
