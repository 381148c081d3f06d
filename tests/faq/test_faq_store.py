"""A book as JSON and back."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.faq.content import from_plain
from bot.faq.entry import Entry, FaqBook, Span
from bot.faq.fault import FaqError
from bot.faq.store import book_from_json, book_to_json, make_book


def test_there_and_back(book: FaqBook) -> None:
    again = book_from_json(book_to_json(book))
    assert again == book
    assert again.fingerprint == book.fingerprint
    assert again.entry("check_on_portal").steps == book.entry("check_on_portal").steps
    assert book_to_json(again) == book_to_json(book)
    assert again.where == {}


def test_japanese_stays_readable(book: FaqBook) -> None:
    assert "大切に保管してください。" in book_to_json(book)


def test_a_book_made_by_hand() -> None:
    entry = Entry(
        "reissue", "お知らせ", "再交付は？", "別途。", ("再発行",), reviewed=date(2026, 1, 1)
    )
    book = make_book((entry,), (), ())
    assert book_from_json(book_to_json(book)) == book
    assert len(book.fingerprint) == 64


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda text: "", "壊れています"),
        (lambda text: text[:-10], "壊れています"),
        (lambda text: "[" * 100_000, "壊れています"),
        (lambda text: "[]", "別の版の形式"),
        (lambda text: text.replace('"format": 3', '"format": 2'), "別の版の形式"),
        (lambda text: text.replace("大切に", "適当に"), "指紋（fingerprint）が合いません"),
        (lambda text: text.replace('"short"', '"shrot"'), "壊れています"),
        (lambda text: text.replace('"always": false', '"always": 0'), "壊れています"),
        (lambda text: text.replace('"09:30"', '"25:30"'), "壊れています"),
        (lambda text: json.dumps(json.loads(text) | {"topics": None}), "壊れています"),
        (lambda text: json.dumps(json.loads(text) | {"entries": [1]}), "壊れています"),
    ],
)
def test_a_damaged_store_is_refused(book: FaqBook, damage, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(FaqError) as caught:
        book_from_json(damage(book_to_json(book)))
    (fault,) = caught.value.faults
    assert fault.code == "stale_store"
    assert words in str(fault)
    assert str(fault).endswith("学習し直してください。")


def test_plain_values_keep_their_types() -> None:
    with pytest.raises(ValueError, match="not a"):
        from_plain(Span, {"start": "09:30"})
    with pytest.raises(ValueError, match="not"):
        from_plain(Span, {"start": 930, "end": 1000})
