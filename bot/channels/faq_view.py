"""What the plain FAQ pages show, as data for the templates in bot/web/faq.

Agents' notes are not part of it: a template cannot show by mistake what is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.faq.card import contact_card
from bot.faq.categories import by_category
from bot.faq.entry import Contact, Entry, FaqBook, Field, Step

# What the list's own numbers say already.
_STEP_NUMBER = re.compile("^【手順[0-9０-９]+】")
# A line break of `short` is where a phone's line ends, not the end of a sentence.
_BREAK = re.compile(r"(?<![。！？])\n")


@dataclass(frozen=True, slots=True)
class Item:
    """An entry in a list; `question` is None where the label is the official question."""

    id: str
    label: str
    question: str | None

    @classmethod
    def of(cls, entry: Entry) -> Item:
        return cls(entry.id, entry.label, None if entry.choice is None else entry.question)


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one category."""

    category: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step, its title without the number."""

    title: str
    text: str
    fields: tuple[Field, ...]
    notes: tuple[str, ...]

    @classmethod
    def of(cls, step: Step) -> ShownStep:
        return cls(_STEP_NUMBER.sub("", step.title), step.text, step.fields, step.notes)


@dataclass(frozen=True, slots=True)
class Link:
    """A page elsewhere, with what there is to say about it."""

    name: str
    url: str
    about: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that members may read of one entry; `contacts` are contact cards."""

    id: str
    question: str
    short: str | None
    answer: str
    easy: str | None
    steps: tuple[ShownStep, ...]
    links: tuple[Link, ...]
    contacts: tuple[dict[str, Any], ...]
    related: tuple[Item, ...]
    source: str | None
    reviewed: date | None

    @classmethod
    def of(cls, entry: Entry, book: FaqBook, now: datetime) -> Sheet:
        """The entry as it is at `now` (Japan time): open lines, related entries that hold."""
        related = map(book.entry, entry.related)
        return cls(
            id=entry.id,
            question=entry.question,
            short=_BREAK.sub("", entry.short.strip()) if entry.short else None,
            answer=entry.answer,
            easy=entry.easy,
            steps=tuple(map(ShownStep.of, entry.steps)),
            links=_links(map(book.contact, entry.links)),
            contacts=cards(map(book.contact, entry.contacts), now),
            related=tuple(Item.of(e) for e in related if e.is_valid_on(now.date())),
            source=entry.source,
            reviewed=entry.reviewed,
        )


def groups(book: FaqBook, day: date) -> tuple[Group, ...]:
    """The entries that hold on `day` by category, in the order of the book."""
    return tuple(
        Group(category, tuple(map(Item.of, entries)))
        for category, entries in by_category(book, day).items()
    )


def cards(contacts: Iterable[Contact], now: datetime) -> tuple[dict[str, Any], ...]:
    """Contact cards as in the chat, with the languages by name."""
    return tuple(named(contact_card(contact, now)) for contact in contacts)


def named(card: dict[str, Any]) -> dict[str, Any]:
    """A contact card with its languages by name."""
    return {**card, "languages": list(map(_language, card["languages"]))}


def structured(entries: Iterable[Entry], book: FaqBook) -> dict[str, Any]:
    """The entries as schema.org's FAQPage, for search engines and assistants (JSON-LD)."""
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": "ja",
        "mainEntity": [
            {
                "@type": "Question",
                "name": entry.question,
                "acceptedAnswer": {"@type": "Answer", "text": _plain_text(entry, book)},
            }
            for entry in entries
        ],
    }


def _plain_text(entry: Entry, book: FaqBook) -> str:
    """The official answer with what it refers to: steps, numbers to dial, addresses."""
    parts = [entry.answer.strip()]
    parts += [f"{step.title}\n{step.text.strip()}" for step in entry.steps]
    for contact in map(book.contact, (*entry.contacts, *entry.links)):
        where = [phone.number for phone in contact.phones] + ([contact.url] if contact.url else [])
        parts.append(" ".join((contact.name, *where)))
    return "\n".join(parts)


def _links(contacts: Iterable[Contact]) -> tuple[Link, ...]:
    return tuple(Link(c.name, c.url, c.about, c.note) for c in contacts if c.url)


_LANGUAGES = {
    "ja": "日本語",
    "en": "英語",
    "zh": "中国語",
    "ko": "韓国語",
    "es": "スペイン語",
    "pt": "ポルトガル語",
    "vi": "ベトナム語",
    "tl": "タガログ語",
    "ne": "ネパール語",
    "id": "インドネシア語",
    "th": "タイ語",
    "my": "ミャンマー語",
    "fr": "フランス語",
    "ru": "ロシア語",
}


def _language(code: str) -> str:
    """In Japanese; a code that nobody has needed so far stays a code."""
    return _LANGUAGES.get(code, code)
