"""Merged cells: what they say for each of their rows, or that they say nothing clear."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from bot.faq.fault import Scope
from bot.faq.source import Spot
from bot.sheets.headings import Columns
from bot.sheets.sheet import Merge, Row, Sheet, SheetError

# What one cell may say of several entries; a question, a wording or an id is that of one.
_SHARED = frozenset(
    (
        *("category", "answer", "short", "easy", "agent_note", "contacts", "links", "related"),
        *("steps", "source", "valid_from", "valid_until", "reviewed"),
    )
)


def spread_merged(sheet: Sheet, columns: Columns, scope: Scope) -> tuple[Row, ...]:
    """The rows with the text of merged cells in each of them; faults for the others.

    Cells that are merged outside the known columns, or above the headings, do not matter.
    """
    rows = list(sheet.rows)
    numbers = [row.number for row in rows]
    filled = 0
    for merge in sheet.merges:
        known = [c for c in columns.meanings if merge.left <= c <= merge.right]
        if not known or merge.bottom <= columns.row:
            continue
        if not _is_clear(merge, columns):
            _refuse(merge, known[0], columns, scope)
            continue
        start, end = bisect_left(numbers, merge.top), bisect_right(numbers, merge.bottom)
        filled += end - start
        if filled > len(rows) * len(columns.meanings):
            raise SheetError(
                f"{sheet.file} の結合されたセルが重なり合っています。"
                "Excel で開き、結合を解除して保存し直してください。"
            )
        rows[start:end] = _filled(rows[start:end], merge)
    return tuple(rows)


def _is_clear(merge: Merge, columns: Columns) -> bool:
    """One column, below the headings, of a key that entries may have in common."""
    return (
        merge.left == merge.right
        and merge.top > columns.row
        and columns.meanings[merge.left] in _SHARED
    )


def _filled(rows: Iterable[Row], merge: Merge) -> list[Row]:
    rows = list(rows)
    column = merge.left
    if not rows or rows[0].number != merge.top or column not in rows[0].cells:
        return rows  # nothing is written there
    text = rows[0].cells[column]
    return [replace(row, cells={**row.cells, column: text}) for row in rows]


def _refuse(merge: Merge, column: int, columns: Columns, scope: Scope) -> None:
    scope.fault(
        "wrong_type",
        Spot(max(merge.top, columns.row), column),
        f"セル {merge} が結合されています。",
        "どの行の内容か決められません。",
        "Excel で結合を解除し、行ごとに内容を書いてください。",
    )
