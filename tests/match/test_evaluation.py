"""Scores of the matcher on questions with known answers, checked by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from bot.match.decision import Answer, Candidate, Choices, Decision, NoMatch
from bot.match.evaluation import (
    Outcome,
    Question,
    QuestionsError,
    Report,
    Result,
    calibration_error,
    evaluate,
    outcome,
    read_questions,
    right_at,
)

KNOWN = frozenset({"a", "b", "c"})


def candidates(entry: str, confidence: float) -> tuple[Candidate, ...]:
    return Candidate(entry, confidence), Candidate("c", 0.0)


def answer(entry: str, confidence: float = 0.9) -> Answer:
    return Answer(entry, candidates(entry, confidence))


def silence(best: str = "a", confidence: float = 0.2) -> NoMatch:
    return NoMatch(candidates(best, confidence))


def choices(*entries: str) -> Choices:
    return Choices(entries, tuple(Candidate(entry, 0.4) for entry in entries))


def report(*rows: tuple[str | None, Decision]) -> Report:
    decisions = iter([decision for _, decision in rows])
    questions = [Question(f"問{n}", entry) for n, (entry, _) in enumerate(rows)]
    return evaluate(questions, lambda text: next(decisions))


@pytest.mark.parametrize(
    ("entry", "decision", "expected"),
    [
        ("a", answer("a"), Outcome.RIGHT),
        ("a", answer("b"), Outcome.WRONG),
        ("a", choices("b", "a"), Outcome.OFFERED),
        ("a", choices("b", "c"), Outcome.MISLED),
        ("a", silence(), Outcome.SILENT),
        (None, answer("a"), Outcome.WRONG),
        (None, choices("a", "b"), Outcome.MISLED),
        (None, silence(), Outcome.SILENT),
    ],
)
def test_outcomes(entry: str | None, decision: Decision, expected: Outcome) -> None:
    assert outcome(Question("text", entry), decision) is expected


def test_rates_count_in_scope_and_out_of_scope_questions_apart() -> None:
    rates = report(
        ("a", answer("a")),
        ("a", answer("b")),
        ("b", choices("b", "a")),
        ("b", silence("b")),
        (None, answer("a")),
        (None, silence()),
    ).rates()
    assert (rates["in_scope"], rates["out_of_scope"]) == (4, 2)
    assert rates["right"] == 0.25
    assert rates["right_or_offered"] == 0.5
    assert rates["wrong"] == rates["silent"] == 0.25
    assert rates["top1"] == 0.75
    assert rates["out_of_scope_answered"] == 0.5
    assert rates["out_of_scope_choices"] == 0


def test_right_at_a_share_of_turned_away_questions() -> None:
    # Of ten out-of-scope questions nine lie below 0.9: an answer has to be surer than that.
    outside = [(None, silence("a", number / 10)) for number in range(10)]
    inside = [("a", answer("a", c)) for c in (0.95, 0.91, 0.85, 0.5)] + [("a", answer("b", 0.99))]
    both = report(*outside, *inside)
    assert right_at(both, 0.9) == pytest.approx(2 / 5)
    assert right_at(both, 0.5) == pytest.approx(3 / 5)
    assert math.isnan(right_at(report(*inside), 0.9))
    assert math.isnan(right_at(report(*outside), 0.9))


def test_calibration_error_by_hand() -> None:
    # Bin 0.9–1: 0.95 + 0.93 claimed, 1 right: 0.88 off.  Bin 0.2–0.3: 0.25 claimed, 0 right.
    rows = report(("a", answer("a", 0.95)), ("a", answer("b", 0.93)), (None, silence("a", 0.25)))
    assert calibration_error(rows) == pytest.approx((0.88 + 0.25) / 3)


def test_perfect_confidence_has_no_calibration_error() -> None:
    sure = report(("a", answer("a", 1.0)), (None, silence("a", 0.0)))
    assert calibration_error(sure) == 0
    assert math.isnan(calibration_error(Report(())))


def test_questions_for_which_every_entry_is_hidden_can_be_scored() -> None:
    rates = report(("a", NoMatch(())), (None, NoMatch(()))).rates()
    assert rates["silent"] == 1
    assert rates["top1"] == 0


def test_misses_are_what_a_member_would_not_have_liked() -> None:
    rows = report(
        ("a", answer("a")),
        ("a", answer("b")),
        ("a", silence()),
        (None, silence()),
        (None, answer("a")),
    )
    assert [miss.question.text for miss in rows.misses] == ["問1", "問2", "問4"]
    assert str(rows.misses[0]) == "誤答  「問1」  正解 a  候補 b 0.90, c 0.00"
    assert "正解 対象外" in str(rows.misses[2])


def test_counts_by_entry_and_voice() -> None:
    rows = Report(
        tuple(
            Result(question, decision, outcome(question, decision))
            for question, decision in [
                (Question("一", "a", "formal"), answer("a")),
                (Question("二", "a", "terse"), choices("b", "c")),
                (Question("三", None, "terse"), silence()),
            ]
        )
    )
    assert rows.by_entry() == {"a": (2, 1, 0, 1, 0), "（対象外）": (1, 0, 0, 0, 1)}
    assert rows.by_voice() == {"formal": (1, 1, 0, 0, 0), "terse": (1, 0, 0, 1, 0)}


def test_the_report_as_json_is_json() -> None:
    """`NaN`, which Python would write for a rate of no questions, is not."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    data = json.loads(json.dumps(report(("a", answer("a"))).as_dict()), parse_constant=refuse)
    assert data["rates"]["right"] == 1
    assert data["results"][0]["outcome"] == "right"


def test_reading_questions(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(
        '{"text": "一", "entry": "a", "voice": "formal"}\n\n{"text": "二", "entry": null}\n'
    )
    assert read_questions(file, KNOWN) == [Question("一", "a", "formal"), Question("二", None)]


def test_a_line_ends_only_at_a_line_break(tmp_path: Path) -> None:
    """U+2028 and others, which `str.splitlines` takes for an end, may stand in a JSON text."""
    file = tmp_path / "q.jsonl"
    file.write_text('{"text": "一\u2028二\x85三", "entry": null}\n', encoding="utf-8")
    assert read_questions(file, KNOWN) == [Question("一\u2028二\x85三", None)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("not json", '{"text": "…", "entry": …} の形で'),
        ("[1]", "の形で書いてください"),
        ("[" * 100_000, "の形で書いてください"),
        ('{"text": 5, "entry": null}', "の形で書いてください"),
        ('{"text": "三"}', "の形で書いてください"),
        ('{"text": "三", "entry": "nothing"}', "項目「nothing」は faq.yml にありません"),
        ('{"text": "三", "entry": ["a"]}', "faq.yml にありません"),
    ],
    ids=lambda value: value[:30],
)
def test_a_fault_names_file_and_line(tmp_path: Path, line: str, words: str) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"text": "一", "entry": "a"}\n\n' + line + "\n")
    with pytest.raises(QuestionsError) as caught:
        read_questions(file, KNOWN)
    assert str(caught.value).startswith(f"{file}:3: ")
    assert words in str(caught.value)


@pytest.mark.parametrize("content", [None, b"\x83\x65\x83\x58\x83\x67"])
def test_an_unreadable_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "q.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(QuestionsError, match=r"q\.jsonl: 読み込めません。UTF-8"):
        read_questions(file, KNOWN)
