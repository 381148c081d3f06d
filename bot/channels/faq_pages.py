"""The FAQ as plain pages without JavaScript: ``/faq``, ``/faq/<id>``, a search by ``POST``."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Awaitable, Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, html, redirect

from bot import clock
from bot.channels.body import MAX_BODY, storable
from bot.channels.dialogue import MAX_TEXT, Question, in_thread, turn_of
from bot.channels.errors import ApiError
from bot.channels.faq_search import Result
from bot.channels.faq_view import Sheet, groups, structured
from bot.channels.notices import EMPTY, REDACTED
from bot.channels.rate import RateLimits
from bot.match.model import FaqModel
from bot.nlu import served
from bot.review.store import ReviewStore
from bot.text.language import language_of
from bot.text.redact import redact

logger = logging.getLogger(__name__)

FOLDER = Path(__file__).parent.parent / "web" / "faq"
READ = ("GET", "HEAD")
FORM = "application/x-www-form-urlencoded"
MAX_FIELDS = 20  # of a form that has one

# Beside those of all responses (bot/channels/security.py).
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
}

TOO_LONG = f"文が長すぎます。{MAX_TEXT}文字以内でお書きください。"
NOT_FOUND = "この質問は現在ご案内していません。"
TOO_LARGE = "送信内容が大きすぎます。"
UNREADABLE = "送信内容を読み取れませんでした。一覧のページから、もう一度お試しください。"
FAILED = "申し訳ありません。処理できませんでした。時間をおいてお試しください。"


class PageError(Exception):
    """A page that only says what went wrong; `text` never repeats what the user sent."""

    def __init__(
        self,
        status: int,
        text: str,
        title: str = "表示できませんでした",
        retry_after: int | None = None,
    ) -> None:
        super().__init__(status)
        self.retry_after = retry_after
        self.status = status
        self.text = text
        self.title = title


class FaqPages(InputChannel):
    """What a browser without JavaScript, a search engine and a printer get."""

    @classmethod
    def name(cls) -> str:
        return "faq"

    def url_prefix(self) -> str:
        return "/"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> FaqPages:
        return cls(ReviewStore.open(), RateLimits.of_environment())

    def __init__(self, store: ReviewStore, limits: RateLimits) -> None:
        self._store = store
        self._limits = limits

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("faq_pages")
        routes.static("/faq/static/faq.css", str(FOLDER / "faq.css"), name="style")

        @routes.route("/faq", methods=READ, strict_slashes=True)
        async def index(request: Request) -> HTTPResponse:
            return await _answered(_index(), root="./")

        @routes.post("/faq", strict_slashes=True)
        async def search(request: Request) -> HTTPResponse:
            return await _answered(self._search(request), root="./")

        @routes.route("/faq/", methods=READ, strict_slashes=True, name="faq_slash")
        async def to_index(request: Request) -> HTTPResponse:
            return redirect("../faq")

        @routes.route("/faq/<entry_id>", methods=READ, strict_slashes=True)
        async def entry(request: Request, entry_id: str) -> HTTPResponse:
            return await _answered(_entry(entry_id), root="../")

        return routes

    async def _search(self, request: Request) -> HTTPResponse:
        self._admit(request)
        text = _read_question(request)
        if len(text) > MAX_TEXT:
            return await _index(TOO_LONG, status=413)
        if redact(text).count:
            return await _index(REDACTED["text"])
        question = storable(text).strip()
        if not question:
            return await _index(EMPTY["text"])
        response = _result(question, await in_thread(self._find, served.current(), question))
        response.headers["Cache-Control"] = "no-store"  # it shows what somebody wrote
        return response

    def _find(self, model: FaqModel, question: str) -> Result:
        decision = model.match(question)
        # Each search is a conversation of its own: nothing tells whose it is.
        turn = turn_of(Question(question), decision, language_of(question), uuid.uuid4().hex)
        self._store.add_turn(turn)
        return Result.of(question, decision, model.book, clock.now())

    def _admit(self, request: Request) -> None:
        try:
            self._limits.admit_search(request)
        except ApiError as error:
            raise PageError(error.status, error.message, retry_after=error.retry_after) from None


async def _index(notice: str | None = None, status: int = 200) -> HTTPResponse:
    """All entries that hold today; `notice` says why a search was not made."""
    book, today = served.current().book, clock.today()
    entries = [entry for entry in book.entries if entry.is_valid_on(today)]
    return _page(
        "index.html",
        status,
        root="./",
        notice=notice,
        groups=groups(book, today),
        structured=structured(entries, book),
    )


async def _entry(entry_id: str) -> HTTPResponse:
    now, book = clock.now(), served.current().book
    entry = next((e for e in book.entries if e.id == entry_id), None)
    if entry is None or not entry.is_valid_on(now.date()):
        raise PageError(404, NOT_FOUND, "ページが見つかりません")
    sheet = Sheet.of(entry, book, now)
    return _page(
        "entry.html", root="../", asked=None, sheet=sheet, structured=structured([entry], book)
    )


def _result(question: str, result: Result) -> HTTPResponse:
    template = "entry.html" if result.sheet else "result.html"
    return _page(
        template, root="./", asked=question, result=result, sheet=result.sheet, structured=None
    )


def _read_question(request: Request) -> str:
    """The form's `q`, whatever a client sends; "" where it has none."""
    if len(request.body) > MAX_BODY:
        raise PageError(413, TOO_LARGE)
    if (request.headers.get("content-type") or "").split(";")[0].strip().lower() != FORM:
        raise PageError(415, UNREADABLE)
    try:
        body = request.body.decode("utf-8", "replace")
        fields = parse_qs(body, errors="replace", max_num_fields=MAX_FIELDS)
    except ValueError:
        raise PageError(400, UNREADABLE) from None
    return fields.get("q", [""])[0]


async def _answered(work: Awaitable[HTTPResponse], root: str) -> HTTPResponse:
    """The page of `work`, or that of its error; the log never holds the user's text."""
    try:
        return await work
    except PageError as error:
        page = _page("error.html", error.status, root=root, title=error.title, text=error.text)
        if error.retry_after is not None:
            page.headers["Retry-After"] = str(error.retry_after)
        return page
    except Exception as error:
        logger.error("page failed: %s", type(error).__name__)
        failed = PageError(500, FAILED)
        return _page("error.html", 500, root=root, title=failed.title, text=failed.text)


def _page(template: str, status: int = 200, **data: Any) -> HTTPResponse:
    """A page with its headers; `root` is the way from its address to the site's root."""
    content = _templates().get_template(template).render(data)
    # Lines open and close: a page is asked for anew each time.
    return html(content, status, {"Cache-Control": "no-cache", **HEADERS})


@lru_cache(maxsize=1)
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    templates.filters["japanese_date"] = _japanese_date
    templates.globals["max_text"] = MAX_TEXT
    return templates


def _japanese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
