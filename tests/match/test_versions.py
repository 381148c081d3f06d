"""Versions are complete or not there, and one of them is served."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.match.archive import archive_to_serve
from bot.match.sources import sources_fingerprint
from bot.match.versions import Switch, Version, VersionError, Versions


def made(versions: Versions, comment: str = "") -> Version:
    """A version of nothing in particular."""
    with versions.unfinished() as folder:
        (folder / "data").mkdir()
        (folder / "model.tar.gz").write_bytes(b"a model")
        sources = sources_fingerprint("book", folder / "data")
        version = Version(0, "2026-11-24T10:00:00+09:00", "担当", comment, 12, "book", sources)
        switch = Switch(0, version.at, "担当", "publish", comment)
        return versions.publish(folder, version, switch, instead_of=versions.served())


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
    assert archive_to_serve(versions) == versions.archive(1)


def test_a_damaged_version_is_none_and_its_number_is_not_used_again(versions: Versions) -> None:
    made(versions)
    made(versions)
    (versions.folder / "0002/version.json").write_text("{")
    assert [one.number for one in versions.all()] == [1]
    assert versions.next_number() == 3


def test_what_a_killed_publisher_left_is_swept_away(versions: Versions) -> None:
    left = versions.folder / ".next-killed"
    left.mkdir()
    (left / "model.tar.gz").write_bytes(b"half")
    with versions.unfinished() as fresh:
        assert not left.exists() and fresh.is_dir()
    assert not fresh.exists() and versions.all() == ()


def test_damaged_notes_of_what_is_served_are_told(versions: Versions) -> None:
    (versions.folder / "published.json").write_text('{"history": [{}]}')
    with pytest.raises(VersionError, match=r"published\.json を読み込めません"):
        versions.served()


def test_several_make_versions_and_nobody_waits(versions: Versions) -> None:
    made(versions)
    with versions.unfinished() as one, versions.unfinished() as other:
        assert one.is_dir() and other.is_dir(), "the living are not swept away"
        versions.serve(1, "担当", "rollback")


def test_who_compared_with_another_version_does_not_publish(versions: Versions) -> None:
    made(versions)
    with versions.unfinished() as folder:
        (folder / "data").mkdir()
        (folder / "model.tar.gz").write_bytes(b"a model")
        version = Version(0, "", "遅い人", "", 12, "book", "")
        switch = Switch(0, "", "遅い人", "publish")
        made(versions)
        with pytest.raises(VersionError, match="ほかの人が公開中の版を変えました"):
            versions.publish(folder, version, switch, instead_of=1)
    assert versions.served() == 2 and len(versions.all()) == 2


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
