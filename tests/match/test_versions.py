"""Versions are complete or not there, and one of them is served."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.faq.files import BusyError
from bot.match.archive import archive_to_serve
from bot.match.sources import sources_fingerprint
from bot.match.versions import Version, VersionError, Versions


def made(versions: Versions, comment: str = "") -> Version:
    """A version of nothing in particular."""
    number = versions.next_number()
    folder = versions.unfinished()
    (folder / "data").mkdir()
    (folder / "model.tar.gz").write_bytes(b"a model")
    sources = sources_fingerprint("book", folder / "data")
    version = Version(number, "2026-11-24T10:00:00+09:00", "担当", comment, 12, "book", sources)
    versions.add(folder, version)
    return version


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Versions:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "models/versions"
    folder.mkdir(parents=True)
    return Versions(folder)


def test_nothing_is_served_before_the_first_publication(versions: Versions) -> None:
    assert versions.served() is None
    assert versions.all() == versions.history() == ()
    with pytest.raises(VersionError, match="版 1 はありません（公開された版: まだありません）"):
        versions.get(1)


def test_the_last_switch_says_what_is_served(versions: Versions) -> None:
    first, second = made(versions), made(versions, "二つ目")
    versions.serve(1, "担当", "publish")
    versions.serve(2, "担当", "publish", "二つ目")
    versions.serve(1, "夜勤", "rollback", "誤りがあった")
    assert versions.all() == (first, second)
    assert versions.served() == 1
    assert [(one.version, one.by, one.action) for one in versions.history()] == [
        (1, "担当", "publish"),
        (2, "担当", "publish"),
        (1, "夜勤", "rollback"),
    ]


def test_the_published_model_goes_before_the_newest(versions: Versions) -> None:
    newest = versions.folder.parent / "newest.tar.gz"
    newest.write_bytes(b"trained a moment ago")
    assert archive_to_serve(versions).resolve() == newest.resolve()
    made(versions)
    versions.serve(1, "担当", "publish")
    assert archive_to_serve(versions) == versions.archive(1)


def test_a_damaged_version_is_none_and_its_number_is_not_used_again(versions: Versions) -> None:
    made(versions)
    made(versions)
    (versions.folder / "0002/version.json").write_text("{")
    assert [one.number for one in versions.all()] == [1]
    assert versions.next_number() == 3


def test_what_a_killed_publisher_left_is_swept_away(versions: Versions) -> None:
    left = versions.unfinished()
    (left / "model.tar.gz").write_bytes(b"half")
    fresh = versions.unfinished()
    assert not left.exists() and fresh.is_dir()
    assert versions.all() == ()


def test_damaged_notes_of_what_is_served_are_told(versions: Versions) -> None:
    (versions.folder / "published.json").write_text('{"history": [{}]}')
    with pytest.raises(VersionError, match=r"published\.json を読み込めません"):
        versions.served()


def test_one_publishes_at_a_time_and_going_back_does_not_wait(versions: Versions) -> None:
    made(versions)
    with versions.publishing():
        with pytest.raises(BusyError), versions.publishing():
            pass
        versions.serve(1, "担当", "rollback")
    with versions.publishing():
        assert versions.served() == 1


def test_a_version_of_another_program_is_outdated(
    versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = made(versions)
    assert not versions.is_outdated(version)
    (Path("data")).mkdir()
    Path("data/vocabulary.csv").write_text("edited since")
    assert not versions.is_outdated(version), "its own words count"
    monkeypatch.setattr("bot.match.sources.MODEL_VERSION", 0)
    assert versions.is_outdated(version)


def test_the_note_is_readable_by_people(versions: Versions) -> None:
    made(versions, "回答の言葉を直した")
    note = (versions.folder / "0001/version.json").read_text("utf-8")
    assert "回答の言葉を直した" in note and json.loads(note)["by"] == "担当"
