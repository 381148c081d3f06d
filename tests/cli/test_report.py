"""``faq report``: what was asked, as text, CSV, JSON and a page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from rich.cells import cell_len

from bot import clock
from bot.cli.main import main
from bot.cli.usage_report.spreadsheet import HEAD, safe
from bot.review.store import URL_VARIABLE, LookupVerdict, ReviewStore
from tests.conftest import ROOT
from tests.review.usage import ANSWERED, CHOICES, NO_MATCH, TAPPED, Conversation, fill, japan

NOW = japan("2026-11-24 12:00")  # a Tuesday
ENTRY = "may_discard"
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReviewStore]:
    """That of a project without content, four weeks and a bit after the first question."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    (tmp_path / "config.yml").touch()
    store = ReviewStore.open()
    yield store
    store.engine.dispose()


@pytest.fixture
def few(store: ReviewStore) -> ReviewStore:
    """15 verdicts on 80 answers; one question of 90 has none, nine were offered choices."""
    for number in range(80):
        helpful = number < 12 if number < 15 else None
        at = japan("2026-11-16 09:00")
        Conversation(store, f"c{number}", at).asks(ANSWERED, ENTRY, helpful=helpful)
    for number in range(9):
        Conversation(store, f"d{number}", japan("2026-11-23 10:00")).asks(CHOICES, ENTRY)
    Conversation(store, "e", japan("2026-11-24 11:00")).asks(NO_MATCH, None, helpful=False)
    return store


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def lines(text: str) -> list[str]:
    """Without the blanks that a table has between its columns."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_every_rate_has_its_numbers(few: ReviewStore, capsys: Printed) -> None:
    assert main(["report"]) == 0
    shown = lines(capsys.readouterr().out)
    assert shown[0] == "2026年10月26日（月）から2026年11月24日（火）まで、30日間"
    assert "期間全体 質問 90 件" in shown
    assert "回答できた（質問のうち） 80/90 88.9% 80.7〜93.9%" in shown
    assert "評価あり（回答のうち） 15/80 18.8% 11.7〜28.7%" in shown
    assert "役に立った（評価のうち） 12/15 80.0% 54.8〜93.0%" in shown
    assert "評価なし（回答のうち） 65/80 81.2% 71.3〜88.3%" in shown
    assert "候補から選択（候補の提示のうち） 0/9 0.0% 0.0〜29.9%" in shown
    assert "候補の提示と該当なしの返答への評価 1 件は、率に含みません。" in shown


def test_weeks_entries_and_hours_have_their_own(few: ReviewStore, capsys: Printed) -> None:
    assert main(["report"]) == 0
    shown = lines(capsys.readouterr().out)
    week = shown.index("11/16〜 100.0% — 0.0% 18.8% 80.0%")
    assert shown[week + 1] == "11/22 80 80/80 0/0 0/80 15/80 12/15"
    week = shown.index("11/24 0.0% 0.0% 10.0% — —")
    assert shown[week + 1] == "（2日間） 10 0/10 0/9 1/10 0/0 0/0"
    entry = shown.index(f"{ENTRY} 89.9% 0.0% 0.0% 18.8% 80.0%")
    assert shown[entry + 1] == "89 80/89 0/9 0/89 15/80 12/15"
    assert f"{ENTRY} 0 0 0 80 9" in shown
    assert [line for line in shown if line.startswith("11時台 1 100.0% 1/1")]
    assert "日本語 90 1.1% 1/90" in shown


def test_entries_are_named_by_the_content(few: ReviewStore, capsys: Printed) -> None:
    Path("data").symlink_to(ROOT / "data")
    assert main(["report"]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    label = "お知らせは捨ててよいか、保管が必要か"
    assert label[:10] in shown.out  # it goes on below
    assert main(["report", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entries"][0]["label"] == label


def test_without_content_ids_are_enough(few: ReviewStore, capsys: Printed) -> None:
    assert main(["report"]) == 0
    shown = capsys.readouterr()
    assert shown.err.startswith("data/ を読めないため、項目を id だけで示します。")
    assert ENTRY in shown.out


def test_a_usual_terminal_is_wide_enough(store: ReviewStore, capsys: Printed) -> None:
    fill(store, japan("2026-10-01 00:00"), days=54, conversations=400)
    long = "notice_after_disqualification"
    Conversation(store, "x", NOW).asks(ANSWERED, long)
    store.add_lookup(LookupVerdict("a", (), "found", ENTRY), NOW)
    assert main(["report", "--weeks", "10"]) == 0
    shown = capsys.readouterr().out
    assert long in shown
    assert "項目と週ごとの質問数（新しい 6 週）" in shown
    assert max(map(cell_len, shown.splitlines())) <= 80


def test_an_empty_period_says_so(few: ReviewStore, capsys: Printed) -> None:
    assert main(["report", "--from", "2026-01-05", "--to", "2026-01-11"]) == 0
    assert "この期間の記録はありません。" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "first", "last"),
    [
        ([], "2026-10-26", "2026-11-24"),
        (["--weeks", "0"], "2026-11-23", "2026-11-24"),
        (["--weeks", "1", "--to", "2026-11-22"], "2026-11-09", "2026-11-22"),
        (["--to", "2026-11-22"], "2026-10-19", "2026-11-22"),
        (["--from", "2026-11-24"], "2026-11-24", "2026-11-24"),
        (["--from", "2026-11-01", "--to", "2026-11-30"], "2026-11-01", "2026-11-30"),
    ],
)
def test_the_period_is_the_one_asked_for(
    options: list[str], first: str, last: str, store: ReviewStore, capsys: Printed
) -> None:
    assert main(["report", "--json", *options]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["from"], said["to"]) == (first, last)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--from", "2026-12-01"], "最初の日 2026-12-01 が最後の日 2026-11-24 より後です。"),
        (["--from", "2026-11-01", "--weeks", "2"], "--from と --weeks は同時に指定できません。"),
        (["--csv", "-", "--json"], "--json と --csv - は、どちらも標準出力に書きます。"),
        (["--csv", "nowhere/report.csv"], "nowhere/report.csv: 書き込めません（"),
        (["--html", "nowhere/report.html"], "nowhere/report.html: 書き込めません（"),
    ],
)
def test_options_that_make_no_report_are_named(
    options: list[str], message: str, store: ReviewStore, capsys: Printed
) -> None:
    assert main(["report", *options]) == 1
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    "options",
    [
        ["--from", "11/1"],
        ["--to", "2026-02-30"],
        ["--weeks", "-1"],
        ["--weeks", "521"],
        ["--weeks", "二"],
        ["--html", "report.csv"],
    ],
)
def test_options_that_mean_nothing_end_with_status_2(
    options: list[str], store: ReviewStore, capsys: Printed
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["report", *options])
    assert ended.value.code == 2
    assert "指定してください" in capsys.readouterr().err


@pytest.mark.parametrize(
    "url", ["sqlite:///nowhere/review.db", "nonsense", "unknown://host/db", "sqlite:///config.yml"]
)
def test_a_database_that_fails_is_said_without_its_address(
    url: str, store: ReviewStore, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    Path("config.yml").write_text("no database " * 100)
    monkeypatch.setenv(URL_VARIABLE, url)
    assert main(["report"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("質問の記録のデータベースを読み書きできません（")
    assert URL_VARIABLE in said
    assert url not in said


def test_csv_has_a_number_a_line(few: ReviewStore, capsys: Printed) -> None:
    assert main(["report", "--csv", "report.csv"]) == 0
    shown = capsys.readouterr()
    assert "集計を report.csv に書き出しました。" in shown.err
    assert "期間全体" in shown.out
    content = Path("report.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    table = rows(content)
    assert tuple(table[0]) == HEAD
    (helpful,) = (
        row
        for row in table
        if (row["集計"], row["指標"], row["件数"]) == ("週と項目", "役に立った", "12")
    )
    assert helpful == {
        "集計": "週と項目",
        "週（月曜日）": "2026-11-16",
        "日数": "7",
        "項目": ENTRY,
        "見出し": "",
        "時": "",
        "言語": "",
        "指標": "役に立った",
        "件数": "12",
        "母数": "15",
        "率": "0.8000",
        "95%区間の下限": "0.5481",
        "95%区間の上限": "0.9295",
    }


def test_rows_of_one_kind_add_up(
    few: ReviewStore, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["report", "--csv", "-"]) == 0
    table = rows(capfdbinary.readouterr().out)
    for kind in ("週", "週と項目", "週と時刻", "週と言語"):
        asked = [int(r["件数"]) for r in table if (r["集計"], r["指標"]) == (kind, "質問")]
        assert sum(asked) == 90, kind
    assert {row["率"] for row in table if row["母数"] == "0"} == {""}


def test_lookups_are_in_the_csv(
    store: ReviewStore, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for verdict, entry in (("found", ENTRY), ("found", ENTRY), ("missing", None)):
        store.add_lookup(LookupVerdict("再交付", (ENTRY,), verdict, entry), NOW)
    assert main(["report", "--csv", "-"]) == 0
    said = [r for r in rows(capfdbinary.readouterr().out) if r["集計"] == "回答検索"]
    assert [(row["項目"], row["指標"], row["件数"]) for row in said] == [
        (ENTRY, "合っていた", "2"),
        ("", "該当なし", "1"),
    ]


@pytest.mark.parametrize("start", list("=+-@＝＋－＠"))
def test_a_spreadsheet_computes_nothing_of_what_was_stored(
    start: str, store: ReviewStore, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    entry = f'{start}cmd|" /C calc"!A0'
    Conversation(store, "c", NOW).asks(ANSWERED, entry, language=f"{start}x")
    assert main(["report", "--csv", "-"]) == 0
    cells = {cell for row in rows(capfdbinary.readouterr().out) for cell in row.values()}
    assert f"'{entry}" in cells and f"'{start}x" in cells
    assert not [cell for cell in cells if cell.startswith(start)]


def test_a_text_is_one_cell() -> None:
    assert safe("あ\r\n=1,\x00い") == "あ  =1,\ufffdい"


def test_json_has_all_tables(few: ReviewStore, capsys: Printed) -> None:
    assert main(["report", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["total"]["helpful"] == {
        "count": 12,
        "of": 15,
        "rate": 0.8,
        "low": pytest.approx(0.548, abs=0.001),
        "high": pytest.approx(0.930, abs=0.001),
    }
    assert [week["asked"] for week in said["weeks"]] == [0, 0, 0, 80, 10]
    assert said["weeks"][4]["helpful"]["rate"] is None
    assert said["weeks_entries"][3]["entries"][0]["entry"] == ENTRY
    assert len(said["hours"]) == 24
    assert said["verdicts_not_counted"] == {"no_answer": 1, "no_question": 0}


def test_no_way_of_telling_shows_what_was_written(
    store: ReviewStore, capfd: pytest.CaptureFixture[str]
) -> None:
    secret = "とても個人的なこと"
    Conversation(store, "c", NOW).asks(ANSWERED, ENTRY, helpful=True, text=secret, comment=secret)
    store.add_lookup(LookupVerdict(secret, (ENTRY,), "wrong", ENTRY), NOW)
    assert main(["report", "--csv", "report.csv", "--html", "report.html"]) == 0
    assert main(["report", "--json"]) == 0
    told = capfd.readouterr()
    files = Path("report.csv").read_text(), Path("report.html").read_text()
    assert not [text for text in (told.out, told.err, *files) if secret in text]


def test_the_default_ends_today_in_japan(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    """At 15:30 in London it is Tuesday in Japan."""
    evening = datetime.fromisoformat("2026-11-23T15:30:00+00:00")
    monkeypatch.setattr(clock, "now", lambda: evening.astimezone(clock.JAPAN))
    Conversation(store, "c", clock.now()).asks(TAPPED)
    assert main(["report", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["to"] == "2026-11-24"
    assert said["hours"][0]["asked"] == 1
