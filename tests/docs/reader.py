"""A reader who does what a guide says, word by word, and looks whether he sees what it says."""

from __future__ import annotations

import subprocess
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from openpyxl import load_workbook

from bot.match.versions import Versions
from tests.cli.terminal import CTRL_C, Terminal
from tests.conftest import free_port, serve
from tests.docs.guide import LEFT_OUT, Append, Ask, Fill, Run, Step, matches
from tests.publish.clients import post, version

NOTICE = "これは公開前の確認用の画面です。"
READY = "（終了: Ctrl-C）"
SECONDS = 5.0  # in which a server takes over what was published, as the guide says


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
        terminal = Terminal(*run.words[1:], kind="dumb")
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
        self._preview = Terminal(*run.words[1:], "--port", str(port), kind="dumb")
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
