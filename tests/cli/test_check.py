"""``faq check``: the list of faults that staff work through."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import clock
from bot.cli import check
from bot.cli.check_codes import FAULTS, MEANINGS, NOTICES
from bot.cli.main import main
from bot.faq.fault import FAULT_CODES
from tests.conftest import ROOT

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the compiled vocabulary lies: it is made once, not in every test."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def data(tmp_path: Path, dictionary: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small book of the loader's tests, in a project of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    (tmp_path / "config.yml").touch()
    shutil.copytree(ROOT / "tests/faq/book", tmp_path / "data")
    shutil.copy(ROOT / "data/vocabulary.csv", tmp_path / "data")
    (tmp_path / "var").symlink_to(dictionary)
    change(tmp_path / "data/faq.yml", "ログイン後", "開いたあとの")  # a word of no dictionary
    return tmp_path / "data"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def output(capfdbinary: pytest.CaptureFixture[bytes]) -> Any:
    return json.loads(capfdbinary.readouterr().out.decode("utf-8"))


def test_good_content_is_counted(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--quick"]) == 0
    assert capsys.readouterr().out == (
        "誤りはありません。項目 2 件（言い回し 14 件）、連絡先 4 件、対象外の話題 2 件、注意 0 件。"
        "言い回しの照合は省きました（--quick）。\n"
    )


def test_without_an_encoder_it_says_what_was_not_looked_at(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith(
        "注意  config.yml:1 言い回しどうしの照合はできませんでした。models/encoder"
    )
    assert last.endswith("注意 1 件。")


def test_broken_content_fails_and_lists_every_fault(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(data / "faq.yml", "    links: [portal_url]", "    links: [nowhere]")
    change(data / "faq.yml", "valid_from: 2024-02-01", "valid_from: 2024-02-31")
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[:-1]] == [
        ["誤り", "data/faq.yml:20"],
        ["誤り", "data/faq.yml:23"],
    ]
    assert "nowhere" in lines[0]
    assert "2024-02-31" in lines[1]
    assert lines[-1] == "2 件の誤りがあります。直すまで学習・公開はできません。"


def spoil(data: Path) -> None:
    """Two things to look at, the later one found first."""
    change(data / "faq.yml", "以下のとおりです。", "2024年4月から始まります。")
    change(data / "contacts.yml", "verified: 2026-11-23", "verified: 2026-01-05")


def test_warnings_fail_only_where_somebody_wants_it(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--quick", "--strict"]) == 0
    spoil(data)
    assert main(["check", "--quick"]) == 0
    assert main(["check", "--quick", "--strict"]) == 1
    assert "注意  data/faq.yml:32 〔check_on_portal〕 " in capsys.readouterr().out


def test_json(data: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    spoil(data)
    assert main(["check", "--quick", "--json"]) == 0
    found = output(capfdbinary)
    assert found["faults"] == []
    past, unverified = found["notices"]
    assert past == {
        "code": "past_date",
        "level": "warning",
        "file": "data/faq.yml",
        "line": 32,
        "column": None,
        "id": "check_on_portal",
        "message": ("answer の「2024年4月」は過ぎています。内容がいまも正しいか確かめてください。"),
    }
    assert (unverified["code"], unverified["id"]) == ("contact_unverified", "hotline")
    assert found["summary"] == {
        "faults": 0,
        "notices": 2,
        "entries": 2,
        "wordings": 14,
        "contacts": 4,
        "topics": 2,
        "quick": True,
    }


def test_faults_in_json(data: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    change(data / "faq.yml", "valid_from: 2024-02-01", "valid_from: 2024-02-31")
    with (data / "vocabulary.csv").open("a") as file:
        file.write("too,few,columns\n")
    assert main(["check", "--json"]) == 1
    found = output(capfdbinary)
    day, row = found["faults"]
    assert (day["code"], day["level"], day["id"]) == ("bad_date", "error", "may_discard")
    assert (day["file"], day["line"], day["column"]) == ("data/faq.yml", 23, 17)
    assert (row["code"], row["file"]) == ("bad_vocabulary", "data/vocabulary.csv")
    assert row["line"] == len((data / "vocabulary.csv").read_text("utf-8").splitlines())
    assert row["message"].startswith("列が3個あります。")
    assert found["summary"] == {"faults": 2, "notices": 0, "quick": False}


def test_sarif(data: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    spoil(data)
    assert main(["check", "--quick", "--sarif"]) == 0
    (run,) = sarif_runs(output(capfdbinary))
    past, unverified = run["results"]
    assert past["message"]["text"].startswith("〔check_on_portal〕answer の「2024年4月」は")
    assert past["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "data/faq.yml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 32},
    }
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [
        "contact_unverified",
        "past_date",
    ]
    assert (past["level"], unverified["level"]) == ("warning", "warning")


def test_faults_in_sarif(
    data: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    change(data / "faq.yml", "valid_from: 2024-02-01", "valid_from: 2024-02-31")
    assert main(["check", "--sarif"]) == 1
    (run,) = sarif_runs(output(capfdbinary))
    (fault,) = run["results"]
    assert fault["level"] == "error"
    region = fault["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 23, "startColumn": 17}
    elsewhere = tmp_path.parent / "内容 1"
    shutil.copytree(data, elsewhere)
    assert main(["check", "--sarif", "--data", str(elsewhere)]) == 1
    (run,) = sarif_runs(output(capfdbinary))
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": (elsewhere / "faq.yml").as_uri()}


def test_sarif_without_findings(data: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["check", "--quick", "--sarif"]) == 0
    (run,) = sarif_runs(output(capfdbinary))
    assert run["results"] == [] and run["tool"]["driver"]["rules"] == []


def sarif_runs(log: dict[str, Any]) -> list[dict[str, Any]]:
    """The runs, after what the standard demands of each part was looked at."""
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-2.1.0.json")
    for run in log["runs"]:
        driver = run["tool"]["driver"]
        assert driver["name"] and run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
        assert all(invocation["executionSuccessful"] for invocation in run["invocations"])
        for rule in driver["rules"]:
            assert re.search("[ぁ-んァ-ヶ一-龠]", rule["shortDescription"]["text"])
            assert rule["defaultConfiguration"]["level"] in ("error", "warning")
        for result in run["results"]:
            assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
            assert result["level"] in ("error", "warning") and result["message"]["text"]
            (location,) = result["locations"]
            place = location["physicalLocation"]
            assert " " not in place["artifactLocation"]["uri"]
            assert all(number >= 1 for number in place.get("region", {}).values())
    runs: list[dict[str, Any]] = log["runs"]
    return runs


def test_one_form_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--json", "--sarif"])
    assert "not allowed with" in capsys.readouterr().err


def test_every_code_has_a_meaning() -> None:
    sources = [
        *(ROOT / "bot/faq").glob("*.py"),
        *(ROOT / "bot/match").glob("advice*.py"),
        ROOT / "bot/cli/check.py",
    ]
    made = {
        code
        for source in sources
        for code in re.findall(r'Notice\(\s*"([a-z_]+)"', source.read_text("utf-8"))
    }
    assert set(NOTICES) == made
    assert set(FAULTS) == (set(FAULT_CODES) - {"stale_store"}) | {"bad_vocabulary"}
    assert len(MEANINGS) == len(set(MEANINGS.values()))


def test_another_folder_can_be_checked(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "nowhere"]) == 1
    assert "フォルダーがありません" in capsys.readouterr().out


def test_a_missing_vocabulary(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "vocabulary.csv").unlink()
    assert main(["check"]) == 1
    assert capsys.readouterr().out.splitlines()[0] == (
        "誤り  data/vocabulary.csv ファイルを読み込めません。ファイルがあるか確かめてください。"
    )


def test_broken_content_is_never_trained(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "faq.yml").write_text("entries: []\n")
    for command in ("train", "serve"):
        assert main([command]) == 1
        said = capsys.readouterr().err
        assert said.startswith("誤り  data/faq.yml")
        assert said.endswith("直してからもう一度実行してください。\n")


def test_faults_of_the_vocabulary_are_listed_too(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (data / "vocabulary.csv").open("a") as file:
        file.write("too,few,columns\n")
    assert main(["check"]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("誤り  data/vocabulary.csv:")
    assert last.startswith("1 件の誤りがあります。")


def test_the_hook_runs_the_command_for_every_file_of_the_content() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, command, *options = shlex.split(hook["entry"])
    assert (program, command, hook["pass_filenames"]) == (".venv/bin/faq", "check", False)
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    assert parser.parse_args(options).quick
    for name in ("faq.yml", "wordings.yml", "contacts.yml", "out_of_scope.yml", "vocabulary.csv"):
        assert re.search(hook["files"], f"data/{name}")
    assert not re.search(hook["files"], "bot/faq/check.py")
