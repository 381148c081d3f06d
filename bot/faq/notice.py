"""A notice: something right that wants a person's eye, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from bot.faq.entry import FaqBook

_FILES = {"entries": "faq.yml", "contacts": "contacts.yml", "topics": "out_of_scope.yml"}


@dataclass(frozen=True, slots=True)
class Place:
    """`line` and `column` count from 1, None where nobody knows; `id` is that of the entry,
    contact or topic."""

    file: str
    line: int | None = None
    column: int | None = None
    id: str | None = None

    @classmethod
    def of(cls, book: FaqBook, section: str, id: str, key: str | None = None) -> Place:
        """Of a key, or of its owner; the file alone for a book that came from no files."""
        found = book.where.get(f"{section}/{id}/{key}") or book.where.get(f"{section}/{id}")
        if found is None:
            return cls(_FILES[section], id=id)
        file, _, line = found.rpartition(":")
        return cls(file, int(line), id=id)

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place} 〔{self.id}〕" if self.id else place


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to look at; `code` is stable, for programs, `message` says in Japanese what was
    found and what to do."""

    code: str
    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place} {self.message}"
