"""What the plain FAQ pages say to a question: the chat's own replies, as entries and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.choices import choices_message
from actions.language_line import language_messages
from actions.no_match import NEAREST, no_match_message
from actions.turn import Turn
from bot.channels.faq_view import Item, Sheet, named
from bot.faq.entry import FaqBook
from bot.match.decision import Answer, Choices, Decision
from bot.nlu.labels import DECISION_KEY, parse_data
from bot.text.language import language_of


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the language it is in."""

    text: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """Either a `sheet` that answers, or a `text` with entries to choose from.

    `items` are the choices, or else the nearest questions; `matched` is false for no match.
    `notice` is what a foreigner is told first, with the line to call among the `contacts`.
    """

    sheet: Sheet | None = None
    matched: bool = True
    text: Said | None = None
    items: tuple[Item, ...] = ()
    contacts: tuple[dict[str, Any], ...] = ()
    notice: Said | None = None

    @classmethod
    def of(cls, question: str, decision: Decision, book: FaqBook, now: datetime) -> Result:
        """`now`: Japan time."""
        parsed = parse_data(decision, language_of(question))
        turn = Turn.read(parsed[DECISION_KEY], book)
        notice, line = _language_line(turn)
        if isinstance(decision, Answer):
            sheet = Sheet.of(book.entry(decision.entry), book, now)
            return cls(sheet, items=_others(sheet, turn), contacts=line, notice=notice)
        if isinstance(decision, Choices):
            reply = choices_message(turn)
            items = _items(book, reply["choices"])
            return cls(text=Said(reply["text"]), items=items, contacts=line, notice=notice)
        reply = no_match_message(turn)
        return cls(
            matched=False,
            text=Said(reply["text"], reply.get("lang")),
            items=_items(book, reply["nearest"]),
            contacts=(*line, *map(named, reply["contacts"])),
            notice=notice,
        )


def _language_line(turn: Turn) -> tuple[Said | None, tuple[dict[str, Any], ...]]:
    messages = language_messages(turn)
    if not messages:
        return None, ()
    notice, *cards = messages
    return Said(notice["text"], notice["lang"]), tuple(map(named, cards))


def _others(sheet: Sheet, turn: Turn) -> tuple[Item, ...]:
    """The nearest other entries that the page does not name already."""
    shown = {sheet.id, *(item.id for item in sheet.related)}
    others = [entry for entry in turn.candidates if entry.id not in shown]
    return tuple(map(Item.of, others[:NEAREST]))


def _items(book: FaqBook, buttons: list[dict[str, str]]) -> tuple[Item, ...]:
    return tuple(Item.of(book.entry(button["id"])) for button in buttons)
