"""The benchmark on public data, with a few made-up rows in the formats of the real files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks import clinc150, public, public_data, public_tasks
from benchmarks.public_data import Clinc150, Pair, Passages
from bot.match import matcher
from bot.match.decision import Answer, Candidate, Choices, Decision, NoMatch
from bot.match.evaluation import Question, evaluate_all
from bot.match.evaluation.rates import Scores
from tests.match.small import TOPICS, WORDINGS, LetterEncoder


def squad(*paragraphs: tuple[str, list[str]]) -> str:
    rows = [{"context": c, "qas": [{"question": q} for q in asked]} for c, asked in paragraphs]
    return json.dumps({"data": [{"title": "題", "paragraphs": rows}]}, ensure_ascii=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    for name in ("jsts", "jsick", "jsquad", "jaquad", "clinc150"):
        (folder / name).mkdir(parents=True)
    pairs = [("猫がいる", "猫がいます", 4.8), ("猫がいる", "車", 0.2), ("青い車", "車です", 3.0)]
    rows = [{"sentence1": a, "sentence2": b, "label": label} for a, b, label in pairs]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "jsts/valid-v1.3.json").write_text(lines, "utf-8")
    header = "pair_ID\tsentence_A_Ja\tsentence_B_Ja\trelatedness_score_Ja\n"
    lines = "".join(f'{i}\t{a}"\t{b}\t{label}\n' for i, (a, b, label) in enumerate(pairs))
    (folder / "jsick/test.tsv").write_text(header + lines, "utf-8")
    one = squad(("東京は首都である", ["首都は東京か", "東京とは"]), ("桜は春に咲く", ["桜はいつ"]))
    two = squad(("桜は春に咲く", ["春に咲くのは"]))
    (folder / "jsquad/valid-v1.3.json").write_text(one, "utf-8")
    (folder / "jaquad/jaquad_dev_0000.json").write_text(one, "utf-8")
    (folder / "jaquad/jaquad_dev_0001.json").write_text(two, "utf-8")
    (folder / "clinc150/data_full.json").write_text(json.dumps(clinc_parts()), "utf-8")
    return folder


def clinc_parts() -> dict[str, list[list[str]]]:
    inside = [[text, intent] for intent, texts in WORDINGS.items() for text in texts]
    outside = [[text, "oos"] for texts in TOPICS.values() for text in texts]
    parts = {}
    for name in ("train", "val", "test"):
        parts |= {name: inside, f"oos_{name}": outside}
    return parts


# readers


def test_pairs(data: Path) -> None:
    assert public_data.jsts(data / "jsts")[0] == Pair("猫がいる", "猫がいます", 4.8)
    quoted = public_data.jsick(data / "jsick")
    assert len(quoted) == 3, "a quotation mark is a character like others"
    assert quoted[1] == Pair('猫がいる"', "車", 0.2)


def test_a_passage_of_two_files_is_one(data: Path) -> None:
    read = public_data.jaquad(data / "jaquad")
    assert read.passages == ("東京は首都である", "桜は春に咲く")
    assert read.questions[-1] == "春に咲くのは"
    assert read.answered_by == (0, 0, 1, 1)


def test_clinc150_has_out_of_scope_questions_without_entry(data: Path) -> None:
    read = Clinc150.read(data / "clinc150")
    assert read.train == read.validation == read.test
    assert [q.entry for q in read.test if q.entry is None] == [None] * 6
    assert read.test[0] == Question(WORDINGS["may_discard"][0], "may_discard")


# tasks


def test_similarity_is_rank_correlation() -> None:
    pairs = [
        Pair("あああ", "あああ", 5.0),
        Pair("あああ", "ああい", 3.0),
        Pair("あああ", "いい", 1.0),
    ]
    (row,) = public_tasks.similarity("t", pairs, LetterEncoder(), "–")
    assert row.values == (pytest.approx(1.0),)
    turned = [Pair(p.one, p.other, -p.similarity) for p in pairs]
    (row,) = public_tasks.similarity("t", turned, LetterEncoder(), "–")
    assert row.values == (pytest.approx(-1.0),)


def test_retrieval_counts_questions_whose_passage_is_first() -> None:
    passages = Passages(("ああ", "いい", "ああ"), ("ああああ", "いいいい"), (0, 1, 1))
    encoder, bm25 = public_tasks.retrieval("t", passages, LetterEncoder())
    assert encoder.values == bm25.values == (pytest.approx(2 / 3),)


def test_trivia_that_is_answered_is_shown() -> None:
    candidates = (Candidate("a", 0.6), Candidate("b", 0.4))
    decisions = [NoMatch(candidates), Choices(("a", "b"), candidates), Answer("a", candidates)]

    def match(texts: Sequence[str]) -> list[Decision]:
        return [decisions[int(text) % 3] for text in texts]

    answered, offered = public_tasks.trivia("t", [str(n) for n in range(12)], match)
    assert answered.values == offered.values == (pytest.approx(1 / 3),)
    assert answered.task == "t, 12 questions as trivia"
    assert len(offered.notes) == 8
    assert "「2」" in offered.notes[0], "answers before choices"


# CLINC150


def scores() -> Scores:
    """In scope .9 right, .7 right, .6 wrong, .3 right; out of scope .8, .2."""
    sure = {"a9": 0.9, "a7": 0.7, "b6": 0.6, "a3": 0.3, "o8": 0.8, "o2": 0.2}
    questions = [Question(t, None if t.startswith("o") else t[0]) for t in sure]

    def match(texts: Sequence[str]) -> list[Decision]:
        return [NoMatch((Candidate("a", sure[text]),)) for text in texts]

    return evaluate_all(questions, match).scores


def test_thresholds() -> None:
    assert clinc150.accuracy(scores(), 0.0) == 0.75
    assert clinc150.accuracy(scores(), 0.7) == 0.5
    assert clinc150.recall(scores(), 0.8) == 0.5
    assert clinc150.recall(scores(), 0.81) == 1.0
    # At .3 three and one are right, at .9 one and two: the many in scope decide the first.
    assert clinc150.most_right(scores()) == 0.3
    assert clinc150.best_sum(scores()) == pytest.approx(0.3)


def test_where_sides_weigh_the_same_more_is_turned_away() -> None:
    sure = [*(("a", 0.5 + n / 100) for n in range(10)), *(("a", 0.9 + n / 100) for n in range(9))]
    questions = [Question(str(n), entry) for n, (entry, _) in enumerate(sure)]
    questions += [Question("out", None)]

    def match(texts: Sequence[str]) -> list[Decision]:
        return [
            NoMatch((Candidate("a", 0.52 if text == "out" else sure[int(text)][1]),))
            for text in texts
        ]

    found = evaluate_all(questions, match).scores
    assert clinc150.most_right(found) == pytest.approx(0.5), "three in scope for one out"
    assert clinc150.best_sum(found) == pytest.approx(0.53)


def test_each_out_of_scope_text_is_a_topic() -> None:
    train = [Question("hi", "greet"), Question("one", None), Question("two", None)]
    made = clinc150.examples(train)
    assert [(e.text, e.in_scope, e.near) for e in made] == [
        ("hi", True, True),
        ("one", False, True),
        ("two", False, True),
    ]
    assert made[0].label == "greet"
    assert made[1].label != made[2].label


# the whole


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(matcher, "load_encoder", lambda name, threads=1: LetterEncoder())
    monkeypatch.setattr(public, "shipped", LetterEncoder)


TASKS = ["jsts", "jsick", "jsquad", "jaquad", "clinc150"]  # trivia needs a trained model


@pytest.mark.usefixtures("letters")
def test_table_and_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--data", str(data), "--only", *TASKS]
    assert public.main(arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "| × 100 | measure | hoken-faq | published |"
    assert lines[2].endswith("ruri-v3-310m 84.31 (JMTEB v2) |")
    assert public.main([*arguments, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [row["task"] for row in rows] == [line.split(" | ")[0][2:] for line in lines[2:]]
    clinc = [row["values"] for row in rows if row["task"] == "CLINC150 test"]
    assert np.shape(clinc) == (2, 2)
    assert clinc[0][0] == 1, "every question is a training text here"


@pytest.mark.usefixtures("letters")
def test_nothing_is_left_behind_but_vectors(data: Path, tmp_path: Path) -> None:
    assert public.main(["--data", str(data), "--only", "clinc150"]) == 0
    left = [f.relative_to(tmp_path) for f in tmp_path.rglob("*") if f.is_file()]
    ours = [str(f) for f in left if f.parts[0] != "public"]
    assert ours == ["build/bench/clinc150/var/vectors.npz"]


def test_data_that_is_not_there_is_left_out_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "jsquad").mkdir()
    assert public.main(["--data", str(tmp_path), "--only", "jsts", "trivia"]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    said = " ".join(err.split())
    assert "jsts is left out" in said
    assert "trivia is left out" in said and "no jaquad" in said


def test_the_folder_has_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        public.main([])
    assert "--data" in capsys.readouterr().err
