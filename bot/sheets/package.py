"""An .xlsx file as what it is, a zip of XML parts, within limits that no FAQ reaches.

openpyxl's reader for large files passes over merged cells, hidden rows and the difference
between an empty cell and a formula that nobody has calculated; its reader that knows them takes a
gigabyte for 50,000 rows.  So the parts are read here, one row at a time.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse

from bot.sheets.sheet import SheetError

MAX_UNPACKED = 400 * 1024 * 1024  # bytes; 50,000 entries are some 60 MB
MAX_SMALL = 16 * 1024 * 1024  # bytes of a part that is read as a whole
MAX_ELEMENTS = 10_000_000  # of a part; 50,000 entries are some 3 million
MAX_HELD = 200_000  # elements in memory at once; Excel's widest row has 16,384 cells
_HEAD = 1024  # bytes in which a document type would stand

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_RESAVE = "Excel で開き、「Excel ブック (*.xlsx)」で保存し直してください。"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    OverflowError,
    NotImplementedError,  # a method of packing that Python does not know
    RuntimeError,  # a part with a password of its own
)


@contextmanager
def readable(file: str) -> Iterator[None]:
    """Whatever a damaged file makes fail inside becomes one SheetError."""
    try:
        yield
    except _BROKEN:
        raise SheetError(
            f"{file} は壊れているため読み込めません。Excel で開けるか確かめ、保存し直してください。"
        ) from None


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of one file; to be used within `readable`."""

    archive: zipfile.ZipFile
    file: str

    @classmethod
    def open(cls, raw: bytes, file: str) -> Package:
        """Raises SheetError for what is not .xlsx, or too large when unpacked."""
        if not raw.startswith(_ZIP):
            raise SheetError(_not_xlsx(raw, file))
        archive = zipfile.ZipFile(io.BytesIO(raw))
        # zipfile unpacks no more than a part's directory entry says, so the sum is a limit.
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise SheetError(
                f"{file} は開くと {MAX_UNPACKED // 1024**2} MB を超えるため、読み込みません。"
                "正しいファイルか確かめ、不要な画像やシートを消してください。"
            )
        names = archive.namelist()
        if "xl/workbook.bin" in names:
            raise SheetError(f"{file} は Excel バイナリ ブック（.xlsb）です。{_RESAVE}")
        if "mimetype" in names:
            raise SheetError(f"{file} は OpenDocument（.ods など）のファイルです。{_RESAVE}")
        if "_rels/.rels" not in names:
            raise SheetError(f"{file} は Excel のファイルではありません。{_RESAVE}")
        return cls(archive, file)

    def has(self, part: str) -> bool:
        return part in self.archive.namelist()

    def root(self, part: str) -> Element:
        """A small part as a whole."""
        if self.archive.getinfo(part).file_size > MAX_SMALL:
            raise ValueError(f"{part} is too large")
        self._refuse_document_type(part)
        return fromstring(self.archive.read(part))

    def elements(self, part: str, *names: str) -> Iterator[Element]:
        """The outermost elements with these names in a large part, each with all that is in it.

        Whatever has been read is dropped, so each is good until the next is asked for. Raises
        SheetError for more elements than any FAQ has: some kilobytes of zip can be millions.
        """
        self._refuse_document_type(part)
        path: list[Element] = []
        wanted: Element | None = None
        count = held = 0
        with self.archive.open(part) as stream:
            for event, element in iterparse(stream, events=("start", "end")):
                if event == "start":
                    path.append(element)
                    count += 1
                    held += 1
                    if count > MAX_ELEMENTS or held > MAX_HELD:
                        raise SheetError(_too_many(self.file))
                    if wanted is None and local(element) in names:
                        wanted = element
                    continue
                path.pop()
                if wanted is not None and element is not wanted:
                    continue
                if wanted is not None:
                    yield wanted
                    wanted = None
                if path:
                    path[-1].clear()
                held = len(path)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What `part` ("": the file) points to: id → kind (`worksheet`, …), part."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(relations):
            return {}
        return {
            one.attrib["Id"]: (
                one.attrib["Type"].rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, one.attrib["Target"])).lstrip("/"),
            )
            for one in self.root(relations).iter(_RELATION)
            if one.get("TargetMode") != "External"
        }

    def _refuse_document_type(self, part: str) -> None:
        """Excel writes none, and their entities can make gigabytes of a line."""
        with self.archive.open(part) as stream:
            if b"<!" in stream.read(_HEAD).replace(b"\0", b"").replace(b"<!--", b""):
                raise ValueError(f"{part} has a document type")


def local(element: Element) -> str:
    """An element's name without its namespace, of which Excel has two ("strict" is the other)."""
    name: str = element.tag.rpartition("}")[2]
    return name


def _too_many(file: str) -> str:
    return (
        f"{file} はセルや書式が多すぎるため、読み込みません。"
        "正しいファイルか確かめ、表の外の内容と書式を消してください。"
    )


def _not_xlsx(raw: bytes, file: str) -> str:
    if not raw.startswith(_OLE):
        return (
            f"{file} の拡張子は Excel のものですが、中身は Excel の形式ではありません。"
            f"{_RESAVE}CSV なら、拡張子を .csv に変えてください。"
        )
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return (
            f"{file} にはパスワードがかかっています。"
            "Excel で開いてパスワードを外し、保存し直してください。"
        )
    return f"{file} は古い形式（.xls）か、Excel ではないファイルです。{_RESAVE}"
