"""wordings.yml: further wordings of entries, apart from those that staff keep in faq.yml.

The file may be missing. Its wordings are examples of their entries like all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.faq.entries import read_wordings
from bot.faq.entry import Entry
from bot.faq.ledger import Ledger
from bot.faq.record import Record, Shape

SHAPE = Shape(required=("id", "examples"))


@dataclass(frozen=True, slots=True)
class Further:
    """Further examples of the entry whose id is `entry`."""

    entry: str
    examples: tuple[str, ...]


def read_further(record: Record, ledger: Ledger) -> Further:
    """The further wordings of one entry; its id must be that of an entry in faq.yml."""
    read = record.reference("id")
    if read is not None:
        ledger.refer(read[0], "id", read[1], record.scope)
    return Further(record.scope.entry or "", read_wordings(record, "examples", ledger))


def add_further(entries: Iterable[Entry], further: Sequence[Further]) -> tuple[Entry, ...]:
    """The entries with their further wordings behind their own examples."""
    more = {one.entry: one.examples for one in further}
    return tuple(
        replace(entry, examples=entry.examples + more[entry.id]) if entry.id in more else entry
        for entry in entries
    )
