"""The call centre's channel: ``GET /api/lookup``, the matcher without Rasa's dialogue."""

from __future__ import annotations

import hmac
import os
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot import clock
from bot.channels import errors
from bot.faq.card import contact_card
from bot.match.decision import Candidate
from bot.match.model import FaqModel
from bot.nlu import served
from bot.text.redact import redact

TOKEN_VARIABLE = "FAQ_LOOKUP_TOKEN"
MAX_QUERY = 500  # characters
MAX_HITS = 20


class LookupChannel(InputChannel):
    """Ranked entries with the agents' own notes, for staff only.

    With `FAQ_LOOKUP_TOKEN` set, requests need ``Authorization: Bearer <token>``; without
    it only requests from this very machine are served, for trying it out.
    """

    def __init__(self, token: str | None) -> None:
        self._token = token

    @classmethod
    def name(cls) -> str:
        return "lookup"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> LookupChannel:
        return cls(os.environ.get(TOKEN_VARIABLE) or None)  # an empty one is no secret

    def url_prefix(self) -> str:
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("faq_lookup")

        @routes.get("/api/lookup")
        async def lookup(request: Request) -> HTTPResponse:
            return await errors.answered(self._lookup(request))

        return routes

    async def _lookup(self, request: Request) -> HTTPResponse:
        self._admit(request)
        return json(_lookup(request), ensure_ascii=False)

    def _admit(self, request: Request) -> None:
        if self._token is None:
            # A forwarded request comes from elsewhere, whatever the peer's address is.
            forwarded = {"forwarded", "x-forwarded-for", "x-real-ip"} & set(request.headers)
            admitted = request.ip in ("127.0.0.1", "::1") and not forwarded
        else:
            given = request.headers.get("authorization", "").removeprefix("Bearer ")
            admitted = hmac.compare_digest(given.encode("utf-8", "replace"), self._token.encode())
        if not admitted:
            raise errors.forbidden()


def _lookup(request: Request) -> dict[str, Any]:
    query = (request.args.get("q") or "").strip()
    if len(query) > MAX_QUERY:
        raise errors.too_long(MAX_QUERY)
    limit = _limit(request.args.get("limit", "5"))
    query = redact(query).text
    model = served.current()
    candidates = model.rank(query, limit) if query else ()
    return {"query": query, "hits": [_hit(model, c) for c in candidates]}


def _limit(text: str) -> int:
    short = text.isascii() and text.isdigit() and len(text) < 4
    if not (short and 1 <= int(text) <= MAX_HITS):
        raise errors.invalid_field("limit", f"1 から {MAX_HITS} までの整数")
    return int(text)


def _hit(model: FaqModel, candidate: Candidate) -> dict[str, Any]:
    entry = model.book.entry(candidate.entry)
    return {
        "id": entry.id,
        "category": entry.category,
        "question": entry.question,
        "answer": entry.answer,
        "agent_note": entry.agent_note,
        "confidence": round(candidate.confidence, 4),
        "contacts": [contact_card(model.book.contact(i), clock.now()) for i in entry.contacts],
        "links": [
            {"id": c.id, "name": c.name, "url": c.url} for c in map(model.book.contact, entry.links)
        ],
        "related": [i for i in entry.related if i in model.valid_ids()],
        "source": entry.source,
        "reviewed": entry.reviewed.isoformat() if entry.reviewed else None,
    }
