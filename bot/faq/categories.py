"""The entries by category, as members browse them."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.faq.entry import Entry, FaqBook


def by_category(book: FaqBook, day: date) -> dict[str, list[Entry]]:
    """Category → its entries that hold on `day`, both in the order of the book."""
    grouped: dict[str, list[Entry]] = {}
    for entry in book.entries:
        if entry.is_valid_on(day):
            grouped.setdefault(entry.category, []).append(entry)
    return grouped


def categories(book: FaqBook, day: date) -> list[dict[str, Any]]:
    """The same as plain data, for buttons."""
    return [
        {"name": name, "entries": [button(entry) for entry in entries]}
        for name, entries in by_category(book, day).items()
    ]


def button(entry: Entry) -> dict[str, str]:
    """What a button needs that leads to an entry."""
    return {"id": entry.id, "label": entry.label}
