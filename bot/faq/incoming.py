"""Entries that come from elsewhere than faq.yml, checked against everything that is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.faq.contrasts import check_contrasts
from bot.faq.entries import SHAPE, read_entry
from bot.faq.entry import Entry, FaqBook
from bot.faq.fault import Fault, Scope
from bot.faq.ledger import Ledger
from bot.faq.record import Record
from bot.faq.references import check_links, check_references
from bot.faq.source import Spot
from bot.faq.wordings import check_choices, check_wordings
from bot.faq.yaml_lines import Value
from bot.faq.yaml_nodes import Listing, Node, Scalar, Table


@dataclass(frozen=True, slots=True)
class Incoming:
    """One entry as it comes; `scope` names it, or its place where it has no id."""

    table: Table
    scope: Scope
    id: str | None


def read_incoming(
    incoming: Sequence[Incoming],
    book: FaqBook,
    own: Mapping[str, Sequence[str]],
    faults: list[Fault],
) -> list[Entry]:
    """The entries, in order; their texts may be blank where `faults` has got new ones.

    One whose id is in the book takes the place of that entry; its further examples, those
    of wordings.yml, stay.  `own`: id → the examples that an entry has in faq.yml.
    """
    coming = {one.id for one in incoming if one.id is not None}
    ledger = _ledger_of(book, coming, own, faults)
    entries = []
    for one in incoming:
        record = Record.read(one.table, SHAPE, one.scope)
        assert record is not None, "it is a table"
        if one.id is None:
            ledger.incomplete.add("entries")
        else:
            ledger.claim("entries", one.id, record.values["id"], one.scope)
        entries.append(read_entry(record, ledger))
    check_wordings(ledger)
    check_choices(ledger)
    check_references(ledger)
    check_contrasts(ledger)
    check_links(ledger, {contact.id for contact in book.contacts if contact.url is None})
    return entries


def check_new(
    form: Mapping[str, Value], book: FaqBook, own: Mapping[str, Sequence[str]]
) -> tuple[Entry, list[Fault]]:
    """A new entry of which some keys may still be missing, and what is wrong with the others."""
    at = Spot(1, 1)
    faults: list[Fault] = []
    id = form.get("id")
    pairs = [(_scalar(key, at), as_node(value, at)) for key, value in form.items()]
    pairs += [(_scalar(key, at), refused(at)) for key in SHAPE.required if key not in form]
    name = id if isinstance(id, str) else None
    scope = Scope("", faults, name or "このエントリー")
    (entry,) = read_incoming([Incoming(Table(1, 1, pairs), scope, name)], book, own, faults)
    return entry, faults


def as_node(value: Value, at: Spot) -> Node:
    """A value as if it stood in a file, all of it at one place."""
    if isinstance(value, Mapping):
        pairs = [(_scalar(key, at), as_node(one, at)) for key, one in value.items()]
        return Table(at.line, at.column, pairs)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return Listing(at.line, at.column, [as_node(one, at) for one in value])
    return _scalar(str(value), at)


def refused(at: Spot) -> Scalar:
    """What stands where a fault is noted already."""
    return Scalar("", "refused", at.line, at.column)


def _scalar(text: str, at: Spot) -> Scalar:
    return Scalar(text, "str", at.line, at.column)


def _ledger_of(
    book: FaqBook,
    coming: Collection[str],
    own: Mapping[str, Sequence[str]],
    faults: list[Fault],
) -> Ledger:
    """What a checked book says, without what faq.yml says of the entries `coming`."""
    ledger = Ledger()
    for contact in book.contacts:
        _claim(ledger, book, "contacts", contact.id, faults)
    for topic in book.topics:
        scope, spot = _claim(ledger, book, "topics", topic.id, faults)
        for text in topic.examples:
            ledger.word(text, "topic", spot, scope)
    for entry in book.entries:
        examples = own[entry.id]
        scope, spot = _place(book, f"wordings/{entry.id}", entry.id, faults)
        for text in entry.examples[len(examples) :]:
            ledger.word(text, "examples", spot, scope)
        if entry.id not in coming:
            _note(ledger, book, entry, examples, faults)
    return ledger


def _note(
    ledger: Ledger, book: FaqBook, entry: Entry, examples: Sequence[str], faults: list[Fault]
) -> None:
    """What faq.yml says of one entry and others must agree with."""
    scope, spot = _claim(ledger, book, "entries", entry.id, faults)
    wordings = (("question", (entry.question,)), ("examples", examples), ("tests", entry.tests))
    for role, texts in wordings:
        line = book.where.get(f"entries/{entry.id}/{role}", "").rpartition(":")[2]
        at = Spot(int(line), 1) if line else spot
        for text in texts:
            ledger.word(text, role, at, scope)
    if entry.choice is not None:
        ledger.choice(entry.choice, spot, scope)
    for contrast in entry.contrasts:
        ledger.refer(contrast.entry, "contrasts", spot, scope)


def _claim(
    ledger: Ledger, book: FaqBook, section: str, id: str, faults: list[Fault]
) -> tuple[Scope, Spot]:
    scope, spot = _place(book, f"{section}/{id}", id, faults)
    ledger.claim(section, id, spot, scope)
    return scope, spot


def _place(book: FaqBook, key: str, id: str, faults: list[Fault]) -> tuple[Scope, Spot]:
    """Where something stands in the files."""
    file, _, line = book.where.get(key, "faq.yml:0").rpartition(":")
    return Scope(file, faults, id), Spot(int(line), 1)
