"""A turn of a conversation sees one model from its beginning to its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Gate:
    """Turns go through side by side; while it is closed, new ones wait and none is under way."""

    def __init__(self) -> None:
        self._turns = 0
        self._open = asyncio.Event()
        self._open.set()
        self._idle = asyncio.Event()
        self._idle.set()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        while not self._open.is_set():  # somebody may close it again before we are woken
            await self._open.wait()
        self._turns += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._turns -= 1
            if not self._turns:
                self._idle.set()

    @asynccontextmanager
    async def closed(self, patience: float) -> AsyncIterator[None]:
        """TimeoutError, and open again, where a turn under way takes longer than `patience` s."""
        self._open.clear()
        try:
            await asyncio.wait_for(self._idle.wait(), patience)
            yield
        except asyncio.TimeoutError as error:
            raise TimeoutError from error
        finally:
            self._open.set()


TURNS = Gate()
"""Of this server's conversations."""
