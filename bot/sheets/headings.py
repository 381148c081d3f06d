"""Which column holds which key of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.faq.fault import quote
from bot.faq.wordings import plain
from bot.sheets.sheet import Row, Sheet, SheetError, letters

HEADINGS: Mapping[str, str] = {
    "id": "id",
    "category": "分類",
    "question": "質問",
    "answer": "回答",
    "examples": "例文",
    "short": "短い回答",
    "easy": "やさしい日本語",
    "choice": "ボタンの言葉",
    "agent_note": "窓口向けメモ",
    "contacts": "連絡先",
    "links": "リンク",
    "related": "関連する質問",
    "contrasts": "見分ける質問",
    "steps": "手順",
    "source": "出典",
    "valid_from": "有効期間の始め",
    "valid_until": "有効期間の終わり",
    "reviewed": "確認日",
    "tests": "テストの質問",
}
"""Key → heading, in the order of the columns that are exported."""

_OTHER_NAMES = {
    "カテゴリ": "category",
    "カテゴリー": "category",
    "質問文": "question",
    "回答文": "answer",
    "答え": "answer",
    "例": "examples",
    "言い回し": "examples",
    "メモ": "agent_note",
    "有効開始日": "valid_from",
    "有効終了日": "valid_until",
}
_KNOWN = {
    **{plain(key): key for key in HEADINGS},
    **{plain(heading): key for key, heading in HEADINGS.items()},
    **{plain(name): key for name, key in _OTHER_NAMES.items()},
}
_ASIDE = re.compile(r"\([^()]*\)")
_LOOKED_AT = 20  # rows above which a title and notes may stand
_TELLING = ("id", "question")  # one of them is in every row of headings


@dataclass(frozen=True, slots=True)
class Columns:
    """The row of headings and what they mean.

    `meanings`: column → key; `headings`: column → what its heading says; `unknown`: the columns
    without a meaning; `twice`: columns that mean the same as one before them.
    """

    row: int
    meanings: Mapping[int, str]
    headings: Mapping[int, str]
    unknown: tuple[int, ...]
    twice: tuple[int, ...]

    def column(self, key: str) -> int | None:
        """Where a key stands, None where the table does not have it."""
        return next((column for column, name in self.meanings.items() if name == key), None)


def find_columns(sheet: Sheet, mapping: Mapping[str, str]) -> Columns:
    """The columns of `sheet`; `mapping` (heading → key) goes before what is known.

    Raises SheetError where no row has headings, or the mapping names one that is not there.
    """
    wanted = {plain(heading): key for heading, key in mapping.items()}
    for row in sheet.rows[:_LOOKED_AT]:
        found = {column: _key(text, wanted) for column, text in row.cells.items()}
        if any(key in found.values() for key in _TELLING):
            _check_mapping(mapping, row, sheet)
            return _columns(row, found, wanted)
    seen = "・".join(quote(text) for text in list(sheet.rows[0].cells.values())[:10])
    raise SheetError(
        f"{sheet.file} に見出しの行が見つかりません（{sheet.rows[0].number} 行目は {seen} です）。"
        f"初めの {_LOOKED_AT} 行のどれかに、「質問」か「id」の見出しが必要です。"
        '別の見出しなら、--map "見出し=質問" のように指定してください。'
    )


def parse_mapping(pairs: Iterable[str]) -> dict[str, str]:
    """`見出し=question` or `見出し=質問`, one each; raises SheetError."""
    mapping = {}
    for pair in pairs:
        heading, sign, name = pair.replace("＝", "=").rpartition("=")
        key = _KNOWN.get(plain(name))
        if not sign or not heading.strip() or key is None:
            names = "・".join(HEADINGS.values())
            raise SheetError(
                f"--map に{quote(pair)}が見つかりました。「見出し=項目」の形である必要があります。"
                f"項目は {names} のどれかにしてください。"
            )
        mapping[heading.strip()] = key
    return mapping


def _key(heading: str, wanted: Mapping[str, str]) -> str | None:
    folded = plain(heading)
    bare = _ASIDE.sub("", folded).strip("*※")  # 回答（必須）
    return wanted.get(folded) or _KNOWN.get(folded) or _KNOWN.get(bare)


def _columns(row: Row, found: Mapping[int, str | None], wanted: Mapping[str, str]) -> Columns:
    """A key that two columns have is that of the one that was asked for, else of the first."""
    keys: dict[int, str] = {}
    asked = sorted(found, key=lambda column: (plain(row.cells[column]) not in wanted, column))
    for column in asked:
        key = found[column]
        if key is not None and key not in keys.values():
            keys[column] = key
    unknown = tuple(column for column in sorted(found) if found[column] is None)
    twice = tuple(c for c in sorted(found) if found[c] is not None and c not in keys)
    return Columns(row.number, dict(sorted(keys.items())), row.cells, unknown, twice)


def _check_mapping(mapping: Mapping[str, str], row: Row, sheet: Sheet) -> None:
    there = {plain(text) for text in row.cells.values()}
    for heading in mapping:
        if plain(heading) not in there:
            seen = "・".join(f"{letters(c)}列{quote(text)}" for c, text in row.cells.items())
            raise SheetError(
                f"--map の見出し{quote(heading)}は {sheet.file} にありません。"
                f"{row.number} 行目の見出しは {seen} です。"
            )
