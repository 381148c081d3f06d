"""One question, what was decided, and how good that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.match.decision import Answer, Candidate, Choices, Decision
from bot.match.evaluation.questions import Question


class Outcome(Enum):
    RIGHT = "正答"
    OFFERED = "候補に正答"  # the right entry is among the choices
    WRONG = "誤答"  # another entry is answered; out of scope: any entry
    MISLED = "候補に正答なし"  # only other entries are offered
    SILENT = "該当なし"


# By the harm they do, worst first: nobody notices a wrong answer, a choice can be turned
# down, a refusal costs a call.
HARM = (Outcome.WRONG, Outcome.MISLED, Outcome.SILENT, Outcome.OFFERED, Outcome.RIGHT)

# Questions matched at once: their similarities take some megabytes.
BATCH = 256


@dataclass(frozen=True, slots=True)
class Result:
    question: Question
    decision: Decision
    outcome: Outcome

    @property
    def best(self) -> Candidate:
        """The best candidate; an empty one where every entry is hidden."""
        return self.decision.candidates[0] if self.decision.candidates else Candidate("", 0.0)

    @property
    def is_miss(self) -> bool:
        """Something that a member would not have liked."""
        if self.question.entry is None:
            return self.outcome is not Outcome.SILENT
        return self.outcome not in (Outcome.RIGHT, Outcome.OFFERED)

    @property
    def severity(self) -> tuple[int, float]:
        """Ascending from the worst: by harm, and the more confident first."""
        return HARM.index(self.outcome), -self.decision.confidence

    @property
    def expected(self) -> str:
        return self.question.entry or "対象外"

    @property
    def decided(self) -> str:
        """What the bot did, in words."""
        if isinstance(self.decision, Answer):
            return f"回答 {self.decision.entry}"
        if isinstance(self.decision, Choices):
            return f"候補提示 {'・'.join(self.decision.entries)}"
        return "該当なし"

    def __str__(self) -> str:
        candidates = ", ".join(f"{c.entry} {c.confidence:.2f}" for c in self.decision.candidates)
        return (
            f"{self.outcome.value}  「{self.question.text}」  正解 {self.expected}"
            f"  判断 {self.decided}  候補 {candidates}"
        )

    def as_dict(self) -> dict[str, Any]:
        return {
            "text": self.question.text,
            "expected": self.question.entry,
            "voice": self.question.voice,
            "kind": self.question.kind,
            "outcome": self.outcome.name.lower(),
            **self.decision.as_dict(),
        }


def outcome(question: Question, decision: Decision) -> Outcome:
    if isinstance(decision, Answer):
        return Outcome.RIGHT if decision.entry == question.entry else Outcome.WRONG
    if isinstance(decision, Choices):
        return Outcome.OFFERED if question.entry in decision.entries else Outcome.MISLED
    return Outcome.SILENT


def judge(
    questions: Iterable[Question], match_all: Callable[[Sequence[str]], Sequence[Decision]]
) -> tuple[Result, ...]:
    """In the order of the questions; `match_all` gets at most BATCH texts at once."""
    asked = list(questions)
    results: list[Result] = []
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        decisions = match_all([question.text for question in batch])
        results += [Result(q, d, outcome(q, d)) for q, d in zip(batch, decisions, strict=True)]
    return tuple(results)
