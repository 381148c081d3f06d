"""Questions with known answers, from JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import FaqBotError

UNNAMED = "-"  # a voice or kind that the file does not tell

_SHAPE = '{"text": "…", "entry": …} の形で書いてください。'
_MOST_FAULTS = 10  # shown: with more of them the file is likely to be another kind of file


class QuestionsError(FaqBotError):
    """A file of questions cannot be used; the message names file and lines."""


@dataclass(frozen=True, slots=True)
class Question:
    """`entry` is the entry that answers it, None where the FAQ has no answer.

    `voice`: how it is put (polite, misspelt, …); `kind`: what sort of out-of-scope question.
    """

    text: str
    entry: str | None
    voice: str = UNNAMED
    kind: str = UNNAMED


def read_questions(file: Path, known: frozenset[str] | None) -> list[Question]:
    """JSON Lines with `text`, `entry` (null: out of scope), optionally `voice` and `kind`;
    further keys are for people.

    `known`: the ids that `entry` may have, None for any. Raises QuestionsError with every faulty line.
    """
    questions: list[Question] = []
    faults: list[str] = []
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        try:
            questions.append(_question(line, known))
        except QuestionsError as error:
            faults.append(f"{file}:{number}: {error}")
    if faults:
        raise QuestionsError("\n".join(_shortened(faults)))
    if not questions:
        raise QuestionsError(f"{file}: 質問がありません。1行に1問を、{_SHAPE}")
    return questions


def _lines(file: Path) -> list[str]:
    """A line ends at a line break only: JSON texts may hold U+2028 and the like."""
    try:
        return file.read_text(encoding="utf-8-sig").split("\n")  # Windows may put a mark in front
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(
            f"{file}: 読み込めません。UTF-8 の JSON Lines を指定してください。"
        ) from error


def _shortened(faults: Sequence[str]) -> list[str]:
    more = len(faults) - _MOST_FAULTS
    return [*faults[:_MOST_FAULTS], *([f"ほかに {more} 行あります。"] if more > 0 else [])]


def _question(line: str, known: frozenset[str] | None) -> Question:
    row = _row(line)
    text, entry = row["text"], row["entry"]
    if not isinstance(text, str):
        raise QuestionsError("text は文字列で書いてください。")
    if entry is not None and not isinstance(entry, str):
        raise QuestionsError("entry は項目の id か、対象外なら null にしてください。")
    if entry is not None and known is not None and entry not in known:
        raise QuestionsError(
            f"項目「{entry}」はありません。id を確かめてください"
            "（faq.yml に加えたばかりの項目なら、先に faq train を実行してください）。"
        )
    return Question(text, entry, _name(row, "voice"), _name(row, "kind"))


def _row(line: str) -> dict[str, Any]:
    """The object of a line, with the keys that it must have."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QuestionsError(f"JSON として読めません。{_SHAPE}") from error
    if not isinstance(row, dict):
        raise QuestionsError(_SHAPE)
    missing = [key for key in ("text", "entry") if key not in row]
    if missing:
        raise QuestionsError(f"{' と '.join(missing)} がありません。{_SHAPE}")
    return row


def _name(row: dict[str, Any], key: str) -> str:
    name = row.get(key)
    if name is not None and not isinstance(name, str):
        raise QuestionsError(f"{key} は文字列で書いてください。")
    return name or UNNAMED
