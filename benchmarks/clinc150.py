"""CLINC150 (Larson et al. 2019): 150 English intents, and questions that belong to none.

What is measured is the whole matcher (three signals, scores, calibration), fitted to the train part
as it would be to an FAQ: each intent is an entry, and each of the 100 out-of-scope texts a topic of
its own, for no two of them speak of the same thing. As one topic, all would be left out of the
calibration at once, which could not learn then what a topic nearby says. The costs of the decision
play no part: below a threshold of the best entry's confidence a question counts as out of scope,
and the threshold is chosen on the validation part.

English is not what the encoder is for: its vocabulary is Japanese and Latin letters, and it was
trained further on Japanese alone. The readings of Sudachi say nothing about English either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.folders import inside
from benchmarks.public_data import Clinc150
from benchmarks.public_tasks import Row
from bot.match.evaluation import Question, evaluate_all
from bot.match.evaluation.rates import Scores
from bot.match.example import Example
from bot.match.matcher import Matcher, Settings

PUBLISHED = (
    "Rasa (2019) 90.9 / 31.2, with out-of-scope training 91.5 / 45.3 · BERT, threshold 96.2 / 52.3"
)


def measure(data: Clinc150, encoder: Path, folder: Path) -> list[Row]:
    """Trains in `folder`, which keeps the vectors of the train part."""
    settings = Settings(str(encoder.resolve()), vocabulary=None)
    with inside(folder):
        matcher = Matcher.fit(examples(data.train), settings)
        validation, test = (
            evaluate_all(part, matcher.match).scores for part in (data.validation, data.test)
        )
    chosen = {
        "most right on validation": most_right(validation),
        "highest sum on validation": best_sum(validation),
    }
    return [
        Row(
            "CLINC150 test",
            f"in-scope accuracy / out-of-scope recall, threshold: {how}",
            (accuracy(test, threshold), recall(test, threshold)),
            PUBLISHED,
        )
        for how, threshold in chosen.items()
    ]


def examples(train: Sequence[Question]) -> list[Example]:
    """Intents as entries, each out-of-scope text as a topic."""
    return [
        Example.of_entry(asked.text, asked.entry)
        if asked.entry is not None
        else Example.of_topic(asked.text, f"topic-{number}")
        for number, asked in enumerate(train)
    ]


def accuracy(scores: Scores, threshold: float) -> float:
    """Share of in-scope questions that get their intent."""
    return float(np.mean(scores.inside.right & (scores.inside.confidence >= threshold)))


def recall(scores: Scores, threshold: float) -> float:
    """Share of out-of-scope questions that get none."""
    return float(np.mean(scores.outside.confidence < threshold))


def most_right(scores: Scores) -> float:
    """The threshold with most right questions, "none" being one more intent."""
    n, m = len(scores.inside), len(scores.outside)
    return best(scores, lambda t: n * accuracy(scores, t) + m * recall(scores, t))


def best_sum(scores: Scores) -> float:
    """The threshold with the highest sum of accuracy and recall: of the validation part, one in
    thirty questions is out of scope, which says little about what people ask."""
    return best(scores, lambda t: accuracy(scores, t) + recall(scores, t))


def best(scores: Scores, value: Callable[[float], float]) -> float:
    """Of all thresholds that make a difference, the lowest with the highest `value`."""
    return float(max(np.unique(scores.all.confidence), key=value))
