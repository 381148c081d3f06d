"""A table from a file, whatever kind of file it is."""

from __future__ import annotations

from pathlib import Path

from bot.sheets.csv_file import read_csv
from bot.sheets.sheet import MAX_BYTES, Sheet, SheetError
from bot.sheets.xlsx_file import read_xlsx

_EXCEL = (".xlsx", ".xlsm", ".xls", ".xlsb")
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_sheet(file: Path, title: str | None = None) -> Sheet:
    """The table in `file`, told by its content; `title` is the name of a sheet of Excel.

    Raises SheetError.
    """
    raw = _bytes(file)
    name = file.as_posix()
    if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        raise SheetError(f"{name} は空です。正しいファイルか確かめてください。")
    if raw.startswith(_MAGIC) or file.suffix.lower() in _EXCEL:
        return read_xlsx(raw, name, title)
    if title is not None:
        raise SheetError(f"{name} は CSV なので、シートはありません。--sheet を外してください。")
    return read_csv(raw, name)


def _bytes(file: Path) -> bytes:
    try:
        if not file.exists():
            raise SheetError(f"{file} がありません。ファイルの名前と場所を確かめてください。")
        if not file.is_file():
            raise SheetError(f"{file} はファイルではありません。表のファイルを指定してください。")
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise SheetError(
                f"{file} は {size // 1024**2} MB あり、大きすぎます"
                f"（{MAX_BYTES // 1024**2} MB まで）。正しいファイルか確かめてください。"
            )
        return file.read_bytes()
    except OSError as error:
        raise SheetError(
            f"{file} を読み込めません（{error.strerror or type(error).__name__}）。"
            "ほかのプログラムで開いていないか確かめてください。"
        ) from None
