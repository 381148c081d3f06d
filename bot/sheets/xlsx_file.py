"""The first sheet of an .xlsx file, or the one with a name, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bot.sheets.package import Package, local, readable
from bot.sheets.sheet import Merge, Row, Sheet, SheetError, Size, column_number
from bot.sheets.values import BadCell, Values

MAX_MERGES = 200_000  # four columns of 100,000 rows, merged two by two

_PLACE = re.compile("([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_TRUE = ("1", "true")
_HIDDEN = ("hidden", "veryHidden")


@dataclass(frozen=True, slots=True)
class _Tab:
    """A sheet of the workbook."""

    title: str
    part: str
    hidden: bool


def read_xlsx(raw: bytes, file: str, title: str | None = None) -> Sheet:
    """The sheet named `title`, else the first that is not hidden. Raises SheetError."""
    with readable(file):
        package = Package.open(raw, file)
        workbook = dict(package.relations("").values())["officeDocument"]
        root = package.root(workbook)
        tabs = tuple(_tabs(package, workbook, root))
        tab = _chosen(tabs, file, title)
        values = Values.of(package, workbook, _starts_1904(root))
        rows, merges = _read(package, tab.part, values)
    if not rows:
        raise SheetError(
            f"{file} のシート「{tab.title}」には何も書かれていません。"
            "別のシートなら --sheet で名前を指定してください。"
        )
    others = tuple(one.title for one in tabs if one is not tab)
    return Sheet(file, tuple(rows), "Excel", tab.title, others, tuple(merges))


def _tabs(package: Package, workbook: str, root: Element) -> Iterator[_Tab]:
    """The sheets with cells, in the order of their tabs."""
    relations = package.relations(workbook)
    for element in root.iter():
        if local(element) == "sheet":
            (id,) = (value for key, value in element.attrib.items() if key.endswith("}id"))
            kind, part = relations[id]
            if kind == "worksheet":
                hidden = element.get("state") in _HIDDEN
                yield _Tab(element.attrib["name"], part, hidden)


def _chosen(tabs: Sequence[_Tab], file: str, title: str | None) -> _Tab:
    names = "・".join(f"「{tab.title}」" for tab in tabs)
    if title is not None:
        for tab in tabs:
            if tab.title == title:
                return tab
        raise SheetError(f"{file} にシート「{title}」はありません。あるのは {names} です。")
    for tab in tabs:
        if not tab.hidden:
            return tab
    raise SheetError(f"{file} に表のシートがありません。正しいファイルか確かめてください。")


def _starts_1904(workbook: Element) -> bool:
    """Whether days count from 1904, as in files of old Macs."""
    return any(
        one.get("date1904") in _TRUE for one in workbook.iter() if local(one) == "workbookPr"
    )


def _read(package: Package, part: str, values: Values) -> tuple[list[Row], list[Merge]]:
    rows: list[Row] = []
    merges: list[Merge] = []
    size = Size(package.file)
    number = 0
    for element in package.elements(part, "row", "mergeCell"):
        if local(element) == "mergeCell":
            if len(merges) == MAX_MERGES:
                raise SheetError(
                    f"{package.file} の結合されたセルが多すぎます（{MAX_MERGES:,} か所まで）。"
                    "Excel で開き、結合を解除して保存し直してください。"
                )
            merges.append(_merge(element.attrib["ref"]))
            continue
        number = int(element.get("r", number + 1))
        row = _row(element, number, values)
        if row.cells or row.bad:
            size.add(number, {**row.bad, **row.cells})
            rows.append(row)
    return rows, merges


def _row(element: Element, number: int, values: Values) -> Row:
    cells: dict[int, str] = {}
    bad: dict[int, str] = {}
    column = 0
    for cell in element:
        if local(cell) != "c":
            continue
        place = _PLACE.fullmatch(cell.get("r", ""))
        column = column_number(place[1]) if place else column + 1
        try:
            if text := values.text(cell).strip():
                cells[column] = text
        except BadCell as error:
            bad[column] = str(error)
    return Row(number, cells, bad, hidden=element.get("hidden") in _TRUE)


def _merge(reference: str) -> Merge:
    ends = [_PLACE.fullmatch(end) for end in reference.split(":")]
    places = [(column_number(end[1]), int(end[2])) for end in ends if end]
    (left, top), (right, bottom) = places[0], places[-1]
    return Merge(top, bottom, left, right)
