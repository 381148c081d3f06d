"""docs/ja does what it says: its commands are run, its questions asked, word by word."""

from __future__ import annotations

import argparse
import ast
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from itertools import takewhile
from pathlib import Path

import pytest

from bot.cli.main import COMMANDS
from tests.channels.site import copy_of
from tests.cli import terminal
from tests.conftest import ROOT
from tests.docs.guide import PAGES, STAFF, steps
from tests.docs.reader import Reader

WIDTH, SIZE = 900, 150_000  # pixels and bytes of a picture

PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
COMMAND = re.compile(r"(?:`|(?:^|`|&& )\.venv/bin/)faq ([a-z]+(?: [^`\n>]*)?)", re.M)
BOLD = re.compile(r"\*\*(.+?)\*\*")


@pytest.fixture
def folder(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As a clone is, but for the model, which is trained already."""
    folder = copy_of(project, tmp_path / "clone")
    shutil.copy(ROOT / "publish.yml", folder)
    (folder / "tests").mkdir()
    (folder / "tests/golden").symlink_to(ROOT / "tests/golden")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("LOGNAME", "tanaka")
    monkeypatch.setenv("TERM", "dumb")  # no colours, nothing that moves
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(terminal, "PATIENCE", 300)  # training says nothing for a while
    return folder


def test_the_staffs_guide_step_by_step(folder: Path) -> None:
    """From the first start to a new entry that answers, and back."""
    before = (folder / "data/faq.yml").read_bytes()
    with ExitStack() as stack:
        reader = Reader(folder, stack)
        for step in steps(STAFF):
            reader.do(step)
    assert (folder / "data/faq.yml").read_bytes() == before, "it says that all is as before"
    assert (folder / "report.html").is_file()


def test_the_commands_of_the_privacy_page(folder: Path) -> None:
    with ExitStack() as stack:
        reader = Reader(folder, stack)
        for step in steps(PAGES[2]):
            reader.do(step)


# ---- What the pages name exists


@pytest.fixture(params=PAGES, ids=lambda page: page.name)
def page(request: pytest.FixtureRequest) -> Path:
    file: Path = request.param
    return file


def test_pictures_are_there_and_small(page: Path) -> None:
    for name in PICTURE.findall(page.read_text("utf-8")):
        content = (page.parent / name).read_bytes()
        assert content.startswith(b"\x89PNG\r\n\x1a\n")
        assert int.from_bytes(content[16:20], "big") == WIDTH, name
        assert len(content) < SIZE, name


def test_no_picture_lies_about() -> None:
    named = {name for page in PAGES for name in PICTURE.findall(page.read_text("utf-8"))}
    assert named == {f"images/{file.name}" for file in STAFF.parent.glob("images/*")}


def test_commands_and_their_options_exist(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = page.read_text("utf-8")
    for command in COMMAND.findall(text):
        name, *words = takewhile(lambda word: word not in ("&&", "#"), shlex.split(command))
        parser_of(name).parse_args(words or arguments_needed(name))
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))
    assert options <= {option for name in COMMANDS for option in options_of(name)}


def parser_of(name: str) -> argparse.ArgumentParser:
    assert name in COMMANDS
    module = import_module(f"bot.cli.{'import_' if name == 'import' else name}")
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    return parser


def arguments_needed(name: str) -> list[str]:
    """A page may name a command without its file."""
    return ["faq.xlsx"] if name in ("import", "export") else []


def options_of(name: str) -> Iterator[str]:
    for action in parser_of(name)._actions:
        yield from action.option_strings


def test_messages_that_the_guide_explains_are_those_of_the_bot() -> None:
    _, _, section = STAFF.read_text("utf-8").partition("\n## 7 ")
    table, _, _ = section.partition("\n### ")
    messages = [BOLD.search(line) for line in table.splitlines() if line.startswith("| 誤り")]
    explained = BOLD.findall(table)
    assert len(explained) > 5 and all(messages)
    said = [text for file in (ROOT / "bot").rglob("*.py") for text in texts_of(file)]
    assert [one for one in explained if not any(one in text for text in said)] == []


def texts_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_labels_that_the_agents_page_names_are_on_the_screen() -> None:
    labels = {label.rstrip("。") for label in BOLD.findall(PAGES[1].read_text("utf-8"))}
    steps_of_a_call = {"開く", "探す", "確かめる", "伝える", "報告する", "次の電話へ"}
    screen = "".join(
        file.read_text("utf-8") for file in (ROOT / "bot/web/lookup").iterdir() if file.is_file()
    )
    assert len(labels - steps_of_a_call) > 5
    assert [label for label in labels - steps_of_a_call if label not in screen] == []
