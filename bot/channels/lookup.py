"""The call centre's channel: the lookup page and its API, without Rasa's dialogue."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeGuard

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, file, json, redirect

from bot import clock
from bot.channels import body, errors
from bot.channels.dialogue import in_thread
from bot.channels.lookup_view import Lookup
from bot.channels.staff import Staff
from bot.match.model import FaqModel
from bot.nlu import served
from bot.review.store import LookupVerdict, ReviewStore
from bot.text.redact import redact

MAX_QUERY = 500  # characters
MAX_HITS = 20
VERDICTS = ("found", "wrong", "missing")
PAGE = Path(__file__).parent.parent / "web" / "lookup"


class LookupChannel(InputChannel):
    """Ranked entries with the agents' own notes, for staff only."""

    def __init__(self, token: str | None, user_header: str | None, store: ReviewStore) -> None:
        self._staff = Staff(token, user_header)
        self._store = store
        self._lookup: Lookup | None = None

    @classmethod
    def name(cls) -> str:
        return "lookup"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> LookupChannel:
        staff = Staff.of_environment()
        return cls(staff.token, staff.user_header, ReviewStore.open())

    def url_prefix(self) -> str:
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("faq_lookup")
        routes.static("/lookup", str(PAGE), name="lookup_files")

        @routes.get("/lookup", strict_slashes=True)
        async def page(request: Request) -> HTTPResponse:
            return await file(str(PAGE / "index.html"))  # it holds nothing secret

        @routes.get("/lookup/", strict_slashes=True)
        async def to_page(request: Request) -> HTTPResponse:
            return redirect("/lookup")

        @routes.get("/api/lookup")
        async def lookup(request: Request) -> HTTPResponse:
            return await errors.answered(self._search(request))

        @routes.get("/api/lookup/entries/<entry_id>")
        async def entry(request: Request, entry_id: str) -> HTTPResponse:
            return await errors.answered(self._entry(request, entry_id))

        @routes.post("/api/lookup/verdict")
        async def verdict(request: Request) -> HTTPResponse:
            return await errors.answered(self._verdict(request))

        return routes

    async def _search(self, request: Request) -> HTTPResponse:
        self._admit(request)
        query = (request.args.get("q") or "").strip()
        if len(query) > MAX_QUERY:
            raise errors.too_long(MAX_QUERY)
        limit, day = _limit(request.args.get("limit", "5")), _day(request.args.get("on"))
        query = redact(query).text
        hits = await in_thread(self._current().hits, query, limit, day) if query else []
        return _tagged(request, {"query": query, "on": day.isoformat(), "hits": hits})

    async def _entry(self, request: Request, entry_id: str) -> HTTPResponse:
        self._admit(request)
        day, lookup = _day(request.args.get("on")), self._current()
        entry = next((e for e in lookup.model.book.entries if e.id == entry_id), None)
        if entry is None or not entry.is_valid_on(day):
            raise errors.unknown_entry()
        return _tagged(request, lookup.entry(entry, day))

    async def _verdict(self, request: Request) -> HTTPResponse:
        self._admit(request)
        said = _read_verdict(body.read_object(request), served.current())
        await in_thread(self._store.add_lookup, said)
        return json({"status": "ok"})

    def _current(self) -> Lookup:
        """For the served model; another one begins with nothing remembered."""
        model = served.current()
        if self._lookup is None or self._lookup.model is not model:
            self._lookup = Lookup(model)
        return self._lookup

    def _admit(self, request: Request) -> None:
        self._staff.admit(request)


def _read_verdict(said: dict[str, Any], model: FaqModel) -> LookupVerdict:
    query = body.read_text(said, "query", limit=MAX_QUERY)
    if not query:
        raise errors.invalid_field("query", "文字列")
    known = {entry.id for entry in model.book.entries}
    shown = said.get("shown")
    if not _are_texts(shown) or len(shown) > MAX_HITS or not known.issuperset(shown):
        raise errors.invalid_field("shown", f"質問の id の並び（{MAX_HITS}件まで）")
    verdict = said.get("verdict")
    if verdict not in VERDICTS:
        raise errors.invalid_field("verdict", "・".join(VERDICTS) + " のいずれか")
    entry = body.read_text(said, "entry", limit=100)
    if entry is not None and entry not in known:
        raise errors.unknown_entry()
    return LookupVerdict(body.storable(redact(query).text), tuple(shown), verdict, entry)


def _are_texts(value: Any) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _limit(text: str) -> int:
    short = text.isascii() and text.isdigit() and len(text) < 4
    if not (short and 1 <= int(text) <= MAX_HITS):
        raise errors.invalid_field("limit", f"1 から {MAX_HITS} までの整数")
    return int(text)


def _day(text: str | None) -> date:
    """Today in Japan unless given."""
    if not text:
        return clock.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise errors.invalid_field("on", "2027-04-01 のような日付") from None


def _tagged(request: Request, content: dict[str, Any]) -> HTTPResponse:
    """As JSON, or 304 where the client has just that already."""
    response = json(content, ensure_ascii=False)
    tag = f'"{hashlib.sha256(response.body or b"").hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return empty(304, headers)
    response.headers.update(headers)
    return response
