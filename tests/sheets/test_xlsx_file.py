"""Workbooks as Excel writes them, and what may be wrong with them."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bot.sheets import package, xlsx_file
from bot.sheets import sheet as limits
from bot.sheets.sheet import Merge, Row, SheetError
from bot.sheets.xlsx_file import read_xlsx
from tests.sheets.workbook import SHEET, STRINGS, repacked, with_part, workbook


def read(raw: bytes, title: str | None = None) -> tuple[Row, ...]:
    return read_xlsx(raw, "faq.xlsx", title).rows


def cell(value: Any, format: str = "General") -> tuple[str | None, str | None]:
    """What is read of one cell: its text, or what is wrong with it."""

    def change(book: Any) -> None:
        book.active["B1"].number_format = format

    (row,) = read(workbook([["あ", value]], change))
    return row.cells.get(2), row.bad.get(2)


@pytest.mark.parametrize(
    ("value", "format", "text"),
    [
        ("  再発行\r\nは？ ", "General", "再発行\nは？"),
        ("0123", "@", "0123"),
        (20240401.0, "General", "20240401"),
        (20240401, "0_ ", "20240401"),
        (-3, "0_);[Red]\\(0\\)", "-3"),
        (0.1 + 0.2, "General", "0.3"),
        (12345678901234567890.0, "General", "1.23456789012346e+19"),
        (True, "General", "TRUE"),
        (date(2027, 3, 31), "yyyy/m/d", "2027-03-31"),
        (datetime(2027, 3, 31, 9, 30), "yyyy/m/d h:mm", "2027-03-31 09:30"),
        (time(9, 30), "h:mm", "09:30"),
        (46477, '[$-411]ggge"年"m"月"d"日"', "2027-03-31"),
        (46477, "m/d/yyyy", "2027-03-31"),
        ("=1+1", "@", "=1+1"),
        ("_x000D_", "General", "_x000D_"),
    ],
)
def test_cells_are_read_as_one_sees_them(value: Any, format: str, text: str) -> None:
    if isinstance(value, str) and value.startswith(("=", "_x")):
        return check_text_of_our_own(value)
    assert cell(value, format) == (text, None)


def check_text_of_our_own(text: str) -> None:
    """Texts that openpyxl would write as something else, written by us."""
    from bot.sheets.xlsx_write import xlsx_bytes

    (row,) = read(xlsx_bytes([["あ", text]]))
    assert row.cells == {1: "あ", 2: text}


@pytest.mark.parametrize(
    ("value", "format", "said"),
    [
        ("=1+1", "General", "数式の計算結果が保存されていません"),
        ("#REF!", "General", "エラー値 #REF! です"),
        (0.5, "0%", "数値（0.5）が表示形式「0%」で別の形に見えています"),
        (4321, "0000000", "数値（4321）が表示形式「0000000」"),
        (1000, '#,##0"円"', "数値（1000）が表示形式"),
    ],
)
def test_cells_without_a_usable_text_say_why(value: Any, format: str, said: str) -> None:
    text, bad = cell(value, format)
    assert text is None
    assert bad is not None and said in bad


def test_formulas_give_what_excel_calculated() -> None:
    raw = workbook([["=A2&A3", "=1+1", "=NA()", '=""']])
    raw = repacked(
        raw,
        SHEET,
        '<c r="A1"><f>A2&amp;A3</f><v /></c>',
        '<c r="A1" t="str"><f>A2&amp;A3</f><v>再発行</v></c>',
    )
    raw = repacked(raw, SHEET, "<f>1+1</f><v />", "<f>1+1</f><v>2</v>")
    raw = repacked(
        raw, SHEET, '<c r="C1"><f>NA()</f><v />', '<c r="C1" t="e"><f>NA()</f><v>#N/A</v>'
    )
    raw = repacked(raw, SHEET, '<c r="D1"><f>""</f><v />', '<c r="D1" t="str"><f>""</f><v></v>')
    (row,) = read(raw)
    assert row.cells == {1: "再発行", 2: "2"}
    assert list(row.bad) == [3]


def test_days_of_old_macs_count_from_1904() -> None:
    def change(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    assert read(workbook([[date(2027, 3, 31)]], change))[0].cells == {1: "2027-03-31"}


def test_the_readings_that_japanese_excel_keeps_are_no_text() -> None:
    """Furigana lie beside the text, in <rPh>; texts in two fonts in two <r>."""
    reading = '<rPh sb="0" eb="3"><t>サイハッコウ</t></rPh><phoneticPr fontId="1"/>'
    raw = repacked(
        workbook([["再発行", "二色"]]), STRINGS, "<t>再発行</t>", f"<t>再発行</t>{reading}"
    )
    fonts = "<r><t>二</t></r><r><rPr><b/></rPr><t>色</t></r>"
    raw = repacked(raw, STRINGS, "<t>二色</t>", fonts + reading)
    assert read(raw)[0].cells == {1: "再発行", 2: "二色"}


def test_returns_that_xml_cannot_hold_are_line_breaks() -> None:
    raw = repacked(workbook([["一行目"]]), STRINGS, "一行目", "一_x000D_\n二_x005F_x000D_")
    assert read(raw)[0].cells == {1: "一\n二_x000D_"}


def test_the_strict_form_of_excel_is_read_too() -> None:
    raw = workbook([["質問", 1]])
    old = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    for part in (SHEET, STRINGS, "xl/workbook.xml", "xl/styles.xml"):
        raw = repacked(raw, part, old, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert read(raw)[0].cells == {1: "質問", 2: "1"}


def test_hidden_rows_and_merged_cells_are_noted() -> None:
    def change(book: Any) -> None:
        book.active.row_dimensions[2].hidden = True
        book.active.merge_cells("A1:A2")
        book.active.merge_cells("B2:C3")

    found = read_xlsx(workbook([["a"], ["", "b"], ["c"]], change), "faq.xlsx")
    assert [(row.number, row.hidden) for row in found.rows] == [(1, False), (2, True), (3, False)]
    assert set(found.merges) == {Merge(1, 2, 1, 1), Merge(2, 3, 2, 3)}
    assert {str(merge) for merge in found.merges} == {"A1:A2", "B2:C3"}


def sheets(book: Any) -> None:
    book.active.title = "隠し"
    book.active.sheet_state = "hidden"
    book.create_sheet("FAQ").append(["質問"])
    book.create_chartsheet("図")
    book.create_sheet("空")


def test_the_first_visible_sheet_is_read_or_the_named_one() -> None:
    raw = workbook([["秘密"]], sheets)
    found = read_xlsx(raw, "faq.xlsx")
    assert (found.title, found.others) == ("FAQ", ("隠し", "空"))
    assert read(raw, "隠し")[0].cells == {1: "秘密"}
    with pytest.raises(
        SheetError, match="シート「あ」はありません。あるのは 「隠し」・「FAQ」・「空」"
    ):
        read(raw, "あ")
    with pytest.raises(SheetError, match="シート「空」には何も書かれていません"):
        read(raw, "空")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "パスワードがかかっています"),
        (OLE, "古い形式（.xls）"),
        (b"<html><table>", "中身は Excel の形式ではありません"),
        (workbook([["a"]])[:-200], "壊れているため"),
        (workbook([["a"]])[:300], "壊れているため"),
        (with_part(workbook([["a"]]), "xl/workbook.bin", b""), "（.xlsb）です"),
        (with_part(workbook([["a"]]), "mimetype", b""), "OpenDocument"),
        (with_part(workbook([["a"]]), SHEET, b"<worksheet><sheetData>"), "壊れているため"),
        (with_part(workbook([["a"]]), STRINGS, b"<sst/>"), "壊れているため"),
        (with_part(workbook([["a"]]), "xl/_rels/workbook.xml.rels", b"<Relationships/>"), "壊れて"),
        (repacked(workbook([["a"]]), SHEET, 'r="A1"', 'r="A1" s="99"'), None),
        (repacked(workbook([[1]]), SHEET, 'r="A1"', 'r="A1" s="99"'), "壊れているため"),
    ],
)
def test_files_that_cannot_be_read_say_what_they_are(raw: bytes, said: str | None) -> None:
    if said is None:
        assert read(raw)
        return
    with pytest.raises(SheetError) as caught:
        read(raw)
    assert said in str(caught.value)


def test_a_zip_that_is_no_workbook_is_told() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word.txt", "a")
    with pytest.raises(SheetError, match="Excel のファイルではありません"):
        read(stream.getvalue())


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = with_part(workbook([["a"]]), "xl/media/zero", bytes(5_000_000))
    assert len(bomb) < 50_000
    monkeypatch.setattr(package, "MAX_UNPACKED", 4_000_000)
    with pytest.raises(SheetError, match="開くと 3 MB を超える"):
        read(bomb)


def test_a_large_part_that_should_be_small_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_SMALL", 100)
    with pytest.raises(SheetError, match="壊れているため"):
        read(workbook([["a"]]))


def test_what_lies_outside_the_rows_takes_no_memory() -> None:
    columns = f"<cols>{'<c/>' * 100_000}</cols><sheetData>"
    raw = repacked(workbook([["a"]]), SHEET, "<sheetData>", columns)
    tracemalloc.start()
    try:
        assert read(raw) == (Row(1, {1: "a"}),)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000  # bytes; kept, they take 8 million
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("part", "before", "unit"),
    [(SHEET, '<row r="1">', "<c/>"), (SHEET, "<c ", "<c>"), (STRINGS, "<si>", "<r/>")],
)
def test_a_row_or_text_of_more_elements_than_excel_has_is_stopped(
    part: str, before: str, unit: str
) -> None:
    many = unit * (package.MAX_HELD + 1)
    new = many + before if unit == "<c>" else before + many
    raw = repacked(workbook([["a"]]), part, before, new)
    assert len(raw) < 20_000
    with pytest.raises(SheetError, match="はセルや書式が多すぎるため"):
        read(raw)


def test_a_part_of_too_many_elements_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = workbook([["a"] * 10] * 100)
    assert len(read(raw)) == 100
    monkeypatch.setattr(package, "MAX_ELEMENTS", 1_000)
    with pytest.raises(SheetError, match="セルや書式が多すぎるため"):
        read(raw)


def test_too_many_merged_cells_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def merge(book: Any) -> None:
        for row in (1, 3, 5):
            book.active.merge_cells(f"B{row}:B{row + 1}")

    raw = workbook([["a", "b"]] * 6, merge)
    monkeypatch.setattr(xlsx_file, "MAX_MERGES", 3)
    assert len(read_xlsx(raw, "faq.xlsx").merges) == 3
    monkeypatch.setattr(xlsx_file, "MAX_MERGES", 2)
    with pytest.raises(SheetError, match="結合されたセルが多すぎます（2 か所まで）"):
        read(raw)


@pytest.mark.parametrize("part", [SHEET, STRINGS, "xl/workbook.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_multiply_are_refused(part: str, encoding: str) -> None:
    laughs = '<!ENTITY a "ああああああああああ">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    content = f'<?xml version="1.0"?><!DOCTYPE x [{laughs}]><x>&h;</x>'
    with pytest.raises(SheetError, match="壊れているため"):
        read(with_part(workbook([["a"]]), part, content.encode(encoding)))


def test_one_text_that_a_million_cells_point_to_is_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MAX_CHARACTERS", 100_000)
    with pytest.raises(SheetError, match="文字が多すぎます"):
        read(workbook([["あ" * 1000] * 19] * 20))


def test_a_cell_at_the_end_of_the_sheet_costs_nothing() -> None:
    raw = repacked(workbook([["a"], ["b"]]), SHEET, 'r="A2"', 'r="XFD2"')
    with pytest.raises(SheetError, match="セル XFD2 に内容があります"):
        read(raw)
    raw = repacked(workbook([["a"], ["b"]]), SHEET, '<row r="2"', '<row r="1048576"')
    assert [row.number for row in read(raw)] == [1, 1048576]


_WHOLE = workbook([["質問", "回答"], ["再発行", 20240401]])


@given(st.integers(0, len(_WHOLE) - 1), st.binary(min_size=1, max_size=8))
@settings(max_examples=600, deadline=None)
def test_damage_anywhere_is_a_table_or_an_error(at: int, damage: bytes) -> None:
    raw = _WHOLE[:at] + damage + _WHOLE[at + len(damage) :]
    try:
        assert read(raw)
    except SheetError as error:
        assert str(error).startswith("faq.xlsx")


_PARTS = {
    name: zipfile.ZipFile(io.BytesIO(_WHOLE)).read(name)
    for name in (
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        SHEET,
        STRINGS,
        "xl/styles.xml",
        "xl/_rels/workbook.xml.rels",
    )
}


@given(st.sampled_from(sorted(_PARTS)), st.data())
@settings(max_examples=600, deadline=None)
def test_damage_inside_a_part_is_a_table_or_an_error(part: str, data: st.DataObject) -> None:
    content = _PARTS[part]
    at = data.draw(st.integers(0, len(content) - 1))
    damage = data.draw(st.binary(max_size=3) | st.sampled_from([b"9", b"-", b"x", b"<", b'"']))
    raw = with_part(_WHOLE, part, content[:at] + damage + content[at + 1 :])
    try:
        assert read(raw)
    except SheetError as error:
        assert str(error).startswith("faq.xlsx")
