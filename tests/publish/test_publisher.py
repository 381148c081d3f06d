"""An edit becomes the served version as a whole, or nothing changes."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.errors import FaqBotError
from bot.match.archive import load_archive
from bot.match.versions import Versions
from tests.killed import kill_at, spread, steps_of
from tests.publish.conftest import NEW, OLD, Desk

POINTS = 20


def test_publish_diff_versions_and_rollback(desk: Desk) -> None:
    said = desk.run("diff")
    assert "版 1 と、編集中の内容" in said and "last_four_digits" in said and "＋1 −1" in said
    desk.run("ask", NEW, says="確からしさ")
    desk.run(
        "publish", "--yes", "--by", "担当", "--comment", "言い回しを直した", says="版 2 を公開"
    )
    listed = json.loads(desk.run("versions", "--json"))
    assert listed["served"] == 2
    assert [(one["number"], one["by"], one["comment"]) for one in listed["versions"]] == [
        (1, "担当", "最初の公開"),
        (2, "担当", "言い回しを直した"),
    ]
    assert OLD in (desk.versions.data(1) / "faq.yml").read_text("utf-8")
    desk.run("publish", "--yes", says="公開中の版 2 と同じ内容です")
    edited = desk.faq.read_bytes()
    desk.run("rollback", "--by", "夜勤", "--comment", "確認のため", says="版 1 に戻しました")
    assert desk.versions.served() == 1
    assert desk.faq.read_bytes() == edited, "what somebody edits is his"
    said = desk.run("versions")
    assert "公開中 版 1" in said and "夜勤  版 1 に戻す  確認のため" in said
    desk.run("rollback", "9", status=1, says="版 9 はありません（公開された版: 1、2）")


def test_a_dry_run_and_a_no_publish_nothing(desk: Desk) -> None:
    desk.run("publish", "--dry-run", says="確かめただけで、公開していません")
    desk.run("publish", status=1, says="--yes を付けてください", types="")
    assert desk.versions.served() == 1 and len(desk.versions.all()) == 1
    assert not list(desk.versions.folder.glob(".next-*"))


def test_faults_stop_it(desk: Desk) -> None:
    desk.edit("category:", "categry:")
    desk.run("publish", "--yes", status=1, says="categry")
    assert desk.versions.served() == 1


def test_a_gate_that_is_missed_stops_it_unless_somebody_says_why(desk: Desk) -> None:
    (desk.folder / "golden.jsonl").write_text(
        '{"text": "明日の天気を教えて", "entry": "reissue"}\n', "utf-8"
    )
    (desk.folder / "publish.yml").write_text("questions: [golden.jsonl]\n", "utf-8")
    said = desk.run("publish", "--yes", status=1, says="基準に届かないため")
    assert "不合格  答えのある質問に正しく答えるか、候補に示す  0/1" in said
    assert desk.versions.served() == 1
    desk.run("publish", "--yes", "--force", status=1, says="--comment に理由")
    desk.run("publish", "--yes", "--force", "--comment", "確認済み", says="版 2 を公開")
    assert desk.versions.get(2).scores["offered"] == [0, 1]


def test_members_questions_are_compared_too(desk: Desk) -> None:
    from bot.review.store import ReviewStore, Turn

    (desk.folder / "var").mkdir(exist_ok=True)
    store = ReviewStore.open(f"sqlite:///{desk.folder / 'var/review.db'}")
    for number in range(3):
        store.add_turn(Turn("c", str(number), NEW, "no_match", None, 0.1, "ja"))
    store._engine.dispose()
    content = json.loads(desk.run("diff", "--json"))
    assert content["questions"] == 1
    assert [one["id"] for one in content["content"]] == ["last_four_digits"]


def test_a_revision_that_is_not_there_is_told(desk: Desk) -> None:
    desk.run("diff", "7", status=1, says="版 7 はありません")
    desk.run("diff", "no-such-branch", status=1, says="比べられません")


def test_diff_with_a_revision_of_git(desk: Desk) -> None:
    git = f"git -C {desk.folder} -c user.email=a@b -c user.name=n"
    assert os.system(f"{git} init -q && {git} add data && {git} commit -qm a") == 0
    desk.edit(NEW, OLD)
    said = desk.run("diff", "HEAD")
    assert "git の HEAD と、編集中の内容" in said and "last_four_digits" in said


def test_a_version_of_an_older_program_is_made_again_from_its_own_content(desk: Desk) -> None:
    note = desk.versions.folder / "0001/version.json"
    note.write_text(note.read_text("utf-8").replace('"sources": "', '"sources": "0'), "utf-8")
    desk.run("rollback", "1", says="版 2 に戻しました")
    new = desk.versions.get(2)
    assert new.comment == "版 1 と同じ内容" and not desk.versions.is_outdated(new)
    book = load_archive(desk.versions.archive(2)).book
    assert OLD in book.entry("last_four_digits").examples


def test_a_rollback_meanwhile_is_not_undone(desk: Desk) -> None:
    from bot.publish.publisher import candidate, publish

    before = Path.cwd()
    os.chdir(desk.folder)
    try:
        with candidate(desk.versions) as one:
            desk.versions.serve(1, "夜勤", "rollback", "緊急")
            desk.run("publish", "--yes", says="版 2 を公開")
            with pytest.raises(FaqBotError, match="ほかの人が公開中の版を変えました"):
                publish(desk.versions, one, "遅い人", "")
    finally:
        os.chdir(before)
    assert desk.versions.served() == 2


def test_a_damaged_version_is_made_again_when_somebody_goes_back_to_it(desk: Desk) -> None:
    desk.run("publish", "--yes")
    desk.versions.archive(1).write_bytes(b"broken")
    desk.run("rollback", "1", says="版 3 に戻しました")
    assert OLD in load_archive(desk.versions.archive(3)).book.entry("last_four_digits").examples


def test_good_content_takes_the_place_of_a_version_that_is_gone(desk: Desk) -> None:
    shutil.rmtree(desk.versions.folder / "0001")
    desk.run("serve", status=1, says="faq publish で公開し直してください")
    desk.run("publish", "--yes", says="見比べずに進みます")
    assert desk.versions.served() == 1 and desk.versions.get(1)


def test_what_editors_leave_beside_the_files_is_not_published(desk: Desk) -> None:
    (desk.folder / "data/.#faq.yml").symlink_to("user@host.1:9")
    desk.run("publish", "--yes", says="版 2 を公開")
    assert not list(desk.versions.data(2).glob(".*"))


def test_killed_at_twenty_points_the_old_or_the_new_is_served(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publish() -> None:
        os.chdir(desk.folder)
        with open(os.devnull, "w") as silence:
            os.dup2(silence.fileno(), 1)
            assert main(["publish", "--yes"]) == 0

    steps = steps_of(publish, desk.folder)
    assert desk.versions.served() == 2
    assert steps >= POINTS
    edited = desk.faq.read_bytes()
    ends = []
    for step in spread(steps, POINTS):
        _serve_first_version(desk.versions)
        kill_at(step, publish, desk.folder)
        versions = desk.versions
        number = versions.served()
        assert number is not None
        served = load_archive(versions.archive(number)).book
        has_new = NEW in served.entry("last_four_digits").examples
        assert has_new is (number > 1), step
        assert all(versions.archive(one.number).is_file() for one in versions.all())
        assert desk.faq.read_bytes() == edited
        ends.append(has_new)
    assert len(ends) == POINTS
    desk.run("publish", "--yes", says="公開")  # nothing stays locked or half made
    assert not list(desk.versions.folder.glob(".next-*"))


def _serve_first_version(versions: Versions) -> None:
    if versions.served() != 1:
        versions.serve(1, "test", "rollback")
