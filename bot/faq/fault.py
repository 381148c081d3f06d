"""What is wrong with the data files, in words that staff can act on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from bot.errors import FaqBotError

SHOWN = 50  # faults that one FaqError prints; all of them are in `.faults`

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)


class Located(Protocol):
    """Something that stands somewhere in a file; lines and columns count from 1."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that must be mended before the content is used.

    `found`, `expected` and `advice` are Japanese sentences. `entry` is the id of the entry,
    contact or topic (`3件目` where it has none). `code` is stable, for programs; the codes are
    the keys of `FAULT_CODES`. `line` is None where the fault is the file itself.
    """

    code: str
    file: str
    line: int | None
    column: int | None
    entry: str | None
    found: str
    expected: str
    advice: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        owner = f" 〔{self.entry}〕" if self.entry else ""
        return f"{place}{owner} {self.found}{self.expected}{self.advice}"


class FaqError(FaqBotError):
    """The content cannot be used; `faults` holds everything that is wrong, file by file."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        lines = [str(fault) for fault in self.faults[:SHOWN]]
        rest = len(self.faults) - SHOWN
        if rest > 0:
            lines.append(f"ほかに {rest} 件あります。上から直して、もう一度確認してください。")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the reader is: the file, the entry in it, and the list that faults go to."""

    file: str
    faults: list[Fault]
    entry: str | None = None

    def within(self, entry: str) -> Scope:
        """The same file, inside one entry."""
        return replace(self, entry=entry)

    def fault(
        self, code: str, at: Located | None, found: str, expected: str = "", advice: str = ""
    ) -> None:
        """Note one fault at `at`, or of the file as a whole."""
        line, column = (None, None) if at is None else (at.line, at.column)
        self.faults.append(
            Fault(code, self.file, line, column, self.entry, found, expected, advice)
        )


def quote(text: str, limit: int = 40) -> str:
    """`text` between brackets, in one printable line of at most `limit` characters.

    >>> quote("捨てて\\nよい\\t？")
    '「捨てて⏎よい<U+0009>？」'
    """
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    shown = shown.replace("\n", "⏎")
    return f"「{_UNPRINTABLE.sub(lambda match: f'<U+{ord(match[0]):04X}>', shown)}」"


def unprintable(text: str) -> Iterator[str]:
    """The characters of `text` that a reader cannot see or a screen cannot show.

    Line feeds are fine, and so are joiners and variation selectors, which emoji and names
    in kanji need.
    """
    for match in _UNPRINTABLE.finditer(text):
        if match[0] not in "\n\u200c\u200d":
            yield match[0]


FAULT_CODES = {
    "missing_folder": "the data folder is not there",
    "missing_file": "a file of the data folder is not there",
    "unreadable_file": "a file is a folder, or may not be read, or is too large",
    "wrong_encoding": "a file is not UTF-8",
    "control_character": "a character that cannot be seen or shown",
    "empty_file": "a file without content",
    "tab_indent": "a tab where only spaces may indent",
    "broken_yaml": "not YAML",
    "refused_yaml": "YAML that the FAQ does not use: aliases, tags, nesting, two documents",
    "wrong_type": "a list, a mapping or a text where another is expected",
    "not_text": "a word that YAML 1.1 reads as a number, a date or yes/no",
    "unknown_key": "a key that does not exist",
    "duplicate_key": "one key twice in a mapping",
    "missing_key": "a key that must be there",
    "empty_text": "a text or a list without content",
    "long_text": "a text with too many characters or lines",
    "bad_id": "an id of the wrong form",
    "duplicate_id": "one id twice",
    "duplicate_wording": "one wording twice",
    "duplicate_choice": "two entries whose buttons say the same",
    "duplicate_reference": "one reference twice in a list, or one contrast in both entries",
    "unknown_reference": "a reference to nothing",
    "bad_reference": "a reference to something that does not fit, or to itself",
    "reference_cycle": "phones_of or hours_of that lead back to themselves",
    "bad_date": "a date of the wrong form, or no day of the calendar",
    "date_order": "valid_from after valid_until",
    "bad_phone": "a telephone number of the wrong form",
    "duplicate_phone": "one telephone number twice in contacts.yml",
    "bad_url": "an address that is not https with a host",
    "duplicate_url": "one address twice in contacts.yml",
    "bad_hours": "opening hours of the wrong form",
    "bad_language": "not an ISO 639-1 code, or twice",
    "bad_kind": "a kind of topic that does not exist",
    "no_contact_way": "a contact without phones or url, or with phones twice",
    "stale_store": "a stored book that is damaged or of another version",
}
"""Every `Fault.code` with what it means."""
