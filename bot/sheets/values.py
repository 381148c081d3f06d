"""What a cell of an .xlsx file holds, as the text that a reader of the sheet sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from bot.faq.fault import quote
from bot.sheets.package import Package, local

_DIGITS = 15  # significant ones: Excel computes and shows no more
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_PADDING = re.compile(r"\[[^\]]*\]|_.|\\.")  # colours, blanks as wide as a sign, signs
_PLAIN_FORMATS = frozenset({"general", "g/標準", "0", "@", "#"})

NO_RESULT = (
    "数式の計算結果が保存されていません。"
    "Excel で開いて保存し直すか、数式を値（計算結果）に置き換えてください。"
)


class BadCell(Exception):
    """A cell without a usable text; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Values:
    """Reads cells. `strings`: the texts that cells share; `formats`: number formats by style."""

    strings: tuple[str, ...]
    formats: tuple[str, ...]
    epoch: datetime

    @classmethod
    def of(cls, package: Package, workbook: str, starts_1904: bool) -> Values:
        parts = dict(package.relations(workbook).values())
        strings = (
            tuple(_strings(package, parts["sharedStrings"])) if "sharedStrings" in parts else ()
        )
        formats = _formats(package.root(parts["styles"])) if "styles" in parts else ()
        return cls(strings, formats, CALENDAR_MAC_1904 if starts_1904 else CALENDAR_WINDOWS_1900)

    def text(self, cell: Element) -> str:
        """The text of a `c` element, "" where it is empty; BadCell where there is none to use."""
        kind = cell.get("t", "n")
        children = {local(child): child for child in cell}
        if kind == "inlineStr":
            return _inline(children["is"]) if "is" in children else ""
        value = children["v"].text if "v" in children else None
        if value is None:
            if "f" in children and kind != "str":
                raise BadCell(NO_RESULT)
            return ""
        if kind == "s":
            return self.strings[int(value)]
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind == "e":
            raise BadCell(f"エラー値 {value} です。値を入れ直してください。")
        if kind == "n":
            return self._number(float(value), value, int(cell.get("s", "0")))
        return value.removesuffix("T00:00:00") if kind == "d" else _unescaped(value)

    def _number(self, number: float, written: str, style: int) -> str:
        pattern = self.formats[style] if self.formats else "General"
        if is_date_format(pattern):
            return _day(from_excel(number, self.epoch))
        if not _is_plain(pattern):
            raise BadCell(
                f"数値（{number:.{_DIGITS}g}）が表示形式{quote(pattern)}で別の形に見えています。"
                "見えているとおりの文字列として入力し直してください。"
            )
        if number.is_integer() and abs(number) < 10**_DIGITS:
            return str(int(number))
        return f"{number:.{_DIGITS}g}"


def _day(value: date | datetime | time | timedelta | None) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (datetime, time)):
        return value.isoformat(" ", "minutes") if isinstance(value, datetime) else f"{value:%H:%M}"
    return str(value)


def _is_plain(pattern: str) -> bool:
    """Whether a number in this format looks like the number."""
    positive = pattern.split(";")[0]
    return _PADDING.sub("", positive).strip().casefold() in _PLAIN_FORMATS


def _strings(package: Package, part: str) -> Iterator[str]:
    return map(_inline, package.elements(part, "si"))


def _inline(item: Element) -> str:
    """The text of an item, of its parts in different fonts; never the readings (furigana) that
    Japanese Excel keeps beside it."""
    parts = []
    for child in item:
        if local(child) == "t":
            parts.append(child.text or "")
        elif local(child) == "r":
            parts += (one.text or "" for one in child if local(one) == "t")
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    """Excel writes what XML cannot hold as _x000D_, and the same as text as _x005F_x000D_."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _formats(styles: Element) -> tuple[str, ...]:
    """The number format of each cell style."""
    own = {
        int(one.attrib["numFmtId"]): one.attrib["formatCode"]
        for one in styles.iter()
        if local(one) == "numFmt" and "formatCode" in one.attrib
    }
    cell_styles = next((one for one in styles if local(one) == "cellXfs"), ())
    ids = [int(one.get("numFmtId", "0")) for one in cell_styles]
    return tuple(own.get(id) or _builtin(id) for id in ids)


def _builtin(id: int) -> str:
    """27 to 36 and 50 to 58 are the dates of Japanese and other eastern editions."""
    if 27 <= id <= 36 or 50 <= id <= 58:
        return "yyyy/m/d"
    format: str = BUILTIN_FORMATS.get(id, "General")
    return format
