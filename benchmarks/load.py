"""Time chat replies over HTTP: one after the other, and from several clients at once."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from benchmarks.bots import Bot, Question
from benchmarks.processes import HOST, BenchmarkError

TURNS = 5  # questions of one conversation; stock Rasa slows down as a conversation grows
TIMEOUT = 60.0  # seconds for one reply


@dataclass(frozen=True, slots=True)
class Reply:
    """`seconds` from sending the question to having read the whole reply."""

    seconds: float
    right: bool


class Client:
    """One user's browser: a kept-alive connection, a new conversation every few turns."""

    def __init__(self, bot: Bot, connection: http.client.HTTPConnection) -> None:
        self._bot = bot
        self._connection = connection
        self._conversation: str | None = None
        self._turns = 0

    @classmethod
    @contextlib.contextmanager
    def connected(cls, bot: Bot, port: int) -> Iterator[Client]:
        connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT)
        try:
            connection.connect()
            yield cls(bot, connection)
        finally:
            connection.close()

    def ask(self, question: Question) -> Reply:
        """Raises BenchmarkError for anything but a reply with status 200."""
        if self._turns % TURNS == 0:
            self._conversation = None
        self._turns += 1
        body = json.dumps(self._bot.body(question.text, self._conversation)).encode()
        started = time.perf_counter()
        status, content = self._post(body)
        seconds = time.perf_counter() - started
        if status != 200:
            said = content[:300].decode("utf-8", "replace")
            raise BenchmarkError(f"{self._bot.name} replied {status} to a question: {said}")
        reply: Any = json.loads(content)
        right = self._bot.is_right(reply, question)
        self._conversation = self._bot.conversation(reply) if reply else None
        return Reply(seconds, right)

    def _post(self, body: bytes) -> tuple[int, bytes]:
        try:
            headers = {"Content-Type": "application/json"}
            self._connection.request("POST", self._bot.chat_path, body, headers)
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise BenchmarkError(f"{self._bot.name} did not reply: {error!r}") from error


def one_by_one(
    bot: Bot, port: int, questions: Sequence[Question], warm_up: int, count: int
) -> list[Reply]:
    """`count` replies to one client, after `warm_up` that are not counted."""
    with Client.connected(bot, port) as client:
        asked = itertools.islice(itertools.cycle(questions), warm_up + count)
        return [client.ask(question) for question in asked][warm_up:]


@dataclass(frozen=True, slots=True)
class Load:
    """What several clients got together; `per_second` counts whole replies."""

    per_second: float
    replies: tuple[Reply, ...]


def at_once(
    bot: Bot, port: int, questions: Sequence[Question], clients: int, seconds: float
) -> Load:
    """Replies to clients that each ask again as soon as they have a reply."""
    together = threading.Barrier(clients)

    def user(number: int) -> tuple[float, float, list[Reply]]:
        # Each begins at another place, so that not all ask the same thing at once.
        first = number * len(questions) // clients
        asked = itertools.cycle([*questions[first:], *questions[:first]])
        with Client.connected(bot, port) as client:
            together.wait(TIMEOUT)
            started = time.perf_counter()
            replies = [client.ask(next(asked))]
            while time.perf_counter() - started < seconds:
                replies.append(client.ask(next(asked)))
            return started, time.perf_counter(), replies

    with ThreadPoolExecutor(clients) as pool:
        users = list(pool.map(user, range(clients)))
    lasted = max(end for _, end, _ in users) - min(start for start, _, _ in users)
    replies = tuple(reply for *_, theirs in users for reply in theirs)
    return Load(len(replies) / lasted, replies)
