"""One question: redacted, matched, handed to Rasa's dialogue, recorded.

Matching takes most of the time and none of it needs the conversation, so it runs in a thread:
meanwhile the server takes other people's questions.  Rasa gets the result as the parse of the
message, as its own NLU pipeline, which is made of the same matcher, would give it.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from rasa.core.channels.channel import UserMessage

from bot import clock
from bot.channels import body, errors
from bot.channels.gate import TURNS
from bot.channels.notices import EMPTY, REDACTED
from bot.channels.replies import Replies
from bot.faq.categories import button
from bot.match.decision import Answer, Candidate, Choices, Decision
from bot.nlu import served
from bot.nlu.labels import parse_data
from bot.review.store import ReviewStore, Turn
from bot.text.language import JAPANESE, language_of
from bot.text.redact import redact

MAX_TEXT: Final = 500  # characters of one question
CHANNEL: Final = "chat"
ALTERNATIVES: Final = 3  # other entries, for a member whom the answer did not help

Message = dict[str, Any]
Handler = Callable[[UserMessage], Awaitable[Any]]
T = TypeVar("T")

# Two questions at a time: the encoder leaves the interpreter to others while it computes.
_threads = ThreadPoolExecutor(2, thread_name_prefix="match")


async def in_thread(work: Callable[..., T], *args: Any) -> T:
    """The result of `work`, while the server goes on with other requests."""
    return await asyncio.get_running_loop().run_in_executor(_threads, work, *args)


@dataclass(frozen=True, slots=True)
class Question:
    """A redacted text, or the entry that a member tapped."""

    text: str
    chosen: str | None = None


class Dialogue:
    def __init__(self, on_new_message: Handler, store: ReviewStore) -> None:
        self._on_new_message = on_new_message
        self._store = store

    def question(self, asked: Message) -> Question | Message:
        """What a request asks; a notice is said to the member instead, without matching."""
        choice = body.read_text(asked, "choice", limit=100)
        if choice is not None:
            return _chosen(choice)
        text = body.read_text(asked, "text", limit=MAX_TEXT)
        if text is None:
            raise errors.invalid_field("text", "文字列")
        redacted = redact(text)
        if redacted.count:
            return REDACTED
        question = _plain(redacted.text)
        return Question(question) if question else EMPTY

    async def replies(
        self, question: Question | Message, conversation: str, message_id: str | None
    ) -> list[Message]:
        """What the bot says, in order."""
        if not isinstance(question, Question):
            return [question]
        async with TURNS.turn():
            return await self._turn(question, conversation, message_id)

    async def _turn(
        self, question: Question, conversation: str, message_id: str | None
    ) -> list[Message]:
        decision = await _decided(question)
        language = JAPANESE if question.chosen else language_of(question.text)
        turn = turn_of(question, decision, language, conversation, message_id)
        messages, _ = await asyncio.gather(
            self._said(question, conversation, parse_data(decision, language)),
            in_thread(self._store.add_turn, turn),
        )
        return [_current(message, decision) for message in messages]

    async def _said(
        self, question: Question, conversation: str, parsed: dict[str, Any]
    ) -> list[Message]:
        replies = Replies()
        parse = {"text": question.text, "entities": [], **parsed}
        await self._on_new_message(
            UserMessage(
                question.text, replies, conversation, parse_data=parse, input_channel=CHANNEL
            )
        )
        return replies.messages


def _chosen(entry_id: str) -> Question:
    """A tapped choice is certain: it reaches the dialogue as a decision, not as text."""
    entry = next((e for e in served.current().book.entries if e.id == entry_id), None)
    if entry is None or not entry.is_valid_on(clock.today()):
        raise errors.unknown_entry()
    return Question(entry.question, entry.id)


async def _decided(question: Question) -> Decision:
    if question.chosen:
        _chosen(question.chosen)  # another version may be served by now
        return Answer(question.chosen, (Candidate(question.chosen, 1.0),))
    return await in_thread(served.current().match, question.text)


def turn_of(
    question: Question,
    decision: Decision,
    language: str,
    conversation: str,
    message_id: str | None = None,
) -> Turn:
    """What the review store keeps of a question."""
    message = message_id or uuid.uuid4().hex
    if question.chosen:
        return Turn(conversation, message, None, "chosen", question.chosen, None, language)
    return Turn(
        conversation,
        message,
        question.text,
        decision.as_dict()["decision"],
        decision.candidates[0].entry if decision.candidates else None,
        round(decision.confidence, 4),
        language,
    )


def _current(message: Message, decision: Decision) -> Message:
    """An answer with what depends on the day and the question: its related entries were put in
    at training, and some may not be valid today."""
    if message.get("type") != "answer":
        return message
    model = served.current()
    valid = model.valid_ids()
    related = [r for r in message["related"] if r["id"] in valid]
    shown = {message["id"], *(r["id"] for r in related)}
    others = [c.entry for c in decision.candidates if c.entry in valid - shown][:ALTERNATIVES]
    if isinstance(decision, Choices):
        others = []
    return {
        **message,
        "related": related,
        "alternatives": [button(model.book.entry(id)) for id in others],
    }


def _plain(text: str) -> str:
    """Text as Rasa may see it: storable, and never one of its own commands.

    Rasa obeys ``/restart`` and ``/intent{…}`` typed by anybody; the full-width slash means
    the same to a reader and nothing to Rasa.
    """
    text = body.storable(text).strip()
    return "／" + text[1:] if text.startswith("/") else text
