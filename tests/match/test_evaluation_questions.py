"""Reading questions with known answers, and what is said of a faulty file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.match.evaluation import Question, QuestionsError, read_questions

KNOWN = frozenset({"a", "b", "c"})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "q.jsonl"


def test_reading_questions(file: Path) -> None:
    file.write_text(
        '{"text": "一", "entry": "a", "voice": "formal"}\n\n'
        '{"text": "二", "entry": null, "kind": "near", "voice": null, "topic": "for people"}\r\n',
        encoding="utf-8",
    )
    assert read_questions(file, KNOWN) == [
        Question("一", "a", "formal"),
        Question("二", None, kind="near"),
    ]


def test_a_line_ends_only_at_a_line_break(file: Path) -> None:
    """U+2028 and others, which `str.splitlines` takes for an end, may stand in a JSON text."""
    file.write_text('{"text": "一\u2028二\x85三", "entry": null}\n', encoding="utf-8")
    assert read_questions(file, KNOWN) == [Question("一\u2028二\x85三", None)]


def test_the_mark_that_windows_puts_in_front_is_no_fault(file: Path) -> None:
    file.write_text('{"text": "一", "entry": "a"}\n', encoding="utf-8-sig")
    assert read_questions(file, KNOWN) == [Question("一", "a")]


SHAPE = '{"text": "…", "entry": …} の形で書いてください。'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("not json", f"JSON として読めません。{SHAPE}"),
        ('{"text": "三", "entry": "a"', f"JSON として読めません。{SHAPE}"),
        ("[" * 100_000, f"JSON として読めません。{SHAPE}"),
        ("[1]", SHAPE),
        ('{"text": "三"}', f"entry がありません。{SHAPE}"),
        ('{"question": "三", "id": "a"}', f"text と entry がありません。{SHAPE}"),
        ('{"text": 5, "entry": null}', "text は文字列で書いてください。"),
        ('{"text": "三", "entry": ["a"]}', "entry は項目の id か、対象外なら null に"),
        ('{"text": "三", "entry": "nothing"}', "項目「nothing」はありません。id を確かめて"),
        ('{"text": "三", "entry": "a", "voice": 1}', "voice は文字列で書いてください。"),
        ('{"text": "三", "entry": null, "kind": []}', "kind は文字列で書いてください。"),
    ],
    ids=lambda value: value[:30],
)
def test_a_fault_names_file_and_line(file: Path, line: str, message: str) -> None:
    file.write_text('{"text": "一", "entry": "a"}\n\n' + line + "\n", encoding="utf-8")
    with pytest.raises(QuestionsError) as caught:
        read_questions(file, KNOWN)
    assert str(caught.value).startswith(f"{file}:3: {message}")


def test_all_faults_are_told_at_once(file: Path) -> None:
    file.write_text('{"text": "一", "entry": "x"}\n{"text": "二", "entry": "a"}\n[]\n', "utf-8")
    with pytest.raises(QuestionsError) as caught:
        read_questions(file, KNOWN)
    first, second = str(caught.value).splitlines()
    assert first.startswith(f"{file}:1: 項目「x」はありません。")
    assert second == f"{file}:3: {SHAPE}"


def test_another_kind_of_file_does_not_fill_the_screen(file: Path) -> None:
    file.write_text("text,entry\n" * 50)
    with pytest.raises(QuestionsError) as caught:
        read_questions(file, KNOWN)
    told = str(caught.value).splitlines()
    assert len(told) == 11
    assert told[-1] == "ほかに 40 行あります。"


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_file_without_questions_is_a_fault(file: Path, content: str) -> None:
    file.write_text(content)
    with pytest.raises(QuestionsError, match=r"q\.jsonl: 質問がありません。"):
        read_questions(file, KNOWN)


@pytest.mark.parametrize("content", [None, b"\x83\x65\x83\x58\x83\x67"])
def test_an_unreadable_file_is_named(file: Path, content: bytes | None) -> None:
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(QuestionsError, match=r"q\.jsonl: 読み込めません。UTF-8"):
        read_questions(file, KNOWN)
