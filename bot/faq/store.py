"""A book as JSON, to lie beside the trained model, and the fingerprint of its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from bot.faq.content import from_plain, to_plain
from bot.faq.entry import Contact, Entry, FaqBook, Topic
from bot.faq.fault import FaqError, Fault

FORMAT = 3  # raise it when a field is added, renamed or removed: old stores are then refused

_NAME = "保存された FAQ"


def make_book(
    entries: tuple[Entry, ...],
    contacts: tuple[Contact, ...],
    topics: tuple[Topic, ...],
    where: Mapping[str, str] | None = None,
) -> FaqBook:
    """A book with its fingerprint. Nothing is checked here."""
    return FaqBook(entries, contacts, topics, fingerprint(entries, contacts, topics), where or {})


def fingerprint(
    entries: tuple[Entry, ...], contacts: tuple[Contact, ...], topics: tuple[Topic, ...]
) -> str:
    """SHA-256 of the content, 64 hexadecimal digits.

    Comments, the order of keys and `phones_of` against numbers written out do not change it;
    every text, date and the order of lists do.
    """
    content = [FORMAT, to_plain(entries), to_plain(contacts), to_plain(topics)]
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def book_to_json(book: FaqBook) -> str:
    """The whole content as JSON text; `where` is left out."""
    return json.dumps(
        {
            "format": FORMAT,
            "fingerprint": book.fingerprint,
            "entries": to_plain(book.entries),
            "contacts": to_plain(book.contacts),
            "topics": to_plain(book.topics),
        },
        ensure_ascii=False,
    )


def book_from_json(text: str) -> FaqBook:
    """The book that `book_to_json` wrote.

    Raises FaqError where the text is damaged, of another version, or its fingerprint is not
    that of its content.
    """
    try:
        stored = json.loads(text)
        if not isinstance(stored, dict) or stored.get("format") != FORMAT:
            raise _stale("別の版の形式です。")
        book = make_book(
            from_plain(tuple[Entry, ...], stored.get("entries")),
            from_plain(tuple[Contact, ...], stored.get("contacts")),
            from_plain(tuple[Topic, ...], stored.get("topics")),
        )
    except (ValueError, RecursionError) as error:
        raise _stale("壊れています。") from error
    if book.fingerprint != stored.get("fingerprint"):
        raise _stale("内容と指紋（fingerprint）が合いません。")
    return book


def _stale(found: str) -> FaqError:
    expected, advice = "学習のときに保存されたままである必要があります。", "学習し直してください。"
    return FaqError((Fault("stale_store", _NAME, None, None, None, found, expected, advice),))
