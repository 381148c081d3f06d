"""Telephone numbers and web addresses in texts, which belong in contacts.yml.

| code                 | meaning                                                             |
|----------------------|---------------------------------------------------------------------|
| `phone_in_text`      | a telephone number in a text instead of contacts.yml                 |
| `url_in_text`        | a web address in a text instead of contacts.yml                      |
| `conflicting_contact`| a number or address that looks like one of contacts.yml, and is not  |
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.faq.addresses import digits
from bot.faq.entry import FaqBook
from bot.faq.fault import quote
from bot.faq.notice import Notice, Place

# A slip of the finger changes a digit, or swaps two neighbours, which are two digits.  Numbers of
# one office differ by as little: the notice asks, and contacts.yml is the place for both.
_SLIPS = 2

_HYPHEN = re.compile(r"(?<=[0-9])\s?[‐‑‒–—―−ー-]\s?(?=[0-9])")
_PHONE = re.compile(
    r"(?<![0-9-])(?:0[0-9]{1,4}-[0-9]{1,4}-[0-9]{2,4}|0[0-9]{9,10}"
    r"|0[0-9]{1,4}\([0-9]{1,4}\)[0-9]{3,4})(?![0-9-])"
)
_URL = re.compile(
    r"https?://[!-~]+|(?<![a-z0-9@.-])(?:[a-z0-9-]+\.)+(?:jp|com|org|net)(?![a-z0-9-])[!-~]*", re.I
)
_SCHEME = re.compile(r"^https?://(?:www\.)?|^www\.", re.I)


@dataclass(frozen=True, slots=True)
class Addresses:
    """What contacts.yml lists. `numbers`: digits → number and contact; `urls`: `_bare` → address
    and contact."""

    numbers: Mapping[str, tuple[str, str]]
    urls: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, book: FaqBook) -> Addresses:
        """Of numbers that contacts share (`phones_of`), the first contact is named."""
        contacts = tuple(reversed(book.contacts))
        numbers = {digits(p.number): (p.number, c.id) for c in contacts for p in c.phones}
        urls = {_bare(c.url): (c.url, c.id) for c in contacts if c.url}
        return cls(numbers, urls)

    def notices(self, key: str, text: str, place: Place) -> Iterator[Notice]:
        """About a text that members read, and that stands at `key`."""
        plain = unicodedata.normalize("NFKC", text)
        for number in dict.fromkeys(_PHONE.findall(_HYPHEN.sub("-", plain))):
            yield self._mistaken_number(key, number, place) or self._number(key, number, place)
        for url in dict.fromkeys(_URL.findall(plain)):
            yield self._mistaken_url(key, url, place) or self._url(key, url, place)

    def conflicts(self, key: str, text: str, place: Place) -> Iterator[Notice]:
        """About a text that members do not read, or in contacts.yml itself: it may name any
        number, but none that is wrong."""
        found = (notice for notice in self.notices(key, text, place))
        return (notice for notice in found if notice.code == "conflicting_contact")

    def _number(self, key: str, number: str, place: Place) -> Notice:
        listed = self.numbers.get(re.sub("[^0-9]", "", number))
        advice = "contacts.yml に書き、contacts にその id を書いてください。"
        if listed is not None:
            advice = f"文章から消し、contacts に {listed[1]} と書いてください。"
        return Notice("phone_in_text", place, f"{key} に電話番号 {number} があります。{advice}")

    def _url(self, key: str, url: str, place: Place) -> Notice:
        listed = self.urls.get(_bare(url))
        advice = "contacts.yml に書き、links にその id を書いてください。"
        if listed is not None:
            advice = f"文章から消し、links に {listed[1]} と書いてください。"
        message = f"{key} にアドレス{quote(url, 80)}があります。{advice}"
        return Notice("url_in_text", place, message)

    def _mistaken_number(self, key: str, number: str, place: Place) -> Notice | None:
        own = re.sub("[^0-9]", "", number)
        if own in self.numbers:
            return None
        near = [listed for known, listed in self.numbers.items() if _is_slip(own, known)]
        if not near:
            return None
        message = (
            f"{key} の電話番号 {number} は、contacts.yml の {near[0][1]} の {near[0][0]} と"
            "少しだけ違います。どちらが正しいか確かめてください。番号は contacts.yml だけに書くと、"
            "食い違いません。"
        )
        return Notice("conflicting_contact", place, message)

    def _mistaken_url(self, key: str, url: str, place: Place) -> Notice | None:
        own = _bare(url)
        near = [listed for known, listed in self.urls.items() if _host(known) == _host(own)]
        if not near or own in self.urls:
            return None
        message = (
            f"{key} のアドレス{quote(url, 80)}は、contacts.yml の {near[0][1]} の"
            f"{quote(near[0][0], 80)}と同じサイトの別のページです。どちらが正しいか確かめてください。"
            "アドレスは contacts.yml だけに書くと、食い違いません。"
        )
        return Notice("conflicting_contact", place, message)


def _is_slip(number: str, known: str) -> bool:
    """Whether `number` is `known` with a digit or two changed, or one missing or added."""
    if len(number) == len(known):
        return sum(a != b for a, b in zip(number, known, strict=True)) <= _SLIPS
    shorter, longer = sorted((number, known), key=len)
    one_more = len(longer) == len(shorter) + 1
    return one_more and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _bare(url: str) -> str:
    """An address without what leads to the same page: scheme, www, the last slash.

    >>> _bare("HTTP://www.Example.jp/a/") == _bare("example.jp/a")
    True
    """
    host, slash, path = _SCHEME.sub("", url.rstrip(".,)")).partition("/")
    return (host.lower() + slash + path).rstrip("/")


def _host(bare: str) -> str:
    return bare.partition("/")[0]
