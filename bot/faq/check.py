"""What is loaded and right, but wants a person's eye: stale dates, numbers in the wrong place.

A notice never stops anything. Codes:

| code                | meaning                                                              |
|---------------------|----------------------------------------------------------------------|
| `not_yet_valid`     | `valid_from` is still to come: the entry is not answered              |
| `expired`           | `valid_until` is over: the entry is not answered                      |
| `past_date`         | the text names a day, month or season that is over                    |
| `phone_in_text`     | a telephone number in a text instead of contacts.yml                  |
| `url_in_text`       | a web address in a text instead of contacts.yml                       |
| `review_missing`    | no `reviewed`                                                         |
| `review_old`        | `reviewed` more than a year ago                                       |
| `contact_unverified`| a contact that nobody has compared with its source for 90 days        |
| `future_date`       | `reviewed` or `verified` is still to come                             |
| `few_examples`      | fewer than five examples                                              |
| `claimed_wording`   | an out-of-scope wording that an entry has too: the entry gets it      |
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.faq.entry import Contact, Entry, FaqBook
from bot.faq.fault import quote
from bot.faq.past_dates import past_dates
from bot.faq.wordings import claimed

FEW_EXAMPLES = 5  # with fewer, wordings that differ from all of them are often missed
VERIFY_EVERY = timedelta(days=90)

_FILES = {"entries": "faq.yml", "contacts": "contacts.yml", "topics": "out_of_scope.yml"}
_HYPHEN = re.compile(r"(?<=[0-9])\s?[‐‑‒–—―−ー-]\s?(?=[0-9])")
_PHONE = re.compile(
    r"(?<![0-9-])(?:0[0-9]{1,4}-[0-9]{1,4}-[0-9]{2,4}|0[0-9]{9,10}"
    r"|0[0-9]{1,4}\([0-9]{1,4}\)[0-9]{3,4})(?![0-9-])"
)
_URL = re.compile(
    r"https?://[!-~]+|(?<![a-z0-9@.-])(?:[a-z0-9-]+\.)+(?:jp|com|org|net)(?![a-z0-9-])[!-~]*", re.I
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to look at: `where` is file, line and id, `message` says what and what to do."""

    code: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where} {self.message}"


def check_book(book: FaqBook, today: date) -> tuple[Notice, ...]:
    """All notices, in the order of the files; `today` is the day in Japan."""
    numbers = {
        phone.number.replace("-", ""): contact.id
        for contact in reversed(book.contacts)
        for phone in contact.phones
    }
    notices: list[Notice] = []
    for entry in book.entries:
        notices += _validity(book, entry, today)
        notices += _texts(book, entry, today, numbers)
        notices += _review(book, entry, today)
    for contact in book.contacts:
        notices += _verification(book, contact, today)
    notices += _claims(book)
    return tuple(notices)


def where(book: FaqBook, section: str, id: str, key: str | None = None) -> str:
    """File, line and id, for messages; the file alone for a book that came from no files."""
    places = book.where
    found = places.get(f"{section}/{id}/{key}") or places.get(f"{section}/{id}") or _FILES[section]
    return f"{found} 〔{id}〕"


def _validity(book: FaqBook, entry: Entry, today: date) -> Iterator[Notice]:
    place = where(book, "entries", entry.id)
    if entry.valid_from is not None and today < entry.valid_from:
        message = f"{entry.valid_from} からのエントリーなので、まだ回答に使われません。"
        yield Notice("not_yet_valid", place, message + "すぐ使うなら valid_from を直してください。")
    if entry.valid_until is not None and today > entry.valid_until:
        message = f"{entry.valid_until} で期限が切れたので、回答に使われません。"
        advice = "続けて使うなら valid_until を延ばし、使わないならエントリーを消してください。"
        yield Notice("expired", place, message + advice)


def _texts(book: FaqBook, entry: Entry, today: date, numbers: dict[str, str]) -> Iterator[Notice]:
    for key, text in _shown_texts(entry):
        place = where(book, "entries", entry.id, key)
        for past in past_dates(text, today):
            message = f"{key} の{quote(past)}は過ぎています。内容がいまも正しいか確かめてください。"
            yield Notice("past_date", place, message)
        plain = unicodedata.normalize("NFKC", text)
        for number in dict.fromkeys(_PHONE.findall(_HYPHEN.sub("-", plain))):
            id = numbers.get(re.sub("[^0-9]", "", number))
            advice = "contacts.yml に書き、contacts にその id を書いてください。"
            if id is not None:
                advice = f"文章から消し、contacts に {id} と書いてください。"
            yield Notice("phone_in_text", place, f"{key} に電話番号 {number} があります。{advice}")
        for url in dict.fromkeys(_URL.findall(plain)):
            advice = "contacts.yml に書き、links にその id を書いてください。"
            message = f"{key} にアドレス{quote(url, 80)}があります。{advice}"
            yield Notice("url_in_text", place, message)


def _shown_texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """What members read, each text with its key. Example screens are examples, and left out."""
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


def _review(book: FaqBook, entry: Entry, today: date) -> Iterator[Notice]:
    place = where(book, "entries", entry.id)
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
        yield Notice("few_examples", where(book, "entries", entry.id, "examples"), message)


def _verification(book: FaqBook, contact: Contact, today: date) -> Iterator[Notice]:
    place = where(book, "contacts", contact.id)
    if contact.verified > today:
        yield _future(place, "verified", contact.verified)
    elif today - contact.verified > VERIFY_EVERY:
        message = f"最後の確認（{contact.verified}）から {VERIFY_EVERY.days} 日を過ぎました。"
        advice = f"出典（{contact.source}）と見比べ、verified にその日を書いてください。"
        yield Notice("contact_unverified", place, message + advice)


def _claims(book: FaqBook) -> Iterator[Notice]:
    texts = claimed(book)
    for topic in book.topics:
        for text in topic.examples:
            if text in texts:
                message = (
                    f"対象外の例文{quote(text)}は、項目 {texts[text]} の言い方と同じです。"
                    "項目のほうを使い、対象外としては学習しません。"
                )
                yield Notice("claimed_wording", where(book, "topics", topic.id), message)


def _future(place: str, key: str, day: date) -> Notice:
    return Notice("future_date", place, f"{key} の {day} は未来の日付です。日付を直してください。")


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
