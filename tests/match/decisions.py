"""Decisions and reports made by hand."""

from __future__ import annotations

from bot.match.decision import Answer, Candidate, Choices, Decision, NoMatch
from bot.match.evaluation import Question, Report, evaluate


def candidates(entry: str, confidence: float) -> tuple[Candidate, ...]:
    return Candidate(entry, confidence), Candidate("c", 0.0)


def answer(entry: str, confidence: float = 0.9) -> Answer:
    return Answer(entry, candidates(entry, confidence))


def silence(best: str = "a", confidence: float = 0.2) -> NoMatch:
    return NoMatch(candidates(best, confidence))


def choices(*entries: str) -> Choices:
    return Choices(entries, tuple(Candidate(entry, 0.4) for entry in entries))


def report(*rows: tuple[str | None, Decision]) -> Report:
    """The questions are 問0, 問1, …"""
    return report_on(*((Question(f"問{n}", entry), d) for n, (entry, d) in enumerate(rows)))


def report_on(*rows: tuple[Question, Decision]) -> Report:
    decisions = iter([decision for _, decision in rows])
    return evaluate([question for question, _ in rows], lambda text: next(decisions))


def mixed_report() -> Report:
    """Every outcome of both sides, voices and kinds, and a text that HTML could take for more."""
    return report_on(
        (Question("捨てていい？", "a", "terse"), answer("a", 0.97)),
        (Question("なくした", "b", "terse"), answer("a", 0.93)),
        (Question("<b>どこ</b>", "b", "formal"), choices("b", "a")),
        (Question("これは？", "a", "formal"), choices("b", "c")),
        (Question("教えて", "b", "own_voice"), silence("b", 0.3)),
        (Question("年金は？", None, kind="near"), answer("a", 0.85)),
        (Question("保険料は？", None, kind="near"), choices("a", "b")),
        (Question("天気は？", None, kind="chitchat"), silence("a", 0.01)),
    )


def inside_report() -> Report:
    return report(("a", answer("a")), ("b", silence("b")))


def outside_report() -> Report:
    return report((None, answer("a")), (None, silence()))
