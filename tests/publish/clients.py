"""People who talk to a server for as long as somebody wants to know how it answers."""

from __future__ import annotations

import contextlib
import itertools
import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

QUESTIONS = (
    "お知らせは捨ててもいいですか",
    "お知らせをなくしたので再発行してほしい",
    "マイナンバーの下4桁が載っているのはなぜですか",
    "家族の分が入っていません",
    "マイナポータルで確認する手順を教えて",
    "明日の天気は？",
)


@dataclass
class Talk:
    """What clients got: seconds of each reply, and everything that was no reply."""

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)


@contextlib.contextmanager
def talking(url: str, clients: int, pause: float) -> Iterator[Talk]:
    """`clients` conversations side by side, `pause` seconds between a reply and the next message."""
    talk, stop = Talk(), threading.Event()
    threads = [
        threading.Thread(target=_converse, args=(url, number, pause, talk, stop))
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    try:
        yield talk
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _converse(url: str, number: int, pause: float, talk: Talk, stop: threading.Event) -> None:
    session = None
    for count in itertools.count(number):
        if stop.is_set():
            return
        body = {"text": QUESTIONS[count % len(QUESTIONS)]}
        start = time.perf_counter()
        try:
            reply = post(f"{url}/api/chat", body | ({"session": session} if session else {}))
            messages = reply["messages"]
            assert messages
            talk.kinds |= {message["type"] for message in messages}
            session = reply["session"] if count % 20 else None  # a new visitor now and then
        except Exception as error:
            talk.failures.append(repr(error))
        talk.seconds.append(time.perf_counter() - start)
        stop.wait(pause)


def post(url: str, body: dict[str, Any], timeout: float = 30) -> Any:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=timeout) as response:
        return json.load(response)


def version(url: str) -> int | None:
    with urllib.request.urlopen(f"{url}/health/ready", timeout=30) as response:
        number = json.load(response)["version"]
    assert number is None or isinstance(number, int)
    return number
