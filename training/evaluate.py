"""How well embeddings tell topics apart, and how much of general similarity they keep.

The head is the one the bot starts from: logistic regression, C = 100, over all topics. An
in-scope question is right when its entry has the highest probability of all entries; the score
that decides whether to answer is that probability.

The twelve entries alone give few questions. So that differences can be seen, the near topics are
in turn taken as FAQs of twelve entries too, all other topics being out of their scope.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.linear_model import LogisticRegression

from training.data import Split, Text

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
Floats = NDArray[np.float64]
BENCHMARKS = Path("../shared/benchmarks")
HEAD_C, HEAD_STEPS = 100.0, 300
FAQ_SIZE = 12
TURNED_AWAY = (0.90, 0.95)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One FAQ's development questions: in scope (right or not, score), out of scope (score)."""

    right: NDArray[np.bool_]
    inside: Floats
    outside: Floats

    def right_at(self, turned_away: float) -> float:
        """Share of in-scope questions answered rightly when `turned_away` of the others are."""
        threshold = np.quantile(self.outside, turned_away)
        return float(np.mean(self.right & (self.inside > threshold)))

    def resampled(self, random: np.random.Generator) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Row numbers of a bootstrap sample, inside and outside."""
        return (
            random.integers(0, len(self.inside), len(self.inside)),
            random.integers(0, len(self.outside), len(self.outside)),
        )

    def taken(self, inside: NDArray[np.intp], outside: NDArray[np.intp]) -> Outcome:
        """The questions with these row numbers."""
        return Outcome(self.right[inside], self.inside[inside], self.outside[outside])


@dataclass(frozen=True, slots=True)
class Result:
    """Outcomes for the real entries (first) and for each FAQ made of near topics."""

    outcomes: tuple[Outcome, ...]

    def figures(self) -> dict[str, float]:
        """Top-1 and right-at figures: of the entries, and the mean over the other FAQs."""
        real, others = self.outcomes[0], self.outcomes[1:]
        figures = {"top1": float(real.right.mean())}
        figures |= {f"at{share:.0%}": real.right_at(share) for share in TURNED_AWAY}
        figures["faqs_top1"] = float(np.mean([o.right.mean() for o in others]))
        for share in TURNED_AWAY:
            figures[f"faqs_at{share:.0%}"] = float(np.mean([o.right_at(share) for o in others]))
        return figures


def objective(outcomes: Sequence[Outcome]) -> float:
    """What is chosen by: right answers at 90 % and 95 %, entries and other FAQs alike."""
    real, others = outcomes[0], outcomes[1:]
    return float(
        np.mean(
            [
                (real.right_at(share) + np.mean([o.right_at(share) for o in others])) / 2
                for share in TURNED_AWAY
            ]
        )
    )


def evaluate(encode: Encode, split: Split) -> Result:
    """Trains the head on `split.train` and scores the held-out texts."""
    head = LogisticRegression(C=HEAD_C, max_iter=HEAD_STEPS)
    head.fit(encode([t.text for t in split.train]), [t.topic for t in split.train])
    asked = split.known + split.unseen
    probability = head.predict_proba(encode([t.text for t in asked]))
    columns = {topic: number for number, topic in enumerate(head.classes_)}
    return Result(
        tuple(_outcome(probability, columns, asked, topics) for topics in faqs(split.train))
    )


def faqs(texts: Sequence[Text]) -> list[list[str]]:
    """The entries, then the near topics in groups of twelve; groups mix neighbours and others."""
    entries = list(dict.fromkeys(t.topic for t in texts if t.in_scope))
    near = list(dict.fromkeys(t.topic for t in texts if t.kind == "near"))
    count = len(near) // FAQ_SIZE
    return [entries] + [near[number::count] for number in range(count)]


def _outcome(
    probability: Floats, columns: dict[str, int], asked: Sequence[Text], topics: list[str]
) -> Outcome:
    scores = probability[:, [columns[topic] for topic in topics]]
    best, score = scores.argmax(axis=1), scores.max(axis=1)
    inside = np.array([text.topic in topics for text in asked])
    right = np.array([topics[b] == text.topic for b, text in zip(best, asked, strict=True)])
    return Outcome(right[inside], score[inside], score[~inside])


def better_probability(first: Result, second: Result, rounds: int = 1000, seed: int = 0) -> float:
    """Paired bootstrap: how often `first` has the higher objective on resampled questions."""
    random = np.random.default_rng(seed)
    wins = 0.0
    for _ in range(rounds):
        rows = [outcome.resampled(random) for outcome in first.outcomes]
        a = objective([o.taken(*r) for o, r in zip(first.outcomes, rows, strict=True)])
        b = objective([o.taken(*r) for o, r in zip(second.outcomes, rows, strict=True)])
        wins += 1.0 if a > b else 0.5 if a == b else 0.0
    return wins / rounds


def similarity(encode: Encode, folder: Path = BENCHMARKS) -> dict[str, float]:
    """Spearman's rank correlation on JSTS (valid) and JSICK (test); {} without the data."""
    figures = {}
    if (folder / "jsts").is_dir():
        lines = (folder / "jsts" / "valid-v1.3.json").read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        pairs = [(r["sentence1"], r["sentence2"], float(r["label"])) for r in rows]
        figures["jsts"] = _spearman(encode, pairs)
    if (folder / "jsick").is_dir():
        lines = (folder / "jsick" / "test.tsv").read_text("utf-8").splitlines()
        names = lines[0].split("\t")
        one, two, score = (names.index(n) for n in JSICK_COLUMNS)
        cells = [line.split("\t") for line in lines[1:]]
        figures["jsick"] = _spearman(encode, [(c[one], c[two], float(c[score])) for c in cells])
    return figures


JSICK_COLUMNS = ("sentence_A_Ja", "sentence_B_Ja", "relatedness_score_Ja")


def _spearman(encode: Encode, pairs: list[tuple[str, str, float]]) -> float:
    texts = list(dict.fromkeys(text for one, two, _ in pairs for text in (one, two)))
    rows = dict(zip(texts, encode(texts), strict=True))
    cosines = [float(rows[one] @ rows[two]) for one, two, _ in pairs]
    return float(spearmanr(cosines, [label for _, _, label in pairs]).statistic)
