"""docs/ja does what it says: its commands are run, its questions asked, word by word."""

from __future__ import annotations

import argparse
import ast
import re
import shlex
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from itertools import takewhile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.cli.main import COMMANDS
from bot.match.versions import Versions
from tests.channels.site import copy_of
from tests.cli.terminal import Terminal
from tests.conftest import ROOT, free_port, serve
from tests.docs.guide import LEFT_OUT, PAGES, STAFF, Append, Ask, Fill, Run, Step, matches, steps
from tests.publish.clients import post, version

NOTICE = "これは公開前の確認用の画面です。"
READY = "（終了: Ctrl-C）"
CTRL_C = "\x03"
SECONDS = 5.0  # in which a server takes over what was published, as the guide says
WIDTH, SIZE = 900, 150_000  # pixels and bytes of a picture

PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
COMMAND = re.compile(r"(?:`|(?:^|`|&& )\.venv/bin/)faq ([a-z]+(?: [^`\n>]*)?)", re.M)
BOLD = re.compile(r"\*\*(.+?)\*\*")


class Reader:
    """Somebody new to it, in a project folder with two terminals and a browser."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._preview: Terminal | None = None
        self._chat = ""
        self._preview_chat = ""
        self._sessions: dict[str, str] = {}  # a tab of the browser for each chat

    def do(self, step: Step) -> None:
        if isinstance(step, Ask):
            self._ask(step)
        elif isinstance(step, Append):
            with open(self._folder / step.file, "a", encoding="utf-8") as file:
                file.write(step.text)
        elif isinstance(step, Fill):
            self._fill(step)
        else:
            self._run(step)

    def _run(self, run: Run) -> None:
        self._end_preview()  # his terminal is taken until then
        if run.command == "make serve":
            self._chat = self._stack.enter_context(serve(self._folder))
            self._saw(run, (self._folder / "server.log").read_text("utf-8"))
        elif run.words[1] == "preview":
            self._start_preview(run)
        elif run.words[0] == ".venv/bin/faq":
            self._saw(run, self._shown(run))
            if run.words[1] in ("publish", "rollback"):
                self._wait_for_the_server()
        else:
            subprocess.run(run.words, cwd=self._folder, check=True)

    def _shown(self, run: Run) -> str:
        terminal = Terminal(*run.words[1:])
        for prompt, typed in run.typed:
            terminal.answer(prompt, f"{typed}\n")
        assert terminal.end() == 0, terminal.shown
        return terminal.shown

    def _wait_for_the_server(self) -> None:
        served = Versions(self._folder / "models/versions").served()
        deadline = time.monotonic() + SECONDS
        while version(self._chat) != served:
            assert time.monotonic() < deadline, f"version {served} was not taken over"
            time.sleep(0.05)

    def _start_preview(self, run: Run) -> None:
        port = free_port()
        self._preview = Terminal(*run.words[1:], "--port", str(port))
        self._preview.answer(READY)
        self._preview_chat = f"http://127.0.0.1:{port}"
        self._saw(run, self._preview.shown)
        with urllib.request.urlopen(f"{self._preview_chat}/chat/") as page:
            assert NOTICE in page.read().decode("utf-8")

    def _end_preview(self) -> None:
        if self._preview is not None:
            self._preview.answer("", CTRL_C)
            assert self._preview.end() == 0
            self._preview = None

    def _saw(self, run: Run, shown: str) -> None:
        expected = run.shown or f"{LEFT_OUT}\n"
        assert matches(expected, shown), f"{run.command} shows\n{shown}\nand not\n{run.shown}"

    def _ask(self, ask: Ask) -> None:
        """The page shows the short answer, where there is one, above the official one."""
        url = self._preview_chat if self._preview else self._chat
        session = self._sessions.get(url)
        reply = post(
            f"{url}/api/chat", {"text": ask.question} | ({"session": session} if session else {})
        )
        self._sessions[url] = reply["session"]
        said = reply["messages"][0]
        shown = "".join((said.get("short") or said["text"]).split())
        expected = "".join(ask.answer.split())
        goes_on = expected.endswith(LEFT_OUT)
        assert shown.startswith(expected.removesuffix(LEFT_OUT)), ask
        assert goes_on or shown == expected, ask

    def _fill(self, fill: Fill) -> None:
        book = load_workbook(self._folder / fill.file)
        rows = list(book.worksheets[0].iter_rows())
        column = [cell.value for cell in rows[0]].index(fill.heading)
        [cell] = [row[column] for row in rows if row[0].value == fill.entry]
        cell.value = f"{cell.value}\n{fill.line}"
        book.save(self._folder / fill.file)


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
