"""Do a thing once, however often a client asks for it under the same name.

On a bad network a reply gets lost and the browser sends the question again: it gets the reply
that was made, or waits for the one that is being made.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")

KEPT = 2000  # results; a retry comes within seconds

Key = tuple[str, str]


class Once(Generic[T]):
    """Results by key; the oldest are forgotten."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._tasks: OrderedDict[Key, asyncio.Future[T]] = OrderedDict()

    async def done(self, key: Key | None, work: Callable[[], Awaitable[T]]) -> T:
        """The result of `work`, or of an earlier one with this key; a failure is forgotten.

        The work goes on when the client that began it hangs up.
        """
        if key is None:
            return await work()
        task = self._tasks.get(key)
        if task is None:
            task = self._tasks[key] = asyncio.ensure_future(work())
            # Looked at even when nobody waits: asyncio would log it, with what was asked.
            task.add_done_callback(lambda done: done.cancelled() or done.exception())
            while len(self._tasks) > self._kept:
                self._tasks.popitem(last=False)
        try:
            return await asyncio.shield(task)
        except Exception:
            self._tasks.pop(key, None)
            raise
