"""``faq export``: a table of the entries, never over somebody's work."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.main import main


def test_a_table_is_written_and_its_limits_are_said(
    project_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("faq.csv", "FAQ.XLSX"):
        assert main(["export", name]) == 0
        first, second = capsys.readouterr().out.splitlines()
        assert first == f"{name} に 2 件のエントリーを書き出しました。"
        assert second.startswith("wordings.yml の言い回しは書き出しません。")
        assert (project_folder / name).stat().st_size > 500


def test_a_file_is_replaced_only_when_asked(
    project_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project_folder / "faq.csv").write_text("私の仕事")
    assert main(["export", "faq.csv"]) == 1
    assert "置き換えるなら --overwrite" in capsys.readouterr().err
    assert (project_folder / "faq.csv").read_text() == "私の仕事"
    assert main(["export", "faq.csv", "--overwrite"]) == 0
    assert (project_folder / "faq.csv").read_text("utf-8-sig").startswith("id,分類")


def test_cp932_is_written_or_what_it_lacks_is_named(
    project_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "faq.csv", "--encoding", "cp932"]) == 0
    assert (project_folder / "faq.csv").read_bytes().decode("cp932").startswith("id,分類")
    faq = project_folder / "data/faq.yml"
    faq.write_text(faq.read_text().replace("以下のとおりです。", "➡をご覧ください。"))
    assert main(["export", "new.csv", "--encoding", "cp932"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(
        "〔check_on_portal〕 「回答」の 「➡」（U+27A1） は Shift_JIS（CP932）では"
    )
    assert not (project_folder / "new.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["faq.xls"], "faq.xls の拡張子は .csv か .xlsx にしてください。"),
        (["faq"], "faq の拡張子は .csv か .xlsx にしてください。"),
        (["faq.xlsx", "--encoding", "cp932"], "--encoding は CSV だけに使えます。"),
        (["nowhere/faq.csv"], "nowhere/faq.csv に書き込めません"),
    ],
)
def test_what_cannot_be_written_is_said(
    arguments: list[str],
    said: str,
    project_folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["export", *arguments]) == 1
    assert capsys.readouterr().err.startswith(said)


def test_content_with_faults_is_not_exported(
    project_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project_folder / "data/faq.yml").write_text("entries: []\n")
    assert main(["export", "faq.csv"]) == 1
    assert capsys.readouterr().err.startswith("誤り  data/faq.yml")
    assert not (project_folder / "faq.csv").exists()
