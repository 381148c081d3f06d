"""The steps of a procedure as text that people can edit in a cell.

    手順：カードを選ぶ
    画面の右上から選びます。
    画面：区分＝一般
    画面：氏名
    注意：ログインが必要です。

`画面` is a line of the example screen, `注意` a note. A line without such a word belongs to what
stands above it; a backslash before the word makes it a part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.sheets.escapes import join_pair, split_pair

STEP, SCREEN, NOTE = "手順", "画面", "注意"
_WORDS = rf"(?:{STEP}|{SCREEN}|{NOTE})[：:]"
_MARKED = re.compile(rf"({STEP}|{SCREEN}|{NOTE})[：:]")
_LIKE_MARKED = re.compile(rf"\\*{_WORDS}")
_ESCAPED = re.compile(rf"\\+{_WORDS}")


class FormError(Exception):
    """A cell is not written as it must be; the message says how (Japanese)."""


def steps_text(steps: Sequence[Any]) -> str:
    """Steps as faq.yml has them, as the text of a cell."""
    return "\n".join(line for step in steps for line in _lines(step))


def read_steps(text: str) -> list[dict[str, Any]]:
    """What `steps_text` was given; raises FormError."""
    steps: list[dict[str, Any]] = []
    for mark, content in _parts(text):
        if mark == STEP:
            title, _, body = content.partition("\n")
            if not title.strip() or not body.strip():
                raise FormError(
                    f"{len(steps) + 1}つ目の「{STEP}：」に"
                    f"{'説明' if title.strip() else '題'}がありません。"
                    f"「{STEP}：」のあとに題を書き、次の行に説明を書いてください。"
                )
            steps.append({"title": title.strip(), "text": body.strip()})
        elif not content.strip():
            raise FormError(
                f"「{mark}：」のあとに何もありません。行ごと消すか、内容を書いてください。"
            )
        elif mark == NOTE:
            steps[-1].setdefault("notes", []).append(content.strip())
        else:
            steps[-1].setdefault("fields", []).append(_field(content))
    return steps


def _lines(step: Mapping[str, Any]) -> Iterator[str]:
    yield f"{STEP}：{step['title']}"
    yield from map(_escaped, step["text"].split("\n"))
    for field in step.get("fields", ()):
        yield f"{SCREEN}：{join_pair(field['name'], field.get('example'))}"
    for note in step.get("notes", ()):
        first, *rest = note.split("\n")
        yield f"{NOTE}：{first}"
        yield from map(_escaped, rest)


def _parts(text: str) -> list[tuple[str, str]]:
    """The marked parts in order, the first of them a step: mark, what follows it."""
    parts: list[tuple[str, list[str]]] = []
    before = ""
    for line in text.split("\n"):
        if found := _MARKED.match(line):
            parts.append((found[1], [line[found.end() :]]))
        elif parts:
            parts[-1][1].append(line[1:] if _ESCAPED.match(line) else line)
        else:
            before += line.strip()
    if before or not parts or parts[0][0] != STEP:
        raise FormError(
            f"「{STEP}：」で始まる行がないか、その前に文字があります。"
            f"「{STEP}：題」の行から書き、次の行に説明を書いてください。"
        )
    return [(mark, "\n".join(lines)) for mark, lines in parts]


def _field(content: str) -> dict[str, str]:
    if "\n" in content.strip():
        raise FormError(
            f"「{SCREEN}：」の内容が2行にわたっています。"
            f"1つの行に「{SCREEN}：項目＝例」と書いてください。"
        )
    name, example = split_pair(content.strip())
    if not name.strip() or (example is not None and not example.strip()):
        raise FormError(
            f"「{SCREEN}：」の「＝」の前か後が空です。「{SCREEN}：項目＝例」か、"
            f"例がなければ「{SCREEN}：項目」と書いてください。"
        )
    return {"name": name.strip()} | ({} if example is None else {"example": example.strip()})


def _escaped(line: str) -> str:
    return f"\\{line}" if _LIKE_MARKED.match(line) else line
