"""``GET /api/entries``: what a member can choose without typing."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any, Final

from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot import clock
from bot.channels.dialogue import in_thread
from bot.faq.categories import button, categories
from bot.nlu import served
from bot.review.store import ReviewStore

FREQUENT: Final = 4
PERIOD: Final = timedelta(days=30)
COUNTED_FOR: Final = 300  # seconds, also in the browser: a count of the month changes slowly
_HEADERS: Final = {"Cache-Control": f"public, max-age={COUNTED_FOR}"}


class Menu:
    """The most asked questions and all questions by category."""

    def __init__(self, store: ReviewStore) -> None:
        self._store = store
        self._counted_at = -float(COUNTED_FOR)
        self._most_asked: list[str] = []

    async def response(self, request: Request) -> HTTPResponse:
        return json(await self._content(), headers=_HEADERS, ensure_ascii=False)

    async def _content(self) -> dict[str, Any]:
        if time.monotonic() - self._counted_at >= COUNTED_FOR:
            self._counted_at = time.monotonic()
            self._most_asked = await in_thread(self._store.most_asked, clock.now() - PERIOD)
        book, today = served.current().book, clock.today()
        return {"frequent": self._frequent(), "categories": categories(book, today)}

    def _frequent(self) -> list[dict[str, str]]:
        """The first of the book stand in while nobody has asked."""
        model = served.current()
        valid = model.valid_ids()
        ids = dict.fromkeys([*self._most_asked, *(e.id for e in model.book.entries)])
        return [button(model.book.entry(id)) for id in ids if id in valid][:FREQUENT]
