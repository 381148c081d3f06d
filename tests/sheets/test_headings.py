"""Which column means what."""

from __future__ import annotations

import pytest

from bot.sheets.headings import HEADINGS, find_columns, parse_mapping
from bot.sheets.sheet import Row, Sheet, SheetError


def sheet(*rows: list[str]) -> Sheet:
    cells = [{c: text for c, text in enumerate(row, 1) if text} for row in rows]
    return Sheet("faq.xlsx", tuple(Row(n, one) for n, one in enumerate(cells, 1) if one), "Excel")


@pytest.mark.parametrize("names", [HEADINGS.values(), HEADINGS.keys()])
def test_japanese_headings_and_keys_are_known(names: object) -> None:
    columns = find_columns(sheet(list(names)), {})  # type: ignore[call-overload]
    assert list(columns.meanings.values()) == list(HEADINGS)
    assert (columns.unknown, columns.twice) == ((), ())


@pytest.mark.parametrize(
    "name", ["ＩＤ", " Id ", "i d", "ID*", "ｉｄ※", "id（半角）", "ID (必須)*"]
)
def test_width_case_blanks_and_asides_do_not_matter(name: str) -> None:
    assert find_columns(sheet([name]), {}).meanings == {1: "id"}


def test_a_title_may_stand_above_the_headings() -> None:
    columns = find_columns(sheet(["FAQ一覧"], [], ["", "id", "質 問", "備考"]), {})
    assert columns.row == 3
    assert columns.meanings == {2: "id", 3: "question"}
    assert columns.unknown == (4,)
    assert (columns.column("question"), columns.column("answer")) == (3, None)


def test_the_headings_are_not_looked_for_in_the_whole_table() -> None:
    rows = [["はい"]] * 20 + [["質問"]]
    with pytest.raises(SheetError, match="見出しの行が見つかりません（1 行目は 「はい」 です）"):
        find_columns(sheet(*rows), {})
    assert find_columns(sheet(*rows[1:]), {}).row == 20


def test_a_mapping_goes_before_what_is_known() -> None:
    table = sheet(["ID", "質問", "お客様の声", "メモ"])
    mapping = parse_mapping(["お客様の声＝質問", "メモ=source"])
    columns = find_columns(table, mapping)
    assert columns.meanings == {1: "id", 3: "question", 4: "source"}
    assert columns.twice == (2,)
    assert find_columns(sheet(["番号", "Ｑ"]), {"Q": "question"}).meanings == {2: "question"}


def test_a_mapping_of_a_heading_that_is_not_there_is_refused() -> None:
    with pytest.raises(SheetError) as caught:
        find_columns(sheet(["id", "備考"]), {"メモ": "source"})
    assert str(caught.value) == (
        "--map の見出し「メモ」は faq.xlsx にありません。"
        "1 行目の見出しは A列「id」・B列「備考」 です。"
    )


@pytest.mark.parametrize("pair", ["備考", "備考=", "=質問", "備考=何か"])
def test_a_mapping_that_cannot_be_understood_is_refused(pair: str) -> None:
    with pytest.raises(SheetError, match="「見出し=項目」の形である必要があります"):
        parse_mapping([pair])


def test_a_heading_may_hold_a_sign_of_equality() -> None:
    assert parse_mapping(["Q=A=質問"]) == {"Q=A": "question"}
