"""The parts of the accuracy benchmark that need no training: systems, figures, tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from benchmarks import accuracy, bots, measures, stock_bot, stock_nlu, systems
from benchmarks.bm25 import Bm25
from benchmarks.processes import BenchmarkError
from benchmarks.stock_bot import Lessons
from bot.match import matcher
from bot.match.decision import Answer, Candidate, Decision, NoMatch
from bot.match.evaluation import Question, evaluate_all
from bot.match.evaluation.rates import Scores
from bot.match.example import Example
from bot.match.matcher import Matcher, Settings
from bot.match.model import FaqModel
from bot.text.sudachi import Sudachi
from tests.match.small import TOPICS, WORDINGS, LetterEncoder, small_book, small_examples

ROOT = Path(__file__).parent.parent.parent
VOCABULARY = ROOT / "data/vocabulary.csv"


def tops(decisions: Sequence[Decision]) -> list[tuple[str, float]]:
    return [(d.candidates[0].entry, d.candidates[0].confidence) for d in decisions]


# BM25


def test_bm25_weighs_rare_terms_and_short_documents() -> None:
    index = Bm25.of(["a b", "a c", "a c c d e f"], str.split)
    (scores,) = index.scores(["c"])
    assert scores[0] == 0
    assert scores[1] > 0 and scores[2] > 0
    (common,), (rare,) = index.scores(["a"]), index.scores(["b"])
    assert common[0] < rare[0]
    assert common[1] > common[2], "the shorter of two documents with one occurrence each"


def test_bm25_is_lucenes_formula() -> None:
    (scores,) = Bm25.of(["a b", "a"], str.split, k1=1.2, b=0.75).scores(["b b"])
    rarity = np.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    weight = rarity * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 1.5))
    assert scores == pytest.approx([2 * weight, 0])


# systems


def test_bm25_system_ranks_entries_and_trusts_none_below_a_topic() -> None:
    system = systems.bm25(small_examples(), Sudachi.load(None))
    decisions = system.match(["再交付してもらえますか", "明日は雨が降りますか"])
    assert all(isinstance(d, NoMatch) for d in decisions)
    reissue, weather = tops(decisions)
    assert reissue[0] == "reissue" and reissue[1] > 0
    assert weather[1] == 0
    assert {c.entry for c in decisions[0].candidates} == set(WORDINGS)


def test_nearest_example_decides_an_entrys_score() -> None:
    examples = [
        Example.of_entry("", "a"),
        Example.of_entry("", "b"),
        Example.of_entry("", "a"),
        Example.of_topic("", "c"),
    ]
    ranked = systems.by_nearest(np.array([1.0, 2.0, 3.0, 2.5]), examples)
    assert ranked == (Candidate("a", 3.0), Candidate("b", 2.0))


def test_logistic_regression_learns_its_examples() -> None:
    system = systems.logistic_regression(small_examples(), LetterEncoder())
    asked = [(text, entry) for entry, texts in WORDINGS.items() for text in texts]
    found = tops(system.match([text for text, _ in asked]))
    assert [entry for entry, _ in found] == [entry for _, entry in asked]
    away = tops(system.match([text for texts in TOPICS.values() for text in texts]))
    assert max(p for _, p in away) < min(p for _, p in found), "topics are classes too"


# stock Rasa


def test_rasas_intents_become_decisions() -> None:
    confidences = {"out_of_scope": 0.6, "reissue": 0.3, "may_discard": 0.1}
    ranking = [{"name": name, "confidence": c} for name, c in confidences.items()]
    entries = (Candidate("reissue", 0.3), Candidate("may_discard", 0.1))

    def decided(intent: str | None) -> Decision:
        parsed = {"intent": {"name": intent}, "intent_ranking": ranking}
        return stock_nlu.decision(parsed, WORDINGS)

    assert decided("reissue") == Answer("reissue", entries)
    for nothing in ("out_of_scope", stock_nlu.FALLBACK, "restart", None):
        assert decided(nothing) == NoMatch(entries)
    assert stock_nlu.decision({}, WORDINGS) == NoMatch(())


def test_stock_rasa_is_asked_one_question_after_the_other() -> None:
    class Agent:
        async def parse_message(self, text: str) -> dict[str, Any]:
            intent = {"name": text, "confidence": 0.5}
            return {"intent": intent, "intent_ranking": [intent]}

    nlu = stock_nlu.StockNlu(Agent(), frozenset(WORDINGS))
    found = nlu.match(["reissue", "out_of_scope", "may_discard"])
    assert [d.as_dict()["entry"] for d in found] == ["reissue", None, "may_discard"]


def test_stock_rasa_learns_the_same_texts_as_the_matcher() -> None:
    book = small_book()
    files = stock_bot.stock_files(book, VOCABULARY, Lessons(None, out_of_scope=True))
    blocks = yaml.safe_load(files["data/nlu.yml"])["nlu"]
    learnt = {b["intent"]: b["examples"].removeprefix("- ").split("\n- ") for b in blocks}
    assert list(learnt) == [*WORDINGS, stock_bot.OUT_OF_SCOPE]
    texts = [text.strip() for block in learnt.values() for text in block]
    assert texts == [example.text for example in small_examples()]
    assert stock_bot.OUT_OF_SCOPE in yaml.safe_load(files["domain.yml"])["intents"]
    rules = {r["rule"]: r["steps"] for r in yaml.safe_load(files["data/rules.yml"])["rules"]}
    assert rules[stock_bot.OUT_OF_SCOPE][-1] == {"action": "utter_default"}


def test_lessons_limit_examples_and_epochs() -> None:
    lessons = Lessons(2, out_of_scope=True, epochs=5)
    files = stock_bot.stock_files(small_book(), VOCABULARY, lessons)
    blocks = yaml.safe_load(files["data/nlu.yml"])["nlu"]
    assert [b["examples"].count("\n") for b in blocks] == [2, 2, 2, 2 * len(TOPICS)]
    assert epochs(files) == 5
    assert epochs(stock_bot.stock_files(small_book(), VOCABULARY)) == 100


def epochs(files: dict[str, str]) -> int:
    pipeline = yaml.safe_load(files["config.yml"])["pipeline"]
    return next(int(c["epochs"]) for c in pipeline if c["name"] == "DIETClassifier")


def test_a_training_that_takes_too_long_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bots, "TRAIN_WITHIN", 0.05)
    with pytest.raises(BenchmarkError, match="took more than"):
        bots.train(["sleep", "9"], tmp_path)
    monkeypatch.setattr(bots, "TRAIN_WITHIN", 9)
    with pytest.raises(BenchmarkError, match="ended with 2"):
        bots.train(["sh", "-c", "exit 2"], tmp_path)


# figures


def scores_of(inside: Sequence[float], outside: Sequence[float]) -> Scores:
    confidences = {f"in {i}": c for i, c in enumerate(inside)}
    confidences |= {f"out {i}": c for i, c in enumerate(outside)}
    questions = [Question(t, "a" if t.startswith("in") else None) for t in confidences]

    def match(texts: Sequence[str]) -> list[Decision]:
        return [NoMatch((Candidate("a", confidences[text]),)) for text in texts]

    return evaluate_all(questions, match).scores


@pytest.mark.parametrize(
    ("inside", "outside", "expected"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1.0),
        ([0.1], [0.9], 0.0),
        ([0.5, 0.5], [0.5], 0.5),
        ([0.9, 0.3], [0.5, 0.3], (1 + 1 + 0 + 0.5) / 4),
    ],
)
def test_auroc(inside: list[float], outside: list[float], expected: float) -> None:
    assert float(measures.auroc(scores_of(inside, outside))) == pytest.approx(expected)


def test_auroc_needs_both_sides() -> None:
    assert np.isnan(measures.auroc(scores_of([0.5], [])))


# the whole, with the tiny matcher and what needs no training


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    asked = [(texts[0], entry) for entry, texts in WORDINGS.items()]
    lines = [{"text": text, "entry": entry} for text, entry in asked]
    lines += [{"text": text, "entry": None} for texts in TOPICS.values() for text in texts]
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return file


@pytest.fixture
def bench(questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Arguments that leave stock Rasa out."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(matcher, "load_encoder", lambda name, threads=1: LetterEncoder())
    model = FaqModel(small_book(), Matcher.fit(small_examples(), Settings("letters", None)))
    monkeypatch.setattr(accuracy, "load_newest", lambda threads: model)
    monkeypatch.setattr(accuracy, "load_encoder", lambda name, threads: LetterEncoder())
    monkeypatch.setattr(systems, "VOCABULARY", VOCABULARY)
    return [str(questions), "--only", "ours", "bm25", "base"]


def test_table_has_a_row_for_every_system(
    bench: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert accuracy.main([*bench, "--base-encoder", "letters"]) == 0
    tables = capsys.readouterr().out.split("\n\n")
    ranking = [line.split(" | ") for line in tables[0].splitlines()]
    assert ranking[0][0] == "| 3 questions in scope, 6 out of scope"
    assert [row[0] for row in ranking[2:]] == [
        "| hoken-faq",
        "| BM25 on Sudachi words",
        "| base encoder, logistic regression",
    ]
    assert ranking[2][1] == "100.0 (100.0–100.0)"
    assert [line.split(" | ")[0] for line in tables[1].splitlines()[2:]] == ["| hoken-faq"]


def test_a_base_encoder_that_is_not_named_is_left_out_and_said(
    bench: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert accuracy.main(bench) == 0
    out, err = capsys.readouterr()
    assert "logistic" not in out
    assert "--base-encoder" in err


def test_json_is_the_same_on_every_run(
    bench: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    runs = []
    for _ in range(2):
        assert accuracy.main([*bench, "--json"]) == 0
        runs.append(json.loads(capsys.readouterr().out))
    assert runs[0]["systems"] == runs[1]["systems"]
    assert runs[0]["questions"] == {"in_scope": 3, "out_of_scope": 6}
    ours, bm25 = runs[0]["systems"]
    assert ours["figures"]["top1"] == 1
    assert set(ours["figures"]) == {*measures.RANKING, *measures.DECIDING}
    assert set(bm25["figures"]) == set(measures.RANKING)
    for name, interval in ours["intervals"].items():
        assert interval["low"] <= ours["figures"][name] <= interval["high"], name


def test_faulty_questions_end_with_a_message(
    bench: list[str], questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions.write_text("{}\n")
    assert accuracy.main(bench) == 1
    assert f"{questions}:1" in capsys.readouterr().err.replace("\n", "")


@pytest.mark.parametrize("wrong", [["--epochs", "0"], ["--examples", "-1"], ["--only", "nobody"]])
def test_wrong_options_are_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        accuracy.main(wrong)
    assert wrong[0] in capsys.readouterr().err
