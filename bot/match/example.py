"""One training text and what it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from bot.faq.entry import FaqBook
from bot.faq.wordings import claimed
from bot.text.language import JAPANESE, language_of


@dataclass(frozen=True, slots=True)
class Example:
    """`label` is the id of an entry, or of an out-of-scope topic.

    `near`: what people of this help desk ask; an out-of-scope topic of another kind (weather,
    chit-chat) is far, and far easier to tell. `foreign`: not in Japanese.
    """

    text: str
    label: str
    in_scope: bool
    near: bool = True
    foreign: bool = False

    @classmethod
    def of_entry(cls, text: str, entry: str) -> Example:
        return cls(text, entry, in_scope=True, foreign=is_foreign(text))

    @classmethod
    def of_topic(cls, text: str, topic: str, near: bool = True) -> Example:
        return cls(text, topic, in_scope=False, near=near, foreign=is_foreign(text))


def is_foreign(text: str) -> bool:
    """Whether a text is in one of the languages that `language_of` knows beside Japanese."""
    return language_of(text) != JAPANESE


def examples_of(book: FaqBook) -> list[Example]:
    """All that a matcher learns from a book: what topics share with entries is the entries'."""
    of_entries = claimed(book)
    examples = [
        Example.of_entry(t, entry.id) for entry in book.entries for t in book.wordings(entry)
    ]
    examples += [
        Example.of_topic(text, topic.id, topic.kind == "near")
        for topic in book.topics
        for text in topic.examples
        if text not in of_entries
    ]
    return examples
