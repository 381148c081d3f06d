"""Scores of the matcher on questions with known answers, checked by hand."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

import pytest

from bot.match.decision import Decision, NoMatch
from bot.match.evaluation import (
    Outcome,
    Question,
    Report,
    calibration_error,
    evaluate,
    evaluate_all,
    outcome,
    right_at,
)
from bot.match.evaluation.counts import Cell, Tally
from bot.match.evaluation.result import BATCH
from bot.match.model import FaqModel
from tests.match.decisions import (
    answer,
    choices,
    inside_report,
    mixed_report,
    outside_report,
    report,
    report_on,
    silence,
)


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


def test_misses_are_what_a_member_would_not_have_liked_the_worst_first() -> None:
    rows = report(
        ("a", answer("a")),
        ("a", silence()),
        ("a", choices("b", "a")),
        (None, choices("a", "b")),
        ("a", answer("b", 0.7)),
        (None, silence()),
        (None, answer("a", 0.8)),
    )
    assert [miss.question.text for miss in rows.misses] == ["問6", "問4", "問3", "問1"]
    assert [offered.question.text for offered in rows.offered] == ["問2"]


def test_a_result_in_words_for_a_failing_test() -> None:
    wrong, offered, silent = report(
        ("a", answer("b")), ("a", choices("b", "a")), (None, NoMatch(()))
    ).results
    assert str(wrong) == "誤答  「問0」  正解 a  判断 回答 b  候補 b 0.90, c 0.00"
    assert "正解 a  判断 候補提示 b・a  候補 b 0.40, a 0.40" in str(offered)
    assert str(silent) == "該当なし  「問2」  正解 対象外  判断 該当なし  候補 "


def test_counts_by_entry_voice_and_kind() -> None:
    rows = report_on(
        (Question("一", "a", "formal"), answer("a")),
        (Question("二", "a", "terse"), choices("b", "c")),
        (Question("三", "b", "terse"), silence()),
        (Question("四", None, "terse", "near"), silence()),
        (Question("五", None), answer("a")),
    )
    silent = Tally(1, 0, 0, 0, 0, 1)
    assert rows.by_entry() == {"a": Tally(2, 1, 0, 0, 1, 0), "b": silent}
    assert rows.by_voice() == {"formal": Tally(1, 1, 0, 0, 0, 0), "terse": Tally(2, 0, 0, 0, 1, 1)}
    assert rows.by_kind() == {"near": silent, "-": Tally(1, 0, 0, 1, 0, 0)}


def test_confusion_has_the_cells_that_are_not_empty() -> None:
    rows = report(
        ("a", answer("a")),
        ("a", answer("a")),
        ("a", answer("b")),
        ("b", choices("a", "b")),
        (None, answer("b")),
        (None, silence()),
    )
    assert set(rows.confusion) == {
        Cell("a", "answer", "a", 2),
        Cell("a", "answer", "b", 1),
        Cell("b", "choices", None, 1),
        Cell(None, "answer", "b", 1),
        Cell(None, "no_match", None, 1),
    }


def test_questions_are_asked_in_batches_and_keep_their_order() -> None:
    asked: list[int] = []

    def match_all(texts: Sequence[str]) -> list[Decision]:
        asked.append(len(texts))
        return [answer(text) for text in texts]

    questions = [Question(str(n), str(n)) for n in range(BATCH + 1)]
    rows = evaluate_all(questions, match_all)
    assert asked == [BATCH, 1]
    assert [r.question for r in rows.results] == questions
    assert rows.rates()["right"] == 1


def test_batches_decide_as_single_questions_do(small_model: FaqModel) -> None:
    questions = [
        Question("お知らせは捨ててもいいですか", "may_discard"),
        Question("URLを教えて", "portal_url"),
        Question("明日の天気は？", None),
    ]
    at_once = evaluate_all(questions, small_model.match_all)
    one_by_one = evaluate(questions, small_model.match)
    assert [r.outcome for r in at_once.results] == [r.outcome for r in one_by_one.results]
    assert at_once.results[0].outcome is Outcome.RIGHT
    for a, b in zip(at_once.results, one_by_one.results, strict=True):
        assert a.best.entry == b.best.entry
        assert a.best.confidence == pytest.approx(b.best.confidence, abs=1e-5)


@pytest.mark.parametrize("rows", [mixed_report(), inside_report(), outside_report(), Report(())])
def test_the_report_as_json_is_json(rows: Report) -> None:
    """`NaN`, which Python would write for a rate of no questions, is not."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    data = json.loads(json.dumps(rows.as_dict()), parse_constant=refuse)
    assert data["rates"]["in_scope"] == len(rows.inside)
    assert len(data["results"]) == len(rows.results)
    assert data["rates"].keys() - {"in_scope", "out_of_scope"} == data["intervals"].keys()
    assert all((data["rates"][k] is None) == (v is None) for k, v in data["intervals"].items())


def test_json_holds_each_question_and_each_figure() -> None:
    data = mixed_report().as_dict()
    assert data["results"][1] == {
        "text": "なくした",
        "expected": "b",
        "voice": "terse",
        "kind": "-",
        "outcome": "wrong",
        **answer("a", 0.93).as_dict(),
    }
    assert data["rates"]["out_of_scope_answered"] == pytest.approx(1 / 3)
    assert data["questions"]["right"] == 5
    assert data["questions"]["calibration_error"] == 8
    assert data["by_kind"]["near"]["wrong"] == 1
    assert {"expected": None, "decision": "answer", "answered": "a", "count": 1} in data[
        "confusion"
    ]
    assert data["risk_coverage"]["operating_point"]["answered"] == 3
    assert sum(row["questions"] for row in data["reliability"]) == 8
