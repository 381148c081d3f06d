"""Excel files for tests: written by openpyxl, then changed as only Excel writes them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = (
    '<Relationship Id="rIdStrings" Target="sharedStrings.xml" Type="http://schemas.openxmlformats'
    '.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
)
_INLINE = re.compile(r't="inlineStr"><is>(<t[^>]*>.*?</t>)</is>', re.S)


def workbook(rows: Iterable[Sequence[Any]], change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook with one sheet; `change` may do with it what openpyxl can."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if change is not None:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return _shared(stream.getvalue())


def _shared(raw: bytes) -> bytes:
    """With the texts in a part of their own, as Excel has them; openpyxl writes them in place."""
    texts: list[str] = []

    def moved(found: re.Match[str]) -> str:
        texts.append(found[1])
        return f't="s"><v>{len(texts) - 1}</v>'

    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                raw = with_part(raw, name, _INLINE.sub(moved, archive.read(name).decode()).encode())
    items = "".join(f"<si>{text}</si>" for text in texts)
    raw = with_part(raw, STRINGS, f'<sst xmlns="{_MAIN}">{items}</sst>'.encode())
    return repacked(raw, "xl/_rels/workbook.xml.rels", "</Relationships>", _RELATION)


def repacked(raw: bytes, part: str, old: str, new: str) -> bytes:
    """The same file with one text in one part replaced; it must be there."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(stream, "w", 8) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                assert old in content.decode(), f"{old!r} is not in {content.decode()}"
                content = content.decode().replace(old, new, 1).encode()
            after.writestr(name, content)
    return stream.getvalue()


def with_part(raw: bytes, part: str, content: bytes) -> bytes:
    """The same file with another part, or another content of a part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(stream, "w", 8) as after:
        for name in before.namelist():
            if name != part:
                after.writestr(name, before.read(name))
        after.writestr(part, content)
    return stream.getvalue()
