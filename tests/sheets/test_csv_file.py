"""CSV files as they come: from Excel, from editors, and broken."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sheets import sheet as limits
from bot.sheets.csv_file import csv_bytes, lacking, read_csv
from bot.sheets.read import read_sheet
from bot.sheets.sheet import SheetError

TEXT = 'id,質問\r\nreissue,"①再発行は\n""いつ""ですか"\r\n'
CELLS = {1: "reissue", 2: '①再発行は\n"いつ"ですか'}


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        (TEXT.encode("utf-8"), "CSV（UTF-8、コンマ区切り）"),
        (TEXT.encode("utf-8-sig"), "CSV（UTF-8、コンマ区切り）"),
        (TEXT.encode("cp932"), "CSV（Shift_JIS（CP932）、コンマ区切り）"),
        (TEXT.replace(",", "\t").encode("utf-16"), "CSV（UTF-16、タブ区切り）"),
        (TEXT.replace(",", "\t").encode("cp932"), "CSV（Shift_JIS（CP932）、タブ区切り）"),
        (TEXT.replace("\r\n", "\n").encode("utf-8"), "CSV（UTF-8、コンマ区切り）"),
        (TEXT.replace("\r\n", "\r").encode("utf-8"), "CSV（UTF-8、コンマ区切り）"),
    ],
)
def test_encodings_delimiters_and_line_ends_are_told(raw: bytes, form: str) -> None:
    found = read_csv(raw, "faq.csv")
    assert found.form == form
    assert [(row.number, dict(row.cells)) for row in found.rows] == [
        (1, {1: "id", 2: "質問"}),
        (2, CELLS),
    ]


def test_cp932_without_kana_is_cp932_too() -> None:
    found = read_csv("質問,回答\n保険証,再発行\n".encode("cp932"), "faq.csv")
    assert list(found.rows[1].cells.values()) == ["保険証", "再発行"]


def test_empty_rows_count_as_excel_counts_them() -> None:
    found = read_csv("id,質問\n\n , \na_b,質\n".encode(), "faq.csv")
    assert [row.number for row in found.rows] == [1, 4]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("質問\nおしらせはいつ".encode("euc_jp"), "EUC-JP のようです"),
        ("質問\nおしらせはいつ".encode("iso2022_jp"), "JIS（ISO-2022-JP）のようです"),
        ("質問\nおしらせ".encode() + b"\xff\n", "2 行目に、UTF-8 でも Shift_JIS でもない文字"),
        ("質問\nお".encode("utf-8-sig") + b"\xff", "2 行目に、UTF-8 でも Shift_JIS でもない文字"),
        (b"\xff\xfe\x00", "UTF-16 として読めません"),
        ('id,質問\na,"閉じない\nb,次\n'.encode(), "2 行目（ファイルの 2 行目から）で、引用符"),
        ('id,質問\na,"い"う\n'.encode(), "2 行目（ファイルの 2 行目から）で、引用符"),
        ('id,質問\na,"1\n2"\nb,"い"う\n'.encode(), "3 行目（ファイルの 4 行目から）で、引用符"),
        ("id,質問\na\0,い\n".encode(), "文字ではないもの（NUL）"),
        (b"id,q\na," + b"x" * 140_000, "131,072 文字を超えるセル"),
        (b",,\n,,\n", "何も書かれていません"),
    ],
)
def test_what_cannot_be_read_is_said(raw: bytes, said: str) -> None:
    with pytest.raises(SheetError) as caught:
        read_csv(raw, "faq.csv")
    assert said in str(caught.value)
    assert str(caught.value).startswith("faq.csv")


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [
        ("MAX_ROWS", 1, "行が多すぎます（1 行まで）"),
        ("MAX_COLUMNS", 1, "列が多すぎます（セル B1 に内容があります）。使えるのは A 列まで"),
        ("MAX_CELL", 10, "セル B2 に 13 文字あります"),
        ("MAX_CHARACTERS", 20, "文字が多すぎます（20 文字まで）"),
    ],
)
def test_absurd_files_are_stopped(
    limit: str, value: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, limit, value)
    with pytest.raises(SheetError) as caught:
        read_csv(TEXT.encode(), "faq.csv")
    assert said in str(caught.value)


_CELLS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n=+-@'\","), max_size=20
).map(str.strip)
_ROWS = st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=5).filter(
    lambda rows: any(any(row) for row in rows)
)


@given(_ROWS)
@settings(max_examples=400, deadline=None)
def test_any_table_comes_back(rows: list[list[str]]) -> None:
    raw = csv_bytes(rows, "utf-8")
    expected = [
        {column: text for column, text in enumerate(row, 1) if text} for row in rows if any(row)
    ]
    assert [dict(row.cells) for row in read_csv(raw, "faq.csv").rows] == expected
    for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


_CHANGED = "¢£¬‖−〜"  # CP932 gives back others for them
_OF_CP932 = st.characters(codec="cp932", exclude_categories=["Cc"], include_characters=_CHANGED)


@given(st.text(_OF_CP932, max_size=30))
@settings(max_examples=400, deadline=None)
def test_what_cp932_has_comes_back(text: str) -> None:
    kept = "".join(char for char in text if char not in lacking(text, "cp932"))
    rows = [["質問", "あ" + kept.strip() + "ん"]]
    assert list(read_csv(csv_bytes(rows, "cp932"), "f.csv").rows[0].cells.values()) == rows[0]


def test_what_cp932_would_lose_or_change_is_told() -> None:
    assert lacking("①㈱髙～∥－", "cp932") == ()
    assert lacking("➡と—と〜と〜", "cp932") == ("➡", "—", "〜")
    assert lacking("➡", "utf-8") == ()


@given(st.binary(max_size=60) | st.text(max_size=30).map(str.encode))
@settings(max_examples=500, deadline=None)
def test_any_bytes_are_a_table_or_an_error(raw: bytes) -> None:
    try:
        assert read_csv(raw, "f.csv").rows
    except SheetError as error:
        assert str(error).startswith("f.csv")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.csv", None, "ありません。ファイルの名前と場所"),
        ("empty.csv", b"\xef\xbb\xbf\r\n ", "は空です"),
        ("old.xls", b"id,question\n", "中身は Excel の形式ではありません"),
        ("fake.xlsx", b"id,question\n", "CSV なら、拡張子を .csv に"),
    ],
)
def test_files_that_are_no_tables_are_told(
    name: str, content: bytes | None, said: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SheetError, match=said):
        read_sheet(file)


def test_folders_large_files_and_sheets_of_csv_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SheetError, match="ファイルではありません"):
        read_sheet(tmp_path)
    file = tmp_path / "faq.csv"
    file.write_bytes(TEXT.encode())
    with pytest.raises(SheetError, match="CSV なので、シートはありません"):
        read_sheet(file, "FAQ")
    monkeypatch.setattr("bot.sheets.read.MAX_BYTES", 10)
    with pytest.raises(SheetError, match="大きすぎます"):
        read_sheet(file)
