"""Tables that Excel opens, and that bring back exactly what was written."""

from __future__ import annotations

import io
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.faq.edit import Draft, edit
from bot.faq.entry import Contrast, Entry, Field, Step
from bot.sheets.headings import HEADINGS, find_columns
from bot.sheets.plan import plan_import
from bot.sheets.read import read_sheet
from bot.sheets.sheet import SheetError
from bot.sheets.write import write_sheet
from tests.conftest import ROOT

FORMS = [("faq.csv", "utf-8"), ("faq.csv", "cp932"), ("faq.xlsx", "utf-8")]

# What is read is stripped, and marks alone are no wording.
_LINES = st.text(
    st.sampled_from("=+-@'＝＋－＠\"\\,、：:;#n_x005F手順注意画面 a漢①"), max_size=15
).map(lambda text: f"{text}あ".strip())
_TEXTS = st.lists(_LINES, min_size=1, max_size=3).map("\n".join)
_DAYS = st.none() | st.dates(date(1990, 1, 1), date(2100, 12, 31))
_STEPS = st.builds(
    Step,
    _LINES,
    _TEXTS,
    st.lists(st.builds(Field, _LINES, st.none() | _LINES), max_size=2).map(tuple),
    st.lists(_TEXTS, max_size=2).map(tuple),
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any entry that may stand beside the two of the small book."""
    start, end = sorted(draw(st.dates(date(1990, 1, 1), date(2100, 12, 31))) for _ in "ab")
    numbered = [f"{draw(_TEXTS)}{number}番" for number in range(draw(st.integers(3, 6)))]
    return Entry(
        id="any_entry",
        category=draw(_LINES),
        question=numbered[0],
        answer=draw(_TEXTS),
        examples=tuple(numbered[1:-1]),
        short=draw(st.none() | _LINES),
        easy=draw(st.none() | _TEXTS),
        choice=draw(st.none() | _LINES),
        agent_note=draw(st.none() | _TEXTS),
        contacts=draw(st.sampled_from([(), ("hotline",), ("portal_url", "card_lost_stop")])),
        links=draw(st.sampled_from([(), ("portal_url",)])),
        related=draw(st.sampled_from([(), ("may_discard", "check_on_portal")])),
        contrasts=draw(st.sampled_from([(), (Contrast("may_discard", draw(_LINES)),)])),
        steps=tuple(draw(st.lists(_STEPS, max_size=2))),
        source=draw(st.none() | _LINES),
        valid_from=draw(st.sampled_from([None, start])),
        valid_until=draw(st.sampled_from([None, end])),
        reviewed=draw(_DAYS),
        tests=draw(st.sampled_from([(), (numbered[-1],)])),
    )


@given(entry=entries(), form=st.sampled_from(FORMS))
@settings(max_examples=100, deadline=None)
def test_any_entry_comes_back_from_any_table_and_from_the_yaml(
    entry: Entry, form: tuple[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        data, file = Path(name) / "data", Path(name) / form[0]
        shutil.copytree(ROOT / "tests/faq/book", data)
        before = (data / "faq.yml").read_bytes()
        write_sheet([entry], file, form[1])
        draft = Draft.open(data)
        sheet = read_sheet(file)
        found = plan_import(sheet, find_columns(sheet, {}), draft)
        assert found.faults == ()
        assert found.new == (entry,)
        found.put_into(draft)
        draft.save()
        after = (data / "faq.yml").read_bytes()
        assert after.startswith(before)
        # … and what the YAML says is the entry again, which changes nothing.
        draft = Draft.open(data)
        assert draft.entries()[-1] == entry
        write_sheet(draft.entries(), file, form[1])
        sheet = read_sheet(file)
        again = plan_import(sheet, find_columns(sheet, {}), draft)
        assert (again.changes_nothing, again.unchanged) == (True, 3)
        again.put_into(draft)
        draft.save()
        assert (data / "faq.yml").read_bytes() == after


@pytest.mark.parametrize(("name", "encoding"), [FORMS[0], FORMS[2]])
def test_the_shipped_entries_come_back_and_change_nothing(
    name: str, encoding: str, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    before = {file.name: file.read_bytes() for file in data.iterdir()}
    draft = Draft.open(data)
    write_sheet(draft.entries(), tmp_path / name, encoding)
    sheet = read_sheet(tmp_path / name)
    found = plan_import(sheet, find_columns(sheet, {}), draft)
    assert (found.faults, found.changes_nothing) == ((), True)
    assert found.unchanged == len(draft.book.entries)
    found.put_into(draft)
    draft.save()
    assert {file.name: file.read_bytes() for file in data.iterdir()} == before


def test_a_csv_file_opens_in_excel_as_it_is(draft: Draft, tmp_path: Path) -> None:
    write_sheet(draft.entries(), tmp_path / "faq.csv")
    raw = (tmp_path / "faq.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf" + "id,分類,質問,回答,例文,".encode())
    assert raw.count(b"\r\n") == 3
    write_sheet(draft.entries(), tmp_path / "faq.csv", "cp932")
    assert (tmp_path / "faq.csv").read_bytes().decode("cp932").startswith("id,分類,質問")


def test_a_workbook_is_made_for_people(draft: Draft, tmp_path: Path) -> None:
    write_sheet(draft.entries(), tmp_path / "faq.xlsx")
    book = load_workbook(tmp_path / "faq.xlsx")
    assert book.sheetnames == ["FAQ", "書き方"]
    sheet, notes = book["FAQ"], book["書き方"]
    assert [cell.value for cell in sheet[1]] == list(HEADINGS.values())
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:S3"
    assert sheet["C2"].alignment.wrap_text and sheet["C2"].number_format == "@"
    assert sheet.column_dimensions["D"].width > 40
    assert sheet.column_dimensions["D"].number_format == "@"  # of cells that are still empty
    assert [row[0].value for row in notes.iter_rows(min_row=2, max_row=20)] == list(
        HEADINGS.values()
    )
    required = [row[1].value for row in notes.iter_rows(min_row=2) if row[2].value == "必須"]
    assert required == ["id", "category", "question", "answer", "examples"]


def test_no_cell_of_a_workbook_is_a_formula(draft: Draft, tmp_path: Path) -> None:
    entry = replace(draft.entries()[0], answer="=HYPERLINK(1)", source="+81", short="@here")
    write_sheet([entry], tmp_path / "faq.xlsx")
    cells = [c for row in load_workbook(tmp_path / "faq.xlsx")["FAQ"].iter_rows() for c in row]
    values = {cell.value: cell.data_type for cell in cells}
    assert {values[text] for text in ("=HYPERLINK(1)", "+81", "@here")} == {"s"}


def test_what_cp932_lacks_is_named_and_nothing_is_written(draft: Draft, tmp_path: Path) -> None:
    first, second = draft.entries()
    entries = [replace(first, answer="10時〜17時—"), replace(second, source="➡")]
    file = tmp_path / "faq.csv"
    with pytest.raises(SheetError) as caught:
        write_sheet(entries, file, "cp932")
    lines = str(caught.value).splitlines()
    assert lines[:2] == [
        "〔may_discard〕 「回答」の 「〜」（U+301C）・「—」（U+2014） は Shift_JIS（CP932）では書けません。",
        "〔check_on_portal〕 「出典」の 「➡」（U+27A1） は Shift_JIS（CP932）では書けません。",
    ]
    assert "UTF-8 の CSV" in lines[2]
    assert not file.exists()


def test_a_text_that_excel_would_cut_is_told(draft: Draft, tmp_path: Path) -> None:
    entry = replace(draft.entries()[0], examples=tuple(f"{n}番{'長' * 900}" for n in range(40)))
    with pytest.raises(SheetError, match=r"〔may_discard〕 「例文」は [0-9,]+ 文字あり"):
        write_sheet([entry], tmp_path / "faq.xlsx")
    write_sheet([entry], tmp_path / "faq.csv")
    assert read_sheet(tmp_path / "faq.csv").rows[1].cells[5].count("\n") == 39


def test_a_folder_that_is_not_there_is_told(draft: Draft, tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="に書き込めません"):
        write_sheet(draft.entries(), tmp_path / "nowhere" / "faq.csv")


def test_a_file_that_office_saved_again_changes_nothing(data: Path, tmp_path: Path) -> None:
    """openpyxl stands for Excel: all cells are read and written anew, with its own types."""

    def change(draft: Draft) -> None:
        entry = draft.entries()[0]
        draft.put_entry(replace(entry, answer="=1+1\n_x000D_", source="＝出典", short="'引用"))

    edit(data, change)
    draft = Draft.open(data)
    write_sheet(draft.entries(), tmp_path / "faq.xlsx")
    book: Any = load_workbook(io.BytesIO((tmp_path / "faq.xlsx").read_bytes()))
    for row in book["FAQ"].iter_rows():
        for cell in row:
            cell.data_type = "s" if cell.value is not None else cell.data_type
    book.save(tmp_path / "again.xlsx")
    sheet = read_sheet(tmp_path / "again.xlsx")
    found = plan_import(sheet, find_columns(sheet, {}), draft)
    assert (found.faults, found.changes_nothing) == ((), True)
