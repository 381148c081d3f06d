"""A project with more entries, as somebody adds them: a question, five examples, an answer."""

from __future__ import annotations

from pathlib import Path

from bot.faq.edit import Draft, edit
from bot.faq.entry import Entry
from bot.faq.load import load_book
from bot.faq.wordings import fold
from bot.match.example import is_foreign

ADDED = 24
EXAMPLES = 5


def new_entries(data: Path, count: int = ADDED) -> list[Entry]:
    """Entries about topics that the FAQ did not answer so far."""
    topics = [
        topic
        for topic in load_book(data).topics
        if topic.kind == "near"
        and len(topic.examples) > EXAMPLES
        and not any(map(is_foreign, topic.examples))
    ]
    return [
        Entry(
            id=f"new_{topic.id}"[:64],
            category="給付と手続き",
            question=topic.examples[0],
            answer=f"{topic.name}については、健康保険組合の窓口でご案内しています。",
            examples=topic.examples[1 : EXAMPLES + 1],
        )
        for topic in topics[:: len(topics) // count][:count]
    ]


def grow(data: Path, count: int = ADDED) -> list[Entry]:
    entries = new_entries(data, count)
    assert len({fold(entry.question) for entry in entries}) == count

    def add(draft: Draft) -> None:
        for entry in entries:
            draft.put_entry(entry)

    edit(data, add)
    return entries
