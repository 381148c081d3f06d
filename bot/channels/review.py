"""The staff's channel for questions without an answer: the review page and its API."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, file, json, redirect

from bot.channels import body, errors
from bot.channels.review_body import carry_out
from bot.channels.staff import Staff
from bot.faq.fault import FaqError
from bot.faq.yaml_edit import EditError
from bot.nlu import served
from bot.review.decisions import AlreadyDecidedError, Decisions
from bot.review.desk import DAYS, MOST_DAYS, Desk
from bot.review.reviewer import ReadOnlyError, RefusedError, Reviewer
from bot.review.store import ReviewStore

DATA: Final = Path("data")
PAGE: Final = Path(__file__).parent.parent / "web" / "review"
MAX_GROUPS: Final = 100  # in one reply; the next ones come when these are decided
MAX_DECISION: Final = 262_144  # bytes: some hundred questions of one group

T = TypeVar("T")

# Not the threads that answer members: reading many questions anew takes seconds, and an edit
# waits for whoever else is editing.
_threads = ThreadPoolExecutor(2, thread_name_prefix="review")


class ReviewChannel(InputChannel):
    """What members asked without getting an answer, for staff only, who edit data/ here."""

    def __init__(self, staff: Staff, store: ReviewStore, data: Path = DATA) -> None:
        self._staff = staff
        self._engine = store.engine
        self._data = data
        self._reviewer = Reviewer(data, Decisions(store.engine))
        self._desk: Desk | None = None

    @classmethod
    def name(cls) -> str:
        return "review"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> ReviewChannel:
        return cls(Staff.of_environment(), ReviewStore.open())

    def url_prefix(self) -> str:
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("faq_review")
        routes.static("/review", str(PAGE), name="review_files")

        @routes.get("/review", strict_slashes=True)
        async def page(request: Request) -> HTTPResponse:
            return await file(str(PAGE / "index.html"))  # it holds nothing secret

        @routes.get("/review/", strict_slashes=True)
        async def to_page(request: Request) -> HTTPResponse:
            return redirect("/review")

        @routes.get("/api/review")
        async def waiting(request: Request) -> HTTPResponse:
            return await errors.answered(self._waiting(request))

        @routes.post("/api/review/decision")
        async def decision(request: Request) -> HTTPResponse:
            return await errors.answered(self._decision(request))

        return routes

    async def _waiting(self, request: Request) -> HTTPResponse:
        self._admit(request)
        days = _days(request.args.get("days", str(DAYS)))
        queue = await _in_thread(self._queue, self._current(), days)
        return json({"by": self._staff.user(request), **queue}, ensure_ascii=False)

    def _queue(self, desk: Desk, days: int) -> dict[str, Any]:
        return desk.as_dict(desk.content(), days, MAX_GROUPS)

    async def _decision(self, request: Request) -> HTTPResponse:
        self._admit(request)
        _refuse_forms(request)
        said = body.read_object(request, MAX_DECISION)
        by = self._staff.user(request)
        reply = await _in_thread(self._decided, self._current(), said, by)
        return json(reply, ensure_ascii=False)

    def _decided(self, desk: Desk, said: dict[str, Any], by: str | None) -> dict[str, Any]:
        """What was written, and whether there is something to publish."""
        try:
            written = carry_out(said, self._reviewer, by)
        except AlreadyDecidedError as error:
            raise errors.ApiError(409, "already_decided", str(error)) from None
        except ReadOnlyError as error:
            raise errors.ApiError(409, "read_only", str(error)) from None
        except (FaqError, EditError, RefusedError) as error:
            raise errors.ApiError(422, "content_fault", str(error)) from None
        return {"written": written, "unpublished": desk.is_unpublished(desk.content().book)}

    def _current(self) -> Desk:
        """For the served model; another one reads all questions anew."""
        model = served.current()
        if self._desk is None or self._desk.model is not model:
            self._desk = Desk(self._engine, self._data, model)
        return self._desk

    def _admit(self, request: Request) -> None:
        """Staff, on our own page or a program: no page of another site, not even of one that
        embeds the chat, has a part in this."""
        self._staff.admit(request)
        origin = request.headers.get("origin")
        if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
            raise errors.forbidden_origin()


async def _in_thread(work: Callable[..., T], *args: Any) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads, work, *args)


def _refuse_forms(request: Request) -> None:
    """A form of any site can send a text; JSON needs a script, which the browser asks about."""
    if (request.headers.get("content-type") or "").split(";")[0].strip() != "application/json":
        raise errors.invalid_json()


def _days(text: str) -> int:
    short = text.isascii() and text.isdigit() and len(text) < 4
    if not (short and 1 <= int(text) <= MOST_DAYS):
        raise errors.invalid_field("days", f"1 から {MOST_DAYS} までの整数")
    return int(text)
