"""publish.yml: what it may say, and what is said of anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.publish.settings import Settings, SettingsError


def load(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "publish.yml"
    file.write_text(text, "utf-8")
    return Settings.load(file)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert Settings.load(tmp_path / "publish.yml") == Settings()
    assert load(tmp_path, "# 何もない\n") == Settings()


def test_the_shipped_file_names_files_that_are_there() -> None:
    settings = Settings.load()
    assert settings.questions and all(file.is_file() for file in settings.questions)


def test_what_is_given_takes_the_place_of_a_default(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.touch()
    given = load(tmp_path, f"questions: ['{file}']\nwrong: 0\ndays: 7\n")
    assert given == Settings(questions=(file,), wrong=0.0, days=7)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("wrogn: 0.1", "書ける項目は"),
        ("- a", "書ける項目は"),
        ("wrong: 2", "wrong には、0 から 1 までの割合"),
        ("wrong: true", "0 から 1 までの割合"),
        ("offered: '0.9'", "offered には、0 から 1 までの割合"),
        ("days: 1.5", "days には"),
        ("days: -1", "days には"),
        ("questions: a.jsonl", "ファイル名のリスト"),
        ("questions: [1]", "ファイル名のリスト"),
        ("a: [", "YAML の書き方"),
        ("questions: [nowhere.jsonl]", r"nowhere\.jsonl がありません"),
    ],
)
def test_anything_else_is_refused_in_words(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        load(tmp_path, text)
