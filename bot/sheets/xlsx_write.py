"""A workbook that people edit: every cell text, headings in view, and a sheet that explains."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from bot.sheets.headings import HEADINGS
from bot.sheets.notes import NOTES

MAX_EXCEL_CELL = 32_767  # characters; Excel calls a file with more damaged

_TITLE, _NOTES_TITLE = "FAQ", "書き方"
_WIDTHS: Mapping[str, int] = {  # characters of half width; Excel's own column has 8
    **{"id": 24, "category": 20, "question": 40, "answer": 60, "examples": 50},
    **{"short": 40, "easy": 40, "choice": 30, "agent_note": 40, "contrasts": 50, "steps": 60},
}
_WIDTH = 18
_LINE, _MOST_LINES = 15, 10  # points a line; taller rows leave nothing else on the screen
_TEXT = "@"
_WRAPPED = Alignment(wrap_text=True, vertical="top")
# What Excel would read as an escaped character: a name of a file, perhaps.
_LIKE_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def xlsx_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of the rows, the first of them headings, and the notes."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_TITLE)
    sheet.freeze_panes = "B2"  # headings and ids stay in view
    for number, key in enumerate(HEADINGS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(key, _WIDTH)
    _fill(sheet, rows)
    if len(rows) > 1:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADINGS))}{len(rows)}"
    notes = workbook.create_sheet(_NOTES_TITLE)
    for number, width in enumerate((20, 14, 10, 90), 1):
        notes.column_dimensions[get_column_letter(number)].width = width
    notes.freeze_panes = "A2"
    _fill(notes, NOTES)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _fill(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    """Rows with headings above; what people add below is text as well."""
    for number in range(1, len(rows[0]) + 1):
        column = sheet.column_dimensions[get_column_letter(number)]
        column.number_format = _TEXT
        column.alignment = _WRAPPED
    head, text = _cell(sheet, bold=True), _cell(sheet)
    for number, row in enumerate(rows, 1):
        lines = max(cell.count("\n") for cell in row) + 1
        sheet.row_dimensions[number].height = _LINE * min(max(lines, 2), _MOST_LINES)
        sheet.append(_texts(head if number == 1 else text, row))


def _texts(cell: Any, row: Sequence[str]) -> Iterator[Any]:
    """One cell takes all texts in turn: openpyxl writes each before it asks for the next."""
    for text in row:
        if text:
            cell.value = _LIKE_ESCAPED.sub("_x005F_", text)
            cell.data_type = "s"  # never a formula
            yield cell
        else:
            yield None


def _cell(sheet: Any, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.number_format, cell.alignment = _TEXT, _WRAPPED
    if bold:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", "DDE8F0")
    return cell
