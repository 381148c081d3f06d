"""Killed at any moment of an import, faq.yml is the old one or the new one, to the byte."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.faq import edit, files
from bot.faq.load import load_book
from bot.sheets import plan
from bot.sheets.csv_file import csv_bytes

MOMENTS = 20
ROWS = 300  # an import of half a second
# What is worked on, in order: (where it is called from, what).
STEPS = (
    (plan, "read_incoming"),
    (plan.Plan, "put_into"),
    (edit, "load_book"),
    (files, "locked"),
    (files.tempfile, "mkstemp"),
    (files.os, "fdopen"),
    (files.os, "fchmod"),
    (files.os, "fsync"),
    (files.os, "replace"),
    (files, "sync_folder"),
)
REPLACED = STEPS.index((files.os, "replace"))


@pytest.fixture
def faq(project_folder: Path) -> Path:
    """faq.yml with a table beside it that changes both entries and brings new ones."""
    rows = [["id", "分類", "質問", "回答", "例文"]]
    rows += [
        [f"card_{n}", "お知らせ", f"質問{n}番", "はい。\n次の行。", f"例{n}番"] for n in range(ROWS)
    ]
    rows += [
        ["may_discard", "お知らせ", "捨ててよいですか", "いいえ。", "捨てる"],
        ["check_on_portal", "お知らせ", "どこで見ますか", "画面です。", "見方"],
    ]
    Path("faq.csv").write_bytes(csv_bytes(rows, "utf-8"))
    return project_folder / "data/faq.yml"


def imported(work: Callable[[], None] = lambda: None) -> multiprocessing.Process:
    """An import in a process of its own, which does `work` first."""

    def run() -> None:
        work()
        with open(os.devnull, "w") as quiet, contextlib.redirect_stdout(quiet):
            os._exit(main(["import", "faq.csv", "--yes"]))

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    return process  # type: ignore[return-value]


def old_and_new(faq: Path) -> tuple[bytes, bytes]:
    """faq.yml before and after an import; it is the old one again."""
    old = faq.read_bytes()
    process = imported()
    process.join()
    assert process.exitcode == 0
    new = faq.read_bytes()
    assert len(new) > len(old)
    faq.write_bytes(old)
    return old, new


def check_next_import(faq: Path, new: bytes) -> None:
    """Nothing stays locked, and nothing lies about."""
    process = imported()
    process.join()
    assert process.exitcode == 0
    assert faq.read_bytes() == new
    assert sorted(file.name for file in faq.parent.iterdir()) == [
        *("contacts.yml", "faq.yml", "out_of_scope.yml", "vocabulary.csv", "wordings.yml")
    ]


def test_killed_at_moments_spread_over_the_import(faq: Path) -> None:
    old, new = old_and_new(faq)
    start = time.monotonic()
    imported().join()
    whole = time.monotonic() - start
    found = []
    for moment in range(MOMENTS):
        faq.write_bytes(old)
        process = imported()
        time.sleep(whole * moment / (MOMENTS - 1))
        process.kill()
        process.join()
        found.append(faq.read_bytes())
        assert found[-1] in (old, new)
        load_book(faq.parent)
    assert found[0] == old
    faq.write_bytes(old)
    check_next_import(faq, new)


@pytest.mark.parametrize("step", range(len(STEPS)))
@pytest.mark.parametrize("after", [False, True])
def test_killed_at_each_step_of_writing(step: int, after: bool, faq: Path) -> None:
    old, new = old_and_new(faq)
    owner, name = STEPS[step]

    def die_there() -> None:
        work = getattr(owner, name)

        def die(*args: object, **options: object) -> None:
            if after:
                work(*args, **options)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(owner, name, die)

    process = imported(die_there)
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert faq.read_bytes() == (new if step + after > REPLACED else old)
    load_book(faq.parent)
    faq.write_bytes(old)
    check_next_import(faq, new)
