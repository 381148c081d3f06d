"""The FAQ as a file for Excel: CSV, or a workbook with notes on how to fill it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.faq.edit import file_form
from bot.faq.entry import Entry
from bot.faq.fault import quote
from bot.faq.files import replace_file
from bot.sheets.csv_file import csv_bytes, lacking
from bot.sheets.forms import cell_text
from bot.sheets.headings import HEADINGS
from bot.sheets.sheet import MAX_CELL, SheetError
from bot.sheets.xlsx_write import MAX_EXCEL_CELL, xlsx_bytes

KINDS = (".csv", ".xlsx")
_SHOWN = 20  # faults of one message


def write_sheet(entries: Sequence[Entry], file: Path, encoding: str = "utf-8") -> None:
    """Write the entries with their own examples to `file`, whole or not at all.

    `encoding`: of a CSV file, utf-8 or cp932. Raises SheetError where a cell cannot be written.
    """
    rows = [[*_cells(entry)] for entry in entries]
    excel = file.suffix.lower() == ".xlsx"
    _check(entries, rows, MAX_EXCEL_CELL if excel else MAX_CELL, "utf-8" if excel else encoding)
    table = [[*HEADINGS.values()], *rows]
    try:
        replace_file(file, xlsx_bytes(table) if excel else csv_bytes(table, encoding))
    except OSError as error:
        raise SheetError(
            f"{file} に書き込めません（{error.strerror or type(error).__name__}）。"
            "フォルダーがあるか、ほかのプログラムで開いていないかを確かめてください。"
        ) from None


def _cells(entry: Entry) -> Iterator[str]:
    form = file_form(entry)
    for key in HEADINGS:
        value = form[key]
        yield "" if value is None else cell_text(key, value)


def _check(
    entries: Sequence[Entry], rows: Sequence[Sequence[str]], longest: int, encoding: str
) -> None:
    """SheetError with what would not come back from the file."""
    faults = []
    for entry, row in zip(entries, rows, strict=True):
        for heading, text in zip(HEADINGS.values(), row, strict=True):
            if len(text) > longest:
                faults.append(
                    f"〔{entry.id}〕 「{heading}」は {len(text):,} 文字あり、"
                    f"1つのセルに入る {longest:,} 文字を超えます。"
                )
            if bad := lacking(text, encoding):
                names = "・".join(f"{quote(char)}（U+{ord(char):04X}）" for char in bad)
                faults.append(
                    f"〔{entry.id}〕 「{heading}」の {names} は Shift_JIS（CP932）では書けません。"
                )
    if not faults:
        return
    more = [f"ほかに {len(faults) - _SHOWN} 件あります。"] if len(faults) > _SHOWN else []
    advice = "UTF-8 の CSV（--encoding を付けない）なら書き出せます。"
    raise SheetError("\n".join([*faults[:_SHOWN], *more, advice]))
