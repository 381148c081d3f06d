"""The members' channel: ``POST /api/chat`` and what the chat page needs beside it."""

from __future__ import annotations

from collections.abc import Awaitable
from html import escape
from pathlib import Path
from typing import Any, NoReturn

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, html, json, redirect

from bot.channels import body, errors
from bot.channels.dialogue import Dialogue, Handler, Message
from bot.channels.feedback import take_verdict
from bot.channels.inprocess import InProcessActions
from bot.channels.menu import Menu
from bot.channels.once import Once
from bot.channels.rate import RateLimits
from bot.channels.security import Guarded, Settings
from bot.channels.session import IDLE, Session, Sessions
from bot.channels.suggestions import suggestions
from bot.nlu import served
from bot.review.store import ReviewStore

CHAT_PAGE = Path(__file__).parent.parent / "web" / "chat"


class ChatChannel(InputChannel):
    """Everything that a member's browser talks to."""

    def __init__(
        self, sessions: Sessions, store: ReviewStore, limits: RateLimits, notice: str = ""
    ) -> None:
        self._sessions = sessions
        self._store = store
        self._limits = limits
        self._menu = Menu(store)
        self._once: Once[list[Message]] = Once()
        self._notice = notice

    @classmethod
    def name(cls) -> str:
        return "chat"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> ChatChannel:
        """`notice` in the credentials: a sentence above the chat page."""
        notice = str((credentials or {}).get("notice", ""))
        return cls(Sessions.load(), ReviewStore.open(), RateLimits.of_environment(), notice)

    def url_prefix(self) -> str:
        return "/"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        routes = Guarded("faq_chat", Settings.of_environment())
        dialogue = Dialogue(on_new_message, self._store)
        _add_page(routes, self._notice)
        _add_health(routes)

        @routes.post("/api/chat")
        async def chat(request: Request) -> HTTPResponse:
            return await errors.answered(self._chat(request, dialogue))

        @routes.post("/api/feedback")
        async def feedback(request: Request) -> HTTPResponse:
            return await errors.answered(self._feedback(request))

        @routes.post("/api/suggest")
        async def suggest(request: Request) -> HTTPResponse:
            return await errors.answered(self._suggest(request))

        @routes.get("/api/entries")
        async def entries(request: Request) -> HTTPResponse:
            return await errors.answered(self._menu.response(request))

        @routes.listener("after_server_start")
        async def run_actions_here(app: Sanic, loop: Any) -> None:
            _run_actions_here(app)
            app.ctx.agent.tracker_store._on_tracker_store_error = _fail

        return routes

    async def _chat(self, request: Request, dialogue: Dialogue) -> HTTPResponse:
        asked = body.read_object(request)
        session, known = self._session(asked)
        self._limits.admit_message(request, session.id)
        message_id = body.read_id(asked, "message_id")
        question = dialogue.question(asked)
        if not _is_ready(request.app):
            raise errors.not_ready()
        # A first message has no conversation yet that would keep its id from being guessed.
        key = (session.id, message_id) if known and message_id else None
        messages = await self._once.done(
            key, lambda: _said(dialogue.replies(question, session.id, message_id))
        )
        reply = {"session": session.token, "expires_in": IDLE, "messages": messages}
        return json(reply, ensure_ascii=False)

    def _session(self, asked: dict[str, Any]) -> tuple[Session, bool]:
        """The conversation, and whether it has been going on."""
        token = body.read_text(asked, "session", limit=200)
        if token is None:
            return self._sessions.new(), False
        session = self._sessions.resumed(token)
        if session is None:
            raise errors.invalid_session()
        return session, True

    async def _feedback(self, request: Request) -> HTTPResponse:
        asked = body.read_object(request)
        session, known = self._session(asked)
        if not known:
            raise errors.invalid_session()
        self._limits.admit_message(request, session.id)
        await take_verdict(asked, session.id, self._store)
        return json({"status": "ok"})

    async def _suggest(self, request: Request) -> HTTPResponse:
        asked = body.read_object(request)
        self._limits.admit_suggestion(request)
        return json({"suggestions": await suggestions(asked)}, ensure_ascii=False)


def _add_page(routes: Blueprint, notice: str) -> None:
    index = CHAT_PAGE / "index.html"
    if notice:
        page = index.read_text("utf-8").replace(
            "<body>", f'<body>\n<p class="banner" role="note">{escape(notice)}</p>'
        )

        @routes.get("/chat/", strict_slashes=True, name="page")
        async def page_with_notice(request: Request) -> HTTPResponse:
            return html(page)
    else:
        routes.static("/chat/", str(index), name="page", strict_slashes=True)
    routes.static("/chat", str(CHAT_PAGE), name="files")

    @routes.get("/chat", strict_slashes=True)
    async def to_page(request: Request) -> HTTPResponse:
        return redirect("/chat/")


def _add_health(routes: Blueprint) -> None:
    @routes.get("/health/live")
    async def live(request: Request) -> HTTPResponse:
        return json({"status": "live"})

    @routes.get("/health/ready")
    async def ready(request: Request) -> HTTPResponse:
        if not _is_ready(request.app):
            return errors.not_ready().response()
        return json({"status": "ready", "version": served.version()})


def _is_ready(app: Sanic) -> bool:
    agent = getattr(app.ctx, "agent", None)
    return agent is not None and agent.is_ready()


def _run_actions_here(app: Sanic) -> None:
    """Give the agent our in-process actions where endpoints.yml names no action server."""
    agent = app.ctx.agent
    if agent.action_endpoint is None:
        agent.action_endpoint = InProcessActions.of_package()
    if agent.processor is not None:
        agent.processor.action_endpoint = agent.action_endpoint


async def _said(replies: Awaitable[list[Message]]) -> list[Message]:
    """An action that fails leaves nothing to say; Rasa takes that for a good turn."""
    messages = await replies
    if not messages:
        raise errors.internal()
    return messages


def _fail(error: Exception) -> NoReturn:
    """Without its database Rasa would go on in memory, and log statements with users' words."""
    raise error
