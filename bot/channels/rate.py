"""How often one conversation and one address may ask.

A person types a question in seconds; hundreds a minute are a program, and would take the
answers away from everybody else.  Behind one address there may be a whole company.
"""

from __future__ import annotations

import math
import os
import re
import time
from collections import OrderedDict, deque
from typing import Final

from sanic.request import Request

from bot.channels import errors
from bot.errors import FaqBotError

RATE_VARIABLE: Final = "FAQ_RATE"  # in place of AN_ADDRESS

A_SESSION: Final = 30  # messages a minute
AN_ADDRESS: Final = 300  # messages a minute
SUGGESTIONS: Final = 600  # a minute and address: several for each question typed
_MINUTE: Final = 60.0  # seconds


class RateError(FaqBotError):
    """The setting of this module cannot be used; the message says what to do."""


class RateLimits:
    """Raises ApiError 429 with Retry-After for what is too much."""

    def __init__(self, session: int = A_SESSION, address: int = AN_ADDRESS) -> None:
        self._session = Window(session)
        self._address = Window(address)
        self._suggestions = Window(SUGGESTIONS)

    @classmethod
    def of_environment(cls) -> RateLimits:
        """Raises RateError for what is no number of messages."""
        rate = os.environ.get(RATE_VARIABLE, "").strip() or str(AN_ADDRESS)
        if not re.fullmatch("[1-9][0-9]{0,6}", rate, re.ASCII):
            raise RateError(
                f"{RATE_VARIABLE} には、一つのアドレスから1分間に受け付ける件数を"
                f"1以上の整数で書いてください（既定: {AN_ADDRESS}）。"
            )
        return cls(address=int(rate))

    def admit_message(self, request: Request, session: str) -> None:
        """One more message of this conversation and address."""
        _admit(self._session, session)
        _admit(self._address, address_of(request))

    def admit_suggestion(self, request: Request) -> None:
        _admit(self._suggestions, address_of(request))

    def admit_search(self, request: Request) -> None:
        """A question put to the plain pages, which know no conversations."""
        _admit(self._address, address_of(request))


class Window:
    """At most `limit` times a minute for each name; names of more than a minute ago are
    forgotten, however many there were.

    >>> window = Window(2)
    >>> window.wait("a"), window.wait("a"), window.wait("a"), window.wait("b")
    (0, 0, 60, 0)
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._times: OrderedDict[str, deque[float]] = OrderedDict()  # by the last time of each

    def wait(self, name: str) -> int:
        """0 where it is admitted, and counted; else seconds until the next one is."""
        now = time.monotonic()
        self._forget(now - _MINUTE)
        times = self._times.setdefault(name, deque())
        while times and times[0] <= now - _MINUTE:
            times.popleft()
        if len(times) >= self._limit:
            return math.ceil(times[0] + _MINUTE - now)
        times.append(now)
        self._times.move_to_end(name)
        return 0

    def _forget(self, before: float) -> None:
        while self._times and next(iter(self._times.values()))[-1] <= before:
            self._times.popitem(last=False)


def _admit(window: Window, name: str) -> None:
    wait = window.wait(name)
    if wait:
        raise errors.too_many(wait)


def address_of(request: Request) -> str:
    """Of the client; of the proxy's client where `FAQ_PROXIES` says how many proxies to trust."""
    return str(request.remote_addr or request.ip)
