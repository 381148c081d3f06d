"""What a table would change in the FAQ, before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.faq.edit import Draft, file_form
from bot.faq.entry import Entry
from bot.faq.fault import Fault, Scope
from bot.faq.incoming import read_incoming
from bot.sheets.headings import Columns
from bot.sheets.merged import spread_merged
from bot.sheets.rows import MakeId, RowReader, refuse_columns
from bot.sheets.sheet import Sheet, SheetError


@dataclass(frozen=True, slots=True)
class Change:
    """An entry as it is and as it would be."""

    old: Entry
    new: Entry


@dataclass(frozen=True, slots=True)
class Plan:
    """`new` in the order of the rows; `kept`: entries that the table does not have.

    With `faults`, nothing else in it is to be relied on. `hidden`: rows that Excel does not show.
    """

    new: tuple[Entry, ...]
    changed: tuple[Change, ...]
    unchanged: int
    kept: int
    hidden: tuple[int, ...]
    faults: tuple[Fault, ...]

    @property
    def changes_nothing(self) -> bool:
        return not self.new and not self.changed

    def put_into(self, draft: Draft) -> None:
        """Make the changes, in a draft of the same content."""
        for change in self.changed:
            draft.put_entry(change.new)
        for entry in self.new:
            draft.put_entry(entry)


def plan_import(
    sheet: Sheet,
    columns: Columns,
    draft: Draft,
    *,
    ignore_columns: bool = False,
    make_id: MakeId | None = None,
) -> Plan:
    """What `sheet` would change in `draft`; SheetError where it has no rows, or no ids."""
    if make_id is None and columns.column("id") is None:
        raise SheetError(
            f"{sheet.file} に id の列がありません。id の列を作って、1行ずつ id を書いてください。"
            "新しいエントリーだけの表なら、--make-ids を付けると質問の読みから作ります。"
        )
    faults: list[Fault] = []
    scope = Scope(sheet.file, faults)
    refuse_columns(sheet, columns, ignore_columns, scope)
    rows = [row for row in spread_merged(sheet, columns, scope) if row.number > columns.row]
    rows = [row for row in rows if not columns.meanings.keys().isdisjoint({*row.cells, *row.bad})]
    if not rows:
        raise SheetError(f"{sheet.file} には、見出しの下に1行もありません。")
    entries = draft.entries()
    old = {entry.id: file_form(entry) for entry in entries}
    reader = RowReader.of(columns, rows, old, make_id, sheet.encoding)
    incoming = [reader.read(row, scope) for row in rows]
    own = {entry.id: entry.examples for entry in entries}
    read = read_incoming(incoming, draft.book, own, faults)
    hidden = tuple(row.number for row in rows if row.hidden)
    return _compared(read, entries, hidden, faults)


def _compared(
    read: Iterable[Entry], entries: Iterable[Entry], hidden: tuple[int, ...], faults: list[Fault]
) -> Plan:
    old = {entry.id: entry for entry in entries}
    new: list[Entry] = []
    changed: list[Change] = []
    unchanged = 0
    for entry in read:
        if entry.id not in old:
            new.append(entry)
        elif entry != old[entry.id]:
            changed.append(Change(old[entry.id], entry))
        else:
            unchanged += 1
    kept = len(old.keys() - {entry.id for entry in read})
    order = sorted(faults, key=lambda one: (one.line or 0, one.column or 0))
    return Plan(tuple(new), tuple(changed), unchanged, kept, hidden, tuple(order))
