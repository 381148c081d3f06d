"""The members' channel: ``POST /api/chat``, feedback, health, and the chat page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json, redirect

from bot import clock
from bot.channels import body, errors
from bot.channels.inprocess import InProcessActions
from bot.channels.replies import Replies
from bot.channels.session import Sessions
from bot.match.decision import Answer, Candidate
from bot.nlu import served
from bot.nlu.labels import parse_data
from bot.review.store import Feedback, FeedbackStore
from bot.text.redact import redact

MAX_TEXT = 500  # characters of one question
CHAT_PAGE = Path(__file__).parent.parent / "web" / "chat"

# Said by the channel itself, without matching.  `code` tells the page which it is.
REDACTED = {
    "type": "notice",
    "code": "redacted",
    "text": "個人番号（マイナンバー）や記号・番号と思われる数字がありましたので、読み取らずに"
    "消去しました。番号は入力せずに、ご質問だけをお書きください。",
}
EMPTY = {
    "type": "notice",
    "code": "empty",
    "text": "ご質問をお書きください。例：お知らせは捨ててもいいですか",
}

Handler = Callable[[UserMessage], Awaitable[Any]]


class ChatChannel(InputChannel):
    """Everything that a member's browser talks to."""

    def __init__(self, sessions: Sessions, feedback: FeedbackStore) -> None:
        self._sessions = sessions
        self._feedback = feedback

    @classmethod
    def name(cls) -> str:
        return "chat"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> ChatChannel:
        return cls(Sessions.load(), FeedbackStore.open())

    def url_prefix(self) -> str:
        return "/"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        routes = RootRedirect("faq_chat")
        routes.static("/chat/", str(CHAT_PAGE / "index.html"), name="page", strict_slashes=True)
        routes.static("/chat", str(CHAT_PAGE), name="files")

        @routes.get("/chat", strict_slashes=True)
        async def to_page(request: Request) -> HTTPResponse:
            return redirect("/chat/")

        @routes.post("/api/chat")
        async def chat(request: Request) -> HTTPResponse:
            return await errors.answered(self._chat(request, on_new_message))

        @routes.post("/api/feedback")
        async def feedback(request: Request) -> HTTPResponse:
            return await errors.answered(self._take_feedback(request))

        @routes.get("/health/live")
        async def live(request: Request) -> HTTPResponse:
            return json({"status": "live"})

        @routes.get("/health/ready")
        async def ready(request: Request) -> HTTPResponse:
            return json({"status": "ready"}) if _is_ready(request.app) else _not_ready()

        @routes.listener("after_server_start")
        async def run_actions_here(app: Sanic, loop: Any) -> None:
            _run_actions_here(app)

        return routes

    async def _chat(self, request: Request, on_new_message: Handler) -> HTTPResponse:
        asked = body.read_object(request)
        token = self._session(asked)
        message = self._message(asked)
        if isinstance(message, dict):
            replies = [message]
        else:
            message.sender_id = str(self._sessions.sender_id(token))
            if not _is_ready(request.app):
                raise errors.not_ready()
            await on_new_message(message)
            replies = [_current(reply) for reply in message.output_channel.messages]
        return json({"session": token, "messages": replies}, ensure_ascii=False)

    def _session(self, asked: dict[str, Any]) -> str:
        token = body.read_text(asked, "session", limit=200)
        if token is None:
            return self._sessions.new()
        if self._sessions.sender_id(token) is None:
            raise errors.invalid_session()
        return token

    def _message(self, asked: dict[str, Any]) -> UserMessage | dict[str, Any]:
        """What to hand to Rasa; a notice is said to the user instead, without matching."""
        choice = body.read_text(asked, "choice", limit=100)
        if choice is not None:
            return _choice_message(choice)
        text = body.read_text(asked, "text", limit=MAX_TEXT)
        if text is None:
            raise errors.invalid_field("text", "文字列")
        redacted = redact(text)
        if redacted.count:
            return REDACTED
        question = _plain(redacted.text)
        return _text_message(question) if question else EMPTY

    async def _take_feedback(self, request: Request) -> HTTPResponse:
        asked = body.read_object(request)
        token = body.read_text(asked, "session", limit=200)
        sender_id = self._sessions.sender_id(token) if token else None
        if sender_id is None:
            raise errors.invalid_session()
        entry = body.read_text(asked, "entry", limit=100)
        if entry is not None and entry not in {e.id for e in served.current().book.entries}:
            raise errors.unknown_entry()
        helpful = asked.get("helpful")
        if not isinstance(helpful, bool):
            raise errors.invalid_field("helpful", "true または false")
        comment = body.read_text(asked, "comment", limit=MAX_TEXT)
        self._feedback.add(
            Feedback(
                sender_id, entry, helpful, _storable(redact(comment).text) if comment else None
            )
        )
        return json({"status": "ok"})


class RootRedirect(Blueprint):
    """Routes that also send "/" to the chat page, in the place of Rasa's own greeting.

    Rasa owns that route; only a middleware of the whole application comes before it.
    """

    def register(self, app: Sanic, options: dict[str, Any]) -> Any:
        app.register_middleware(_root_leads_to_the_page, "request")
        return super().register(app, options)


def _root_leads_to_the_page(request: Request) -> HTTPResponse | None:
    return redirect("/chat/") if request.path == "/" else None


def _text_message(text: str) -> UserMessage:
    return UserMessage(text, Replies(), input_channel=ChatChannel.name())


def _choice_message(entry_id: str) -> UserMessage:
    """A tapped choice is certain: it reaches the dialogue as a decision, not as text."""
    entry = next((e for e in served.current().book.entries if e.id == entry_id), None)
    if entry is None or not entry.is_valid_on(clock.today()):
        raise errors.unknown_entry()
    decision = Answer(entry.id, (Candidate(entry.id, 1.0),))
    parsed = {"text": entry.question, "entities": [], **parse_data(decision)}
    return UserMessage(
        entry.question, Replies(), parse_data=parsed, input_channel=ChatChannel.name()
    )


def _plain(text: str) -> str:
    """Text as Rasa may see it: storable, and never one of its own commands.

    Rasa obeys ``/restart`` and ``/intent{…}`` typed by anybody; the full-width slash means
    the same to a reader and nothing to Rasa.
    """
    text = _storable(text).strip()
    return "／" + text[1:] if text.startswith("/") else text


def _storable(text: str) -> str:
    """Without control characters and lone surrogates, which databases refuse."""
    return "".join(c if c.isprintable() else " " for c in text)


def _current(reply: dict[str, Any]) -> dict[str, Any]:
    """A reply without related entries that are not valid today: they were put in at training."""
    if "related" not in reply:
        return reply
    valid = served.current().valid_ids()
    return {**reply, "related": [r for r in reply["related"] if r["id"] in valid]}


def _is_ready(app: Sanic) -> bool:
    agent = getattr(app.ctx, "agent", None)
    return agent is not None and agent.is_ready()


def _not_ready() -> HTTPResponse:
    return errors.not_ready().response()


def _run_actions_here(app: Sanic) -> None:
    """Give the agent our in-process actions where endpoints.yml names no action server."""
    agent = app.ctx.agent
    if agent.action_endpoint is None:
        agent.action_endpoint = InProcessActions.of_package()
    if agent.processor is not None:
        agent.processor.action_endpoint = agent.action_endpoint
