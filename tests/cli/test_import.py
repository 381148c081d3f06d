"""``faq import``: what would change is shown, and all of it is done or none."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import main
from bot.faq.load import load_book
from bot.sheets.csv_file import csv_bytes
from tests.cli.terminal import Terminal
from tests.sheets.workbook import workbook

HEAD = ["id", "分類", "質問", "回答", "例文"]
NEW = ["card_reissue", "お知らせ", "①再交付できますか", "できます。", "①再交付したい"]


@pytest.fixture
def faq(project_folder: Path) -> Path:
    return project_folder / "data/faq.yml"


def state(file: Path) -> tuple[bytes, int, int]:
    """Content, time of change and place on the disk: the same only where nothing was written."""
    return file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino


def table(*rows: Sequence[str], encoding: str = "utf-8") -> None:
    Path("faq.csv").write_bytes(csv_bytes(rows, encoding))


@pytest.mark.parametrize("file", ["faq.csv", "cp932.csv", "faq.xlsx"])
def test_export_and_import_change_not_one_byte(
    file: str, faq: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(faq)
    encoding = ["--encoding", "cp932"] if file == "cp932.csv" else []
    assert main(["export", file, *encoding]) == 0
    assert main(["import", file, "--yes"]) == 0
    assert capsys.readouterr().out.endswith("変わるところはありません。\n")
    assert state(faq) == before


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_new_entries_go_behind_and_the_rest_stays_as_it_is(
    encoding: str, faq: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = faq.read_text()
    table(HEAD, ["card_two", *NEW[1:2], "二つ目", "はい。", "二つ目の例"], NEW, encoding=encoding)
    assert main(["import", "faq.csv", "--yes"]) == 0
    said = capsys.readouterr().out
    assert "  B列 「分類」 → 分類（category）" in said
    assert "  card_reissue  「①再交付できますか」（お知らせ、例文 1 件）" in said
    assert "新しい 2 件、変わる 0 件、変わらない 0 件、表にない 2 件（そのまま残します）" in said
    assert faq.read_text().startswith(before)
    entries = load_book(Path("data")).entries
    assert [entry.id for entry in entries[2:]] == ["card_two", "card_reissue"]
    assert entries[3].examples == ("①再交付したい",)


def test_a_change_keeps_comments_and_order(faq: Path) -> None:
    before = faq.read_text()
    table(["id", "回答"], ["check_on_portal", "画面でご覧になれます。"])
    assert main(["import", "faq.csv", "--yes"]) == 0
    assert faq.read_text() == before.replace("以下のとおりです。", "画面でご覧になれます。")


@pytest.mark.parametrize("options", [["--dry-run"], ["--dry-run", "--yes"]])
def test_a_dry_run_shows_and_changes_nothing(
    options: list[str], faq: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(faq)
    table(HEAD, NEW)
    assert main(["import", "faq.csv", *options]) == 0
    said = capsys.readouterr().out
    assert "新しいエントリー 1 件" in said and "何も変えていません" in said
    assert state(faq) == before


def test_one_fault_and_nothing_is_imported(faq: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(faq)
    table(HEAD, NEW, ["card_two", "", "捨ててもいいですか", "はい。", "例"])
    assert main(["import", "faq.csv", "--yes"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-3].startswith("誤り  3行目 B列「分類」 〔card_two〕 「分類」が空です。")
    assert lines[-2].startswith(
        "誤り  3行目 C列「質問」 〔card_two〕 質問「捨ててもいいですか」は、"
    )
    assert lines[-1].startswith("2 件の誤りがあるため、何も変えていません。")
    assert state(faq) == before


def test_without_a_terminal_it_does_not_ask(
    faq: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(faq)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    table(HEAD, NEW)
    assert main(["import", "faq.csv"]) == 1
    assert "取り込むなら --yes を付けてください。" in capsys.readouterr().err
    assert state(faq) == before


@pytest.mark.parametrize(
    ("answer", "status"), [("y\n", 0), ("n\n", 1), ("\n", 1), ("\x04", 1), ("\x03", 130)]
)
def test_in_a_terminal_it_asks(answer: str, status: int, faq: Path) -> None:
    before = faq.read_bytes()
    table(HEAD, NEW)
    terminal = Terminal("import", "faq.csv")
    terminal.answer("取り込みますか？ [y/N] ", answer)
    assert terminal.end() == status
    assert (faq.read_bytes() != before) is (status == 0)


def test_columns_are_mapped_passed_over_and_asked_for(
    faq: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table(["ID", "カテゴリー", "お客様の声", "回答", "例文", "担当"], [*NEW, "山田"])
    assert main(["import", "faq.csv", "--yes", "--map", "お客様の声=質問"]) == 1
    assert "誤り  1行目 F列「担当」 この見出しの項目はありません。" in capsys.readouterr().out
    options = ["--map", "お客様の声=質問", "--ignore-columns"]
    assert main(["import", "faq.csv", "--yes", *options]) == 0
    said = capsys.readouterr().out
    assert "  C列 「お客様の声」 → 質問（question）" in said
    assert "  F列 「担当」 → 取り込みません" in said
    assert main(["import", "faq.csv", "--map", "なし=質問"]) == 1
    assert "--map の見出し「なし」は faq.csv にありません。" in capsys.readouterr().err


def test_a_sheet_is_chosen_by_its_name(faq: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def second(book: Any) -> None:
        book.create_sheet("二枚目").append(HEAD)
        book["二枚目"].append(NEW)

    Path("faq.xlsx").write_bytes(workbook([["id", "質問"]], second))
    assert main(["import", "faq.xlsx", "--yes"]) == 1
    captured = capsys.readouterr()
    assert "読まないシート  「二枚目」（読むには --sheet で名前を指定します）" in captured.out
    assert "見出しの下に1行もありません" in captured.err
    assert main(["import", "faq.xlsx", "--yes", "--sheet", "二枚目"]) == 0
    assert load_book(Path("data")).entry("card_reissue").answer == "できます。"


def test_ids_are_made_from_the_reading(faq: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = ["お知らせ", "保険証の再発行はできますか", "できます。", "再発行したい"]
    table(HEAD[1:], row)
    assert main(["import", "faq.csv", "--yes"]) == 1
    assert "id の列がありません" in capsys.readouterr().err
    assert main(["import", "faq.csv", "--yes", "--make-ids"]) == 0
    assert load_book(Path("data")).entry("hokenshou_saihakkou").question == row[1]
    assert main(["import", "faq.csv", "--yes", "--make-ids"]) == 1
    assert "hokenshou_saihakkou の質問と同じです" in capsys.readouterr().out


def test_a_file_that_changed_meanwhile_is_not_overwritten(
    faq: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def somebody_saves() -> bool:
        faq.write_text(faq.read_text() + "# 他の人\n")
        return True

    monkeypatch.setattr("bot.cli.import_._agreed", somebody_saves)
    table(HEAD, NEW)
    assert main(["import", "faq.csv"]) == 1
    assert "ほかで変更されました" in capsys.readouterr().err
    assert faq.read_text().endswith("# 他の人\n")
    assert "card_reissue" not in faq.read_text()


def test_faults_that_others_made_meanwhile_stop_the_import(
    faq: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def somebody_takes_the_wording() -> bool:
        with (faq.parent / "wordings.yml").open("a") as file:
            file.write("  - id: check_on_portal\n    examples: [①再交付したい]\n")
        return True

    before = state(faq)
    monkeypatch.setattr("bot.cli.import_._agreed", somebody_takes_the_wording)
    table(HEAD, NEW)
    assert main(["import", "faq.csv"]) == 1
    said = capsys.readouterr().err
    assert "①再交付したい" in said and "何も変えていません。" in said
    assert state(faq) == before


def test_content_with_faults_is_mended_first(faq: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faq.write_text("entries: []\n")
    table(HEAD, NEW)
    assert main(["import", "faq.csv", "--yes"]) == 1
    assert capsys.readouterr().err.startswith("誤り  data/faq.yml")


def test_entries_that_only_people_can_change_are_left_to_them(
    faq: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    braces = "  - {id: a_b, category: a, question: 捨てる？, answer: b, examples: [c]}\n"
    faq.write_text(f"entries:\n{braces}")
    (faq.parent / "wordings.yml").unlink()
    table(["id", "回答"], ["a_b", "はい。"])
    assert main(["import", "faq.csv", "--yes"]) == 1
    assert "エディタで開いて、手で直してください" in capsys.readouterr().err
    assert faq.read_text() == f"entries:\n{braces}"
