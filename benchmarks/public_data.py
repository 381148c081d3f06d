"""Readers of public evaluation data, which lies outside of the project and is never copied in."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.match.evaluation import Question


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences and how similar people find them: 0–5 in JSTS, 1–5 in JSICK."""

    one: str
    other: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Passages:
    """`answered_by[i]` is the row in `passages` of the one that answers `questions[i]`."""

    questions: tuple[str, ...]
    passages: tuple[str, ...]
    answered_by: tuple[int, ...]


def jsts(folder: Path) -> list[Pair]:
    """JGLUE's JSTS, valid."""
    lines = (folder / "valid-v1.3.json").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Pair(row["sentence1"], row["sentence2"], float(row["label"])) for row in rows]


def jsick(folder: Path) -> list[Pair]:
    """JSICK, test, the Japanese columns."""
    with (folder / "test.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Pair(row["sentence_A_Ja"], row["sentence_B_Ja"], float(row["relatedness_score_Ja"]))
        for row in rows
    ]


def jsquad(folder: Path) -> Passages:
    """JGLUE's JSQuAD, valid; a passage begins with the title of its article."""
    return _squad([folder / "valid-v1.3.json"])


def jaquad(folder: Path) -> Passages:
    """JaQuAD, dev."""
    return _squad(sorted(folder.glob("jaquad_dev_*.json")))


def _squad(files: Iterable[Path]) -> Passages:
    rows: dict[str, int] = {}
    questions, answered_by = [], []
    for file in files:
        for article in json.loads(file.read_text("utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                row = rows.setdefault(paragraph["context"], len(rows))
                for asked in paragraph["qas"]:
                    questions.append(asked["question"])
                    answered_by.append(row)
    return Passages(tuple(questions), tuple(rows), tuple(answered_by))


@dataclass(frozen=True, slots=True)
class Clinc150:
    """Questions with their intents as entries; at the end of each part those of none."""

    train: tuple[Question, ...]
    validation: tuple[Question, ...]
    test: tuple[Question, ...]

    @classmethod
    def read(cls, folder: Path) -> Clinc150:
        """CLINC150, full."""
        parts: dict[str, Any] = json.loads((folder / "data_full.json").read_text("utf-8"))

        def part(name: str) -> tuple[Question, ...]:
            inside = tuple(Question(text, intent) for text, intent in parts[name])
            return inside + tuple(Question(text, None) for text, _ in parts[f"oos_{name}"])

        return cls(part("train"), part("val"), part("test"))
