"""What is loaded and right, but wants a person's eye: stale dates, numbers in the wrong place.

A notice never stops anything. Those that only the matcher sees are in `bot/match/advice.py`, those
about telephone numbers and addresses in `stray_addresses.py`. Codes of this module:

| code                | meaning                                                              |
|---------------------|----------------------------------------------------------------------|
| `not_yet_valid`     | `valid_from` is still to come: the entry is not answered              |
| `expired`           | `valid_until` is over: the entry is not answered                      |
| `past_date`         | the text names a day, month or season that is over                    |
| `review_missing`    | no `reviewed`                                                         |
| `review_old`        | `reviewed` more than a year ago                                       |
| `contact_unverified`| a contact that nobody has compared with its source for 90 days        |
| `future_date`       | `reviewed` or `verified` is still to come                             |
| `few_examples`      | fewer than five examples                                              |
| `claimed_wording`   | an out-of-scope wording that an entry has too: the entry gets it      |
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.faq.entry import Contact, Entry, FaqBook
from bot.faq.fault import quote
from bot.faq.notice import Notice, Place
from bot.faq.past_dates import past_dates
from bot.faq.stray_addresses import Addresses
from bot.faq.wording_places import WordingPlaces
from bot.faq.wordings import claimed

FEW_EXAMPLES = 5  # with fewer, wordings that differ from all of them are often missed
VERIFY_EVERY = timedelta(days=90)


def check_book(book: FaqBook, today: date) -> tuple[Notice, ...]:
    """All notices that need nothing but the content; `today` is the day in Japan."""
    addresses = Addresses.of(book)
    notices: list[Notice] = []
    for entry in book.entries:
        notices += _validity(book, entry, today)
        notices += _texts(book, entry, today, addresses)
        notices += _review(book, entry, today)
    for contact in book.contacts:
        notices += _contact(book, contact, today, addresses)
    notices += _claims(book)
    return tuple(notices)


def shown_texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """What members read of the answer, each text with its key. Example screens are examples, and
    left out."""
    yield "answer", entry.answer
    if entry.short is not None:
        yield "short", entry.short
    if entry.easy is not None:
        yield "easy", entry.easy
    if entry.choice is not None:
        yield "choice", entry.choice
    if entry.contrasts:
        yield "contrasts", "\n".join(contrast.question for contrast in entry.contrasts)
    if entry.steps:
        texts = ((step.title, step.text, *step.notes) for step in entry.steps)
        yield "steps", "\n".join(text for step in texts for text in step)


def _validity(book: FaqBook, entry: Entry, today: date) -> Iterator[Notice]:
    place = Place.of(book, "entries", entry.id)
    if entry.valid_from is not None and today < entry.valid_from:
        message = f"{entry.valid_from} からのエントリーなので、まだ回答に使われません。"
        yield Notice("not_yet_valid", place, message + "すぐ使うなら valid_from を直してください。")
    if entry.valid_until is not None and today > entry.valid_until:
        message = f"{entry.valid_until} で期限が切れたので、回答に使われません。"
        advice = "続けて使うなら valid_until を延ばし、使わないならエントリーを消してください。"
        yield Notice("expired", place, message + advice)


def _texts(book: FaqBook, entry: Entry, today: date, addresses: Addresses) -> Iterator[Notice]:
    for key, text in shown_texts(entry):
        place = Place.of(book, "entries", entry.id, key)
        for past in past_dates(text, today):
            message = f"{key} の{quote(past)}は過ぎています。内容がいまも正しいか確かめてください。"
            yield Notice("past_date", place, message)
        yield from addresses.notices(key, text, place)
    if entry.agent_note is not None:  # agents may need numbers that no member gets
        place = Place.of(book, "entries", entry.id, "agent_note")
        yield from addresses.conflicts("agent_note", entry.agent_note, place)


def _review(book: FaqBook, entry: Entry, today: date) -> Iterator[Notice]:
    place = Place.of(book, "entries", entry.id)
    advice = "内容を確かめ、reviewed に確認した日を書いてください。"
    if entry.reviewed is None:
        yield Notice("review_missing", place, f"確認した日（reviewed）がありません。{advice}")
    elif entry.reviewed > today:
        yield _future(place, "reviewed", entry.reviewed)
    elif entry.reviewed < _year_before(today):
        message = f"最後の確認（{entry.reviewed}）から1年を過ぎました。{advice}"
        yield Notice("review_old", place, message)
    count = len(entry.examples)
    if count < FEW_EXAMPLES:
        message = f"examples が {count} 件しかありません。{FEW_EXAMPLES} 件以上に増やしてください。"
        yield Notice("few_examples", Place.of(book, "entries", entry.id, "examples"), message)


def _contact(
    book: FaqBook, contact: Contact, today: date, addresses: Addresses
) -> Iterator[Notice]:
    place = Place.of(book, "contacts", contact.id)
    if contact.verified > today:
        yield _future(place, "verified", contact.verified)
    elif today - contact.verified > VERIFY_EVERY:
        message = f"最後の確認（{contact.verified}）から {VERIFY_EVERY.days} 日を過ぎました。"
        advice = f"出典（{contact.source}）と見比べ、verified にその日を書いてください。"
        yield Notice("contact_unverified", place, message + advice)
    for key, text in (("about", contact.about), ("note", contact.note)):
        if text is not None:
            yield from addresses.conflicts(key, text, place)


def _claims(book: FaqBook) -> Iterator[Notice]:
    texts, places = claimed(book), WordingPlaces(book)
    for topic in book.topics:
        for text in topic.examples:
            if text in texts:
                message = (
                    f"対象外の例文{quote(text)}は、項目 {texts[text]} の言い方と同じです。"
                    "項目のほうを使い、対象外としては学習しません。"
                )
                yield Notice("claimed_wording", places.of_topic(topic.id, text), message)


def _future(place: Place, key: str, day: date) -> Notice:
    return Notice("future_date", place, f"{key} の {day} は未来の日付です。日付を直してください。")


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
