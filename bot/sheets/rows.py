"""Rows of a table as entries to be checked: what is written, and what stays of the old entry."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass

from bot.faq.entries import SHAPE
from bot.faq.fault import Scope, quote
from bot.faq.incoming import Incoming, as_node, refused
from bot.faq.source import Spot
from bot.faq.yaml_lines import Value
from bot.faq.yaml_nodes import Node, Scalar, Table
from bot.sheets.csv_file import spoilt
from bot.sheets.forms import cell_text, cell_value
from bot.sheets.headings import HEADINGS, Columns
from bot.sheets.sheet import Row, Sheet, letters
from bot.sheets.steps import FormError

Form = Mapping[str, Value | None]
NO_COLUMN = 0  # of a fault that no cell of its row has

MakeId = Callable[[str, Container[str]], str]
"""A question and the ids that are taken → a new id."""


@dataclass(slots=True)
class RowReader:
    """Turns rows into entries. `old`: id → the entry in the form of faq.yml."""

    columns: Columns
    old: Mapping[str, Form]
    make_id: MakeId | None
    taken: set[str]
    encoding: str

    @classmethod
    def of(
        cls,
        columns: Columns,
        rows: Iterable[Row],
        old: Mapping[str, Form],
        make_id: MakeId | None,
        encoding: str,
    ) -> RowReader:
        """`make_id` makes the ids of rows without one; where it is None, they are faults."""
        column = columns.column("id") or 0
        written = {row.cells[column] for row in rows if column in row.cells}
        return cls(columns, old, make_id, written | old.keys(), encoding)

    def read(self, row: Row, scope: Scope) -> Incoming:
        """One row; what cannot be read becomes faults in `scope`."""
        id = self._id(row)
        inside = scope.within(id or f"{row.number}行目")
        home = Spot(row.number, self.columns.column("id") or NO_COLUMN)
        old = self.old.get(id or "", {})
        pairs: list[tuple[Scalar, Node]] = []
        for key in SHAPE.keys:
            node = self._node(key, id, row, old, home, inside)
            if node is not None:
                pairs.append((Scalar(key, "str", home.line, home.column), node))
        return Incoming(Table(home.line, home.column, pairs), inside, id)

    def _id(self, row: Row) -> str | None:
        column, question = self.columns.column("id"), self.columns.column("question")
        if column is not None and (column in row.cells or column in row.bad):
            return row.cells.get(column)
        if self.make_id is None or question is None or question not in row.cells:
            return None
        id = self.make_id(row.cells[question], self.taken)
        self.taken.add(id)
        return id

    def _node(
        self, key: str, id: str | None, row: Row, old: Form, home: Spot, scope: Scope
    ) -> Node | None:
        """What stands for a key; None where the entry will not have it."""
        column = self.columns.column(key)
        spot = home if column is None else Spot(row.number, column)
        if column is not None and column in row.bad:
            scope.fault("wrong_type", spot, row.bad[column])
            return refused(spot)
        if column is not None and column in row.cells:
            self._refuse_spoilt(key, row.cells[column], old, spot, scope)
            return _read_cell(key, row.cells[column], spot, scope)
        if key == "id":
            return _new_id(id, spot, scope)
        if column is None and (kept := old.get(key)) is not None:
            return as_node(kept, home)
        if key not in SHAPE.required:
            return None
        _refuse_missing(key, column, spot, scope)
        return refused(spot)

    def _refuse_spoilt(self, key: str, text: str, old: Form, spot: Spot, scope: Scope) -> None:
        """A fault where a line of the old entry has come back with question marks in it."""
        before = old.get(key)
        if self.encoding == "utf-8" or before is None or "?" not in text:
            return
        lines = {spoilt(line, self.encoding): line for line in cell_text(key, before).split("\n")}
        for line in text.split("\n"):
            if lines.get(line, line) != line:
                scope.fault(
                    "control_character",
                    spot,
                    f"{quote(lines[line])}が{quote(line)}に変わっています。",
                    "Shift_JIS（CP932）にない文字が「?」になったようです。",
                    "元の文字に直し、Excel では「CSV UTF-8」で保存してください。",
                )


def refuse_columns(sheet: Sheet, columns: Columns, ignore: bool, scope: Scope) -> None:
    """Faults for headings that mean nothing, unless they are passed over, or the same twice."""
    for column in columns.unknown if not ignore else ():
        scope.fault(
            "unknown_key",
            Spot(columns.row, column),
            "この見出しの項目はありません。",
            "",
            f'取り込まないなら --ignore-columns を、項目に当てるなら --map "'
            f'{columns.headings[column]}=項目" を付けてください。',
        )
    for column in columns.twice:
        scope.fault(
            "duplicate_key",
            Spot(columns.row, column),
            "同じ項目の列が2つあります。",
            "",
            "どちらかの見出しを変えるか、列を消してください。",
        )
    if not ignore:
        _refuse_without_heading(sheet, columns, scope)


def _refuse_without_heading(sheet: Sheet, columns: Columns, scope: Scope) -> None:
    """One fault a column, where its first text stands."""
    seen = set(columns.headings)
    for row in sheet.rows:
        if row.number <= columns.row:
            continue
        for column in sorted({*row.cells, *row.bad} - seen):
            seen.add(column)
            scope.fault(
                "missing_key",
                Spot(row.number, column),
                f"{letters(column)}列に内容がありますが、{columns.row} 行目に見出しがありません。",
                "",
                "見出しを書くか、内容を消すか、--ignore-columns を付けてください。",
            )


def _read_cell(key: str, text: str, spot: Spot, scope: Scope) -> Node:
    try:
        return as_node(cell_value(key, text), spot)
    except FormError as error:
        scope.fault("wrong_type", spot, str(error))
        return refused(spot)


def _new_id(id: str | None, spot: Spot, scope: Scope) -> Node:
    if id is not None:
        return as_node(id, spot)
    scope.fault(
        "missing_key",
        spot,
        "id がありません。",
        "id は、エントリーを見分けるためにかならず必要です。",
        "半角の英小文字で id を書くか、--make-ids を付けて質問の読みから作ってください。",
    )
    return refused(spot)


def _refuse_missing(key: str, column: int | None, spot: Spot, scope: Scope) -> None:
    name = HEADINGS[key]
    if column is None:
        scope.fault(
            "missing_key",
            spot,
            f"新しいエントリーですが、「{name}」の列がありません。",
            "",
            f"「{name}」の列を作るか、すでにあるエントリーなら id を確かめてください。",
        )
    else:
        advice = "内容を書いてください。"
        scope.fault("empty_text", spot, f"「{name}」が空です。", "かならず必要です。", advice)
