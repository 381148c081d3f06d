"""CSV as Excel reads and writes it: UTF-8 or Shift_JIS, commas or tabs, line breaks in cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from bot.faq.source import guess_encoding
from bot.sheets.escapes import guarded, unguarded
from bot.sheets.sheet import MAX_CELL, Row, Sheet, SheetError, Size

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_JIS = (b"\x1b$", b"\x1b(")
_KANA = re.compile("[ぁ-んァ-ヶ]")
_NAMES = {"utf-8": "UTF-8", "cp932": "Shift_JIS（CP932）", "utf-16": "UTF-16"}
ENCODINGS = ("utf-8", "cp932")
"""What `csv_bytes` can write."""


def read_csv(raw: bytes, file: str) -> Sheet:
    """The table in a CSV file; `file` names it in messages. Raises SheetError."""
    text, encoding = _decoded(raw, file)
    delimiter = _delimiter(text)
    mark = "タブ" if delimiter == "\t" else "コンマ"
    rows = tuple(_rows(text, delimiter, file))
    if not rows:
        raise SheetError(f"{file} には何も書かれていません。正しいファイルか確かめてください。")
    form = f"CSV（{_NAMES[encoding]}、{mark}区切り）"
    return Sheet(file, rows, form, encoding=encoding)


def csv_bytes(rows: Iterable[Sequence[str]], encoding: str) -> bytes:
    """A CSV file that Excel opens as it is: UTF-8 with a mark in front, or CP932.

    No cell begins as a formula does. UnicodeEncodeError where CP932 lacks a character;
    `lacking` tells beforehand.
    """
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(map(guarded, row) for row in rows)
    text = stream.getvalue()
    return _BOM + text.encode("utf-8") if encoding == "utf-8" else text.encode(encoding)


def lacking(text: str, encoding: str) -> tuple[str, ...]:
    """The characters of `text` that would not come back from a file in `encoding`.

    CP932 has one code for some pairs of characters: 〜 (U+301C) would come back as ～ (U+FF5E).
    """
    if text.isascii() or encoding == "utf-8":
        return ()
    return tuple(char for char in dict.fromkeys(text) if not _comes_back(char, encoding))


def spoilt(text: str, encoding: str) -> str:
    """What Excel makes of a text that it saves in `encoding`, without a word: 10時?17時."""
    return text.translate({ord(char): "?" for char in lacking(text, encoding)})


def _comes_back(char: str, encoding: str) -> bool:
    try:
        return char.encode(encoding).decode(encoding) == char
    except UnicodeEncodeError:
        return False


def _decoded(raw: bytes, file: str) -> tuple[str, str]:
    """The text without its mark, and its encoding."""
    advice = "Excel の「名前を付けて保存」で「CSV UTF-8」を選んで保存し直してください。"
    if raw.startswith(_UTF16):  # Excel's「Unicode テキスト」
        try:
            return raw.decode("utf-16"), "utf-16"
        except UnicodeDecodeError:
            raise SheetError(f"{file} は UTF-16 として読めません。{advice}") from None
    if any(mark in raw for mark in _JIS):
        raise SheetError(f"{file} の文字コードは JIS（ISO-2022-JP）のようです。{advice}")
    try:
        return raw.removeprefix(_BOM).decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    if not _is_broken_utf8(raw):
        guess = guess_encoding(raw)
        if guess is not None and guess[0] != "cp932":
            raise SheetError(f"{file} の文字コードは {guess[1].strip()} のようです。{advice}")
        try:
            return raw.decode("cp932"), "cp932"
        except UnicodeDecodeError:
            pass
    raise SheetError(
        f"{file} の {line} 行目に、UTF-8 でも Shift_JIS でもない文字があります。{advice}"
    )


def _is_broken_utf8(raw: bytes) -> bool:
    """Whether what stops UTF-8 is a slip in it: other Japanese encodings look like Latin to it."""
    return raw.startswith(_BOM) or len(_KANA.findall(raw.decode("utf-8", "ignore"))) > 1


def _delimiter(text: str) -> str:
    """The tab where the first line with content has more of them than commas."""
    for line in text.split("\n"):
        if line.strip():
            return "\t" if line.count("\t") > line.count(",") else ","
    return ","


def _rows(text: str, delimiter: str, file: str) -> Iterable[Row]:
    size = Size(file)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        start = reader.line_num + 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise _broken(error, file, number, start) from None
        if record is None:
            return
        cells = {
            column: unguarded(text)
            for column, cell in enumerate(record, 1)
            if (text := cell.replace("\r\n", "\n").replace("\r", "\n").strip())
        }
        if cells:
            size.add(number, cells)
            yield Row(number, cells)


def _broken(error: csv.Error, file: str, number: int, line: int) -> SheetError:
    place = f"{file} の {number} 行目（ファイルの {line} 行目から）"
    if "field larger" in str(error):
        return SheetError(
            f"{place}に {MAX_CELL:,} 文字を超えるセルがあります。"
            '引用符（"）が閉じられているか確かめてください。'
        )
    if "NUL" in str(error):
        return SheetError(f"{place}に、文字ではないもの（NUL）があります。CSV ではないようです。")
    return SheetError(
        f'{place}で、引用符（"）が閉じられていないか、閉じたあとに文字が続いています。'
        'セルの中の " は "" と書き、セル全体を " で囲んでください。'
    )
