"""Score the matcher on questions with known answers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import isnan
from pathlib import Path
from typing import Any

from bot.errors import FaqBotError
from bot.match.decision import Answer, Candidate, Choices, Decision


class QuestionsError(FaqBotError):
    """A file of questions cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Question:
    """`entry` is the entry that answers it, None where the FAQ has no answer."""

    text: str
    entry: str | None
    voice: str = "-"


class Outcome(Enum):
    RIGHT = "正答"
    OFFERED = "候補に正答"  # the right entry is among the choices
    WRONG = "誤答"  # another entry is answered; out of scope: any entry
    MISLED = "候補に正答なし"  # only other entries are offered
    SILENT = "該当なし"


@dataclass(frozen=True, slots=True)
class Result:
    question: Question
    decision: Decision
    outcome: Outcome

    @property
    def best(self) -> Candidate:
        """The best candidate; an empty one where every entry is hidden."""
        return self.decision.candidates[0] if self.decision.candidates else Candidate("", 0.0)

    def __str__(self) -> str:
        best = ", ".join(f"{c.entry} {c.confidence:.2f}" for c in self.decision.candidates[:3])
        wanted = self.question.entry or "対象外"
        return f"{self.outcome.value}  「{self.question.text}」  正解 {wanted}  候補 {best}"


@dataclass(frozen=True)
class Report:
    results: tuple[Result, ...]

    @property
    def inside(self) -> list[Result]:
        return [r for r in self.results if r.question.entry is not None]

    @property
    def outside(self) -> list[Result]:
        return [r for r in self.results if r.question.entry is None]

    @property
    def misses(self) -> list[Result]:
        """Everything that a member would not have liked."""
        bad_inside = {Outcome.WRONG, Outcome.MISLED, Outcome.SILENT}
        return [r for r in self.inside if r.outcome in bad_inside] + [
            r for r in self.outside if r.outcome is Outcome.WRONG
        ]

    def rates(self) -> dict[str, float]:
        """Shares, 0–1; nan where there is no such question."""
        inside, outside = self.inside, self.outside
        return {
            "in_scope": len(inside),
            "out_of_scope": len(outside),
            "right": _share(inside, Outcome.RIGHT),
            "right_or_offered": _share(inside, Outcome.RIGHT, Outcome.OFFERED),
            "wrong": _share(inside, Outcome.WRONG),
            "silent": _share(inside, Outcome.SILENT),
            "top1": _mean(r.best.entry == r.question.entry for r in inside),
            "out_of_scope_answered": _share(outside, Outcome.WRONG),
            "out_of_scope_choices": _share(outside, Outcome.MISLED),
            "right_at_90": right_at(self, 0.90),
            "right_at_95": right_at(self, 0.95),
            "calibration_error": calibration_error(self),
        }

    def overall(self) -> dict[str, str]:
        rates = self.rates()
        names = {
            "対象内の質問": "in_scope",
            "対象外の質問": "out_of_scope",
            "すぐに正答": "right",
            "正答または候補に正答": "right_or_offered",
            "誤答（対象内）": "wrong",
            "該当なし（対象内）": "silent",
            "第1候補が正解": "top1",
            "対象外への回答": "out_of_scope_answered",
            "対象外への候補提示": "out_of_scope_choices",
            "対象外を90%退けるときの正答": "right_at_90",
            "対象外を95%退けるときの正答": "right_at_95",
            "確からしさの誤差（ECE）": "calibration_error",
        }
        counts = ("in_scope", "out_of_scope")
        return {
            label: f"{rates[key]:.0f}" if key in counts else f"{rates[key]:.3f}"
            for label, key in names.items()
        }

    def by_entry(self) -> dict[str, tuple[int, ...]]:
        return _counts(self.results, lambda r: r.question.entry or "（対象外）")

    def by_voice(self) -> dict[str, tuple[int, ...]]:
        return _counts(self.inside, lambda r: r.question.voice)

    def as_dict(self) -> dict[str, Any]:
        return {
            # JSON knows no NaN, the rate of no questions.
            "rates": {k: None if isnan(v) else v for k, v in self.rates().items()},
            "results": [
                {
                    "text": r.question.text,
                    "expected": r.question.entry,
                    "voice": r.question.voice,
                    "outcome": r.outcome.name.lower(),
                    **r.decision.as_dict(),
                }
                for r in self.results
            ],
        }


def evaluate(questions: Iterable[Question], match: Callable[[str], Decision]) -> Report:
    results = []
    for question in questions:
        decision = match(question.text)
        results.append(Result(question, decision, outcome(question, decision)))
    return Report(tuple(results))


def outcome(question: Question, decision: Decision) -> Outcome:
    if isinstance(decision, Answer):
        return Outcome.RIGHT if decision.entry == question.entry else Outcome.WRONG
    if isinstance(decision, Choices):
        return Outcome.OFFERED if question.entry in decision.entries else Outcome.MISLED
    return Outcome.SILENT


def right_at(report: Report, turned_away: float) -> float:
    """Share of in-scope questions whose best entry is right and surer than the confidence
    below which `turned_away` of the out-of-scope questions lie."""
    outside = sorted(r.best.confidence for r in report.outside)
    if not outside:
        return float("nan")
    threshold = outside[min(len(outside) - 1, int(turned_away * len(outside)))]
    return _mean(
        r.best.entry == r.question.entry and r.best.confidence > threshold for r in report.inside
    )


def calibration_error(report: Report, bins: int = 10) -> float:
    """Expected calibration error of the best entry's confidence (Guo et al. 2017, eq. 3)."""
    binned: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for r in report.results:
        confidence, right = r.best.confidence, r.best.entry == r.question.entry
        binned[min(bins - 1, int(confidence * bins))].append((confidence, right))
    gaps = [
        abs(sum(c for c, _ in rows) - sum(right for _, right in rows)) for rows in binned.values()
    ]
    return sum(gaps) / len(report.results) if report.results else float("nan")


def read_questions(file: Path, known: frozenset[str]) -> list[Question]:
    """JSON Lines with `text`, `entry` (null: out of scope), optionally `voice`."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(
            f"{file}: 読み込めません。UTF-8 の JSON Lines を指定してください。"
        ) from error
    return [
        _question(line, f"{file}:{number}", known)
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]


def _question(line: str, where: str, known: frozenset[str]) -> Question:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "entry" not in row:
        raise QuestionsError(f'{where}: {{"text": "…", "entry": …}} の形で書いてください。')
    entry = row["entry"]
    if entry is not None and (not isinstance(entry, str) or entry not in known):
        raise QuestionsError(f"{where}: 項目「{entry}」は faq.yml にありません。")
    return Question(row["text"], entry, str(row.get("voice", "-")))


def _share(results: Sequence[Result], *outcomes: Outcome) -> float:
    return _mean(r.outcome in outcomes for r in results)


def _mean(flags: Iterable[bool]) -> float:
    values = list(flags)
    return sum(values) / len(values) if values else float("nan")


def _counts(results: Iterable[Result], key: Callable[[Result], str]) -> dict[str, tuple[int, ...]]:
    """Name → (questions, right, offered, wrong or misled, silent)."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for result in results:
        groups[key(result)].append(result.outcome)
    return {
        name: (
            len(all_),
            all_.count(Outcome.RIGHT),
            all_.count(Outcome.OFFERED),
            all_.count(Outcome.WRONG) + all_.count(Outcome.MISLED),
            all_.count(Outcome.SILENT),
        )
        for name, all_ in groups.items()
    }
