"""What the FAQ consists of: entries, contacts, out-of-scope topics, and the book of all.

Everything is immutable. Sequences are tuples, absent text is None, absent lists are ().
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Field:
    """One line that an example screen shows; `example` is None where the screen is blank."""

    name: str
    example: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure."""

    title: str
    text: str
    fields: tuple[Field, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contrast:
    """The one question that tells an entry and another, whose id is `entry`, apart."""

    entry: str
    question: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with its approved answer.

    `contacts`, `links` and `related` are ids; `tests` are questions that must lead here and
    are never trained on; `agent_note` is never shown to members. `easy` is the answer in
    やさしい日本語, for who reads Japanese with difficulty. `choice` is the question in
    a few words, for a button; of two entries only one has their contrast (`FaqBook.contrast`).
    """

    id: str
    category: str
    question: str
    answer: str
    examples: tuple[str, ...]
    short: str | None = None
    easy: str | None = None
    choice: str | None = None
    agent_note: str | None = None
    contacts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    steps: tuple[Step, ...] = ()
    source: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    reviewed: date | None = None
    tests: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What a button says that leads here."""
        return self.choice or self.question

    def is_valid_on(self, day: date) -> bool:
        """Whether the entry holds on `day`; both ends are included.

        >>> entry = Entry("reissue", "お知らせ", "再交付は？", "別途。", ("再交付",),
        ...               valid_until=date(2027, 3, 31))
        >>> entry.is_valid_on(date(2027, 3, 31)), entry.is_valid_on(date(2027, 4, 1))
        (True, False)
        """
        if self.valid_from is not None and day < self.valid_from:
            return False
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as it is written, with hyphens."""

    number: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Opening hours of one day, Japan time; open at `start`, closed from `end` on."""

    start: time
    end: time

    def covers(self, moment: time) -> bool:
        """Whether the line is open at `moment` (Japan time, without a zone)."""
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True, order=True)
class MonthDay:
    """A day of every year."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class YearlySpan:
    """Days of every year, both ends included; may run over New Year's Day.

    >>> closed = YearlySpan(MonthDay(12, 29), MonthDay(1, 3))
    >>> [closed.covers(date(2026, *day)) for day in ((12, 28), (12, 29), (1, 3), (1, 4))]
    [False, True, True, False]
    """

    start: MonthDay
    end: MonthDay

    def covers(self, day: date) -> bool:
        """Whether `day` lies in the span."""
        at = MonthDay(day.month, day.day)
        if self.start <= self.end:
            return self.start <= at <= self.end
        return at >= self.start or at <= self.end


@dataclass(frozen=True, slots=True)
class Hours:
    """When a line is open, Japan time.

    `weekday`: Monday to Friday; `holiday`: Saturdays, Sundays and public holidays; None means
    closed. `closed` goes before both. `always` (24 hours, 365 days) stands alone.
    """

    weekday: Span | None = None
    holiday: Span | None = None
    closed: YearlySpan | None = None
    always: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Where to turn to; `phones_of` and `hours_of` of the file are resolved here.

    `languages`: ISO 639-1 codes. `verified`: when a person compared it with its source.
    """

    id: str
    name: str
    languages: tuple[str, ...]
    source: str
    verified: date
    about: str | None = None
    phones: tuple[Phone, ...] = ()
    url: str | None = None
    hours: Hours | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic that the FAQ does not answer; `kind` is one of `topics.KINDS`."""

    id: str
    name: str
    kind: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FaqBook:
    """All content, checked. `fingerprint`: SHA-256 of the content, hexadecimal.

    `where` says where things stand, for messages: `entries/<id>`, `entries/<id>/answer`,
    `wordings/<id>`, `contacts/<id>`, `topics/<id>` → `data/faq.yml:12`. It is empty for a book that did not
    come from files, and two books are equal whatever it holds.
    """

    entries: tuple[Entry, ...]
    contacts: tuple[Contact, ...]
    topics: tuple[Topic, ...]
    fingerprint: str
    where: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    _entries: Mapping[str, Entry] = field(init=False, compare=False, repr=False)
    _contacts: Mapping[str, Contact] = field(init=False, compare=False, repr=False)
    _topics: Mapping[str, Topic] = field(init=False, compare=False, repr=False)
    _contrasts: Mapping[frozenset[str], str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_entries", {entry.id: entry for entry in self.entries})
        object.__setattr__(self, "_contacts", {contact.id: contact for contact in self.contacts})
        object.__setattr__(self, "_topics", {topic.id: topic for topic in self.topics})
        contrasts = {
            frozenset((entry.id, contrast.entry)): contrast.question
            for entry in self.entries
            for contrast in entry.contrasts
        }
        object.__setattr__(self, "_contrasts", contrasts)

    def entry(self, id: str) -> Entry:
        """The entry with this id; KeyError where there is none."""
        return self._entries[id]

    def contact(self, id: str) -> Contact:
        """The contact with this id; KeyError where there is none."""
        return self._contacts[id]

    def topic(self, id: str) -> Topic:
        """The out-of-scope topic with this id; KeyError where there is none."""
        return self._topics[id]

    def contrast(self, one: Entry, other: Entry) -> str | None:
        """The question that tells two entries apart, whichever of them has it."""
        return self._contrasts.get(frozenset((one.id, other.id)))

    def wordings(self, entry: Entry) -> tuple[str, ...]:
        """The question and its other wordings: what leads to the entry. Never its `tests`."""
        return (entry.question, *entry.examples)
