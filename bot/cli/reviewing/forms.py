"""What is asked line by line: from a terminal, or from a file."""

from __future__ import annotations

import sys

from bot import clock
from bot.cli.reviewing.card import Card
from bot.cli.visible import visible
from bot.faq.entry import Entry, FaqBook, Topic
from bot.review.decisions import KINDS


class EndOfInputError(Exception):
    """Nobody answers any more."""


def ask(prompt: str) -> str:
    """One line, without blanks around it."""
    try:
        answer = input(prompt).strip()
    except EOFError:
        raise EndOfInputError from None
    if not sys.stdin.isatty():
        print()  # nobody has typed the line end
    return answer


def asked_entry(card: Card, book: FaqBook) -> Entry | None:
    """A new entry by what somebody answers; None where he gives up."""
    id = ask("id（英小文字・数字・_。Enter でやめる）: ")
    if not id:
        return None
    categories = list(dict.fromkeys(entry.category for entry in book.entries))
    for number, name in enumerate(categories, 1):
        print(f"  {number} {visible(name)}")
    category = _numbered(ask("分類（番号か、新しい名前）: "), categories)
    question = ask(f"質問（Enter なら「{visible(card.group.representative)}」）: ")
    print("回答（何行でも書けます。空の行で終わり）:")
    lines: list[str] = []
    while line := ask("  "):
        lines.append(line)
    return Entry(
        id=id,
        category=category,
        question=question or card.group.representative,
        answer="\n".join(lines),
        examples=card.texts,
        reviewed=clock.today(),
    )


def asked_topic(card: Card, book: FaqBook) -> Topic | str | None:
    """The id of a topic, or a new one; None where somebody gives up."""
    near = list(card.suggestion.topics)
    for number, id in enumerate(near, 1):
        print(f"  {number} {visible(book.topic(id).name)}（{id}）")
    answer = ask("話題（番号か id。n：新しい話題、Enter でやめる）: ")
    if answer != "n":
        return _numbered(answer, near) or None
    id = ask("id（英小文字・数字・_。Enter でやめる）: ")
    if not id:
        return None
    name = ask("話題の名前: ")
    kinds = list(KINDS)
    for number, kind in enumerate(kinds, 1):
        print(f"  {number} {KINDS[kind]}")
    return Topic(id, name, _numbered(ask("種類（番号）: "), kinds), card.texts)


def _numbered(answer: str, names: list[str]) -> str:
    """What a number stands for, or the answer itself."""
    if answer.isdecimal() and 1 <= int(answer) <= len(names):
        return names[int(answer) - 1]
    return answer
