"""A table as it lies in a file, before anybody knows what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.errors import FaqBotError

MAX_BYTES = 64 * 1024 * 1024  # 50,000 entries are some 20 MB as CSV
MAX_ROWS = 100_000
MAX_COLUMNS = 200  # the FAQ knows 19
MAX_CHARACTERS = 64_000_000  # of all cells together: one text may be pointed to a million times
MAX_CELL = 131_072  # characters; what Python's csv takes, four times what Excel can hold


class SheetError(FaqBotError):
    """A file cannot be read or written as a table; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row with content, without the blanks around its texts.

    `number` is what Excel shows at its left. `cells` and `bad` go by column, from 1: texts, none
    of them empty, and what is wrong with the cells that have no usable one (Japanese).
    """

    number: int
    cells: Mapping[int, str]
    bad: Mapping[int, str] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells that Excel shows as one; rows and columns from 1, both ends included."""

    top: int
    bottom: int
    left: int
    right: int

    def __str__(self) -> str:
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """`file` is the path as messages name it; `title` and `others` are the names of the sheet
    and of those that were not read, None and () for CSV. `form` says how the file was read,
    `encoding` is that of CSV."""

    file: str
    rows: tuple[Row, ...]
    form: str
    title: str | None = None
    others: tuple[str, ...] = ()
    merges: tuple[Merge, ...] = ()
    encoding: str = "utf-8"


@dataclass(slots=True)
class Size:
    """Counts what is read, and stops where no FAQ would go."""

    file: str
    rows: int = 0
    characters: int = 0

    def add(self, number: int, cells: Mapping[int, str]) -> None:
        """Raises SheetError at the first row or cell too much."""
        self.rows += 1
        if self.rows > MAX_ROWS:
            raise SheetError(
                f"{self.file} の行が多すぎます（{MAX_ROWS:,} 行まで）。ファイルを分けてください。"
            )
        for column, text in cells.items():
            self.characters += len(text)
            place = f"{letters(column)}{number}"
            if column > MAX_COLUMNS:
                raise SheetError(
                    f"{self.file} の列が多すぎます（セル {place} に内容があります）。"
                    f"使えるのは {letters(MAX_COLUMNS)} 列までです。表の外の内容を消してください。"
                )
            if len(text) > MAX_CELL:
                raise SheetError(
                    f"{self.file} のセル {place} に {len(text):,} 文字あります。"
                    f"1つのセルは {MAX_CELL:,} 文字までです。正しいファイルか確かめてください。"
                )
        if self.characters > MAX_CHARACTERS:
            raise SheetError(
                f"{self.file} の文字が多すぎます（{MAX_CHARACTERS:,} 文字まで）。"
                "ファイルを分けてください。"
            )


def letters(column: int) -> str:
    """A column as Excel names it.

    >>> letters(1), letters(26), letters(27), letters(703)
    ('A', 'Z', 'AA', 'AAA')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_number(name: str) -> int:
    """The number of a column, from 1.

    >>> column_number("A"), column_number("AA")
    (1, 27)
    """
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
