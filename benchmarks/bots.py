"""The two bots that are compared: how each is made, started and spoken to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from benchmarks import stock_bot
from benchmarks.processes import LOG_TAIL, BenchmarkError, Command, free_ports
from bot.faq.entry import FaqBook

FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")
ENCODER = "models/encoder"
CODE = ("faq", "match", "nlu", "text")  # packages of bot/ that make the model
TRAIN_WITHIN = 4 * 3600  # seconds; on all texts DIET takes about an hour on two cores
# One address asks as often as eight members at once would.
UNLIMITED = {"FAQ_RATE": "1000000"}
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}


@dataclass(frozen=True, slots=True)
class Question:
    """`entry` must answer `text`, with a contact card."""

    entry: str
    text: str


class Bot(Protocol):
    """What the measuring needs of a bot."""

    @property
    def name(self) -> str: ...

    @property
    def folder(self) -> Path: ...

    @property
    def chat_path(self) -> str: ...

    def prepare(self) -> None:
        """Have a trained model in `folder`."""

    def commands(self) -> list[Command]:
        """All servers of the bot; the first is the one that is spoken to."""

    def body(self, text: str, conversation: str | None) -> dict[str, Any]:
        """The request for a question; a new conversation for None."""

    def conversation(self, reply: Any) -> str:
        """What the next question of the same conversation has to name."""

    def is_right(self, reply: Any, question: Question) -> bool: ...


@dataclass(frozen=True)
class FaqBot:
    """This project, in a folder of its own, so that nobody's model or conversations change."""

    root: Path
    folder: Path
    name: str = "ours"
    chat_path: str = "/api/chat"

    def prepare(self) -> None:
        """Copy the content and train.

        `faq train` itself knows whether the model is still true to the content; that its own
        code has changed it does not.
        """
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        shutil.copytree(self.root / "data", self.folder / "data")
        for name in FILES:
            shutil.copy(self.root / name, self.folder)
        models = self.folder / "models"
        models.mkdir(exist_ok=True)
        (self.folder / ENCODER).unlink(missing_ok=True)
        (self.folder / ENCODER).symlink_to(self.root / ENCODER)
        mark, key = self.folder / stock_bot.MADE_FROM, self._code()
        same_code = mark.is_file() and mark.read_text("ascii") == key
        train([_beside_python("faq"), "train", *([] if same_code else ["--force"])], self.folder)
        mark.write_text(key, "ascii")
        for archive in sorted(models.glob("*.tar.gz"), key=lambda f: f.stat().st_mtime)[:-1]:
            archive.unlink()

    def _code(self) -> str:
        files = sorted(f for part in CODE for f in (self.root / "bot" / part).glob("*.py"))
        return stock_bot.digest({str(f.relative_to(self.root)): f.read_text() for f in files})

    def commands(self) -> list[Command]:
        for database in self.folder.glob("var/*.db*"):  # every start from the same state
            database.unlink()
        (port,) = free_ports(1)
        arguments = (_beside_python("faq"), "serve", "--port", str(port))
        return [Command("faq serve", arguments, port, "/health/ready", {**QUIET, **UNLIMITED})]

    def body(self, text: str, conversation: str | None) -> dict[str, Any]:
        return {"text": text, "session": conversation}

    def conversation(self, reply: Any) -> str:
        return str(reply["session"])

    def is_right(self, reply: Any, question: Question) -> bool:
        answers = [m["id"] for m in reply["messages"] if m["type"] == "answer"]
        cards = [m for m in reply["messages"] if m["type"] == "contact"]
        return answers == [question.entry] and bool(cards)


@dataclass(frozen=True)
class StockBot:
    """Stock Rasa: DIET, rules, the REST channel, conversations in memory, an action server."""

    book: FaqBook
    vocabulary: Path
    folder: Path
    name: str = "stock Rasa"
    chat_path: str = "/webhooks/rest/webhook"
    lessons: stock_bot.Lessons = stock_bot.FIRST_LESSONS

    def prepare(self) -> None:
        stock_bot.write_stock_bot(self.book, self.vocabulary, self.folder, self.lessons)
        model = stock_bot.MODEL
        if not (self.folder / model).is_file():
            name = ["--out", str(model.parent), "--fixed-model-name", model.name]
            train([_beside_python("rasa"), "train", *name], self.folder)

    def commands(self) -> list[Command]:
        port, action_port = free_ports(2)
        rasa = _beside_python("rasa")
        server = (rasa, "run", "--interface", "127.0.0.1", "--port", str(port))
        actions = (rasa, "run", "actions", "--actions", "stock_actions", "--port", str(action_port))
        where = {"STOCK_ACTION_URL": f"http://127.0.0.1:{action_port}/webhook"}
        # Rasa loads its model before it listens: "/" answers once it can answer a question.
        return [
            Command("rasa run", server, port, "/", {**QUIET, **where}),
            Command(
                "rasa run actions",
                actions,
                action_port,
                "/health",
                {**QUIET, "SANIC_HOST": "127.0.0.1"},
            ),
        ]

    def body(self, text: str, conversation: str | None) -> dict[str, Any]:
        return {"sender": conversation or uuid.uuid4().hex, "message": text}

    def conversation(self, reply: Any) -> str:
        return str(reply[0]["recipient_id"])

    def is_right(self, reply: Any, question: Question) -> bool:
        cards = [m["custom"] for m in reply if "custom" in m]
        return bool(cards) and all(card["entry"] == question.entry for card in cards)


def questions(book: FaqBook) -> list[Question]:
    """Wordings that both bots know, of the entries that both answer with a contact card.

    Entries with steps are left out: only ours shows them.
    """
    return [
        Question(entry.id, wording)
        for entry in book.entries
        if entry.contacts and not entry.steps
        for wording in stock_bot.stock_wordings(book, entry)
    ]


def train(command: list[str], folder: Path) -> None:
    """Raises BenchmarkError when it fails or takes more than TRAIN_WITHIN."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **QUIET},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=TRAIN_WITHIN,
        )
    except subprocess.TimeoutExpired as error:
        raise BenchmarkError(f"{' '.join(command)} took more than {TRAIN_WITHIN} s") from error
    if done.returncode:
        said = done.stdout.decode("utf-8", "replace")[-LOG_TAIL:]
        raise BenchmarkError(f"{' '.join(command)} ended with {done.returncode}:\n{said}")


def _beside_python(program: str) -> str:
    return str(Path(sys.executable).with_name(program))
