"""Say that the FAQ has no answer, and who may help."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.language_line import NO_ANSWER
from actions.turn import Turn
from bot import clock
from bot.faq.card import contact_card
from bot.faq.categories import categories
from bot.faq.entry import FaqBook

FOREIGN = "other_language"
SCOPE = "「資格情報のお知らせ」とマイナンバーカードに関するご質問"

# By kind of out-of-scope topic (data/out_of_scope.yml).  Abuse, attempts to steer the bot
# and gibberish get the same calm sentence: there is nothing to answer and no one to blame.
TEXTS = {
    "near": "申し訳ありません。このご質問には、確かな回答をご用意できておりません。"
    "ご加入の健康保険組合、または下記の窓口へお問い合わせください。",
    "chitchat": f"ご利用ありがとうございます。こちらでは{SCOPE}にお答えしています。"
    "お困りのことを、短い文でお書きください。",
    "elsewhere": f"申し訳ありません。こちらでは{SCOPE}だけをご案内しています。",
    FOREIGN: "Sorry, this chat can answer in Japanese only. "
    "Please call the free multilingual line below.\n"
    "外国語でのお問い合わせは、下記の窓口をご利用ください。",
}
CALM = (
    f"恐れ入りますが、こちらでは{SCOPE}にお答えしています。お困りのことを、短い文でお書きください。"
)

# Who may help: the hotline with questions near the FAQ, the foreign-language line.
CONTACTS = {"near": "hotline", FOREIGN: "foreign_language_line"}

NEAREST = 3  # questions offered below the reply


class ActionNoMatch(Action):
    def name(self) -> str:
        return "action_no_match"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(json_message=no_match_message(Turn.of(tracker)))
        return []


def no_match_message(turn: Turn) -> dict[str, Any]:
    """The reply as plain data; the nearest questions only where the topic is near at all."""
    nearest = turn.candidates[:NEAREST] if turn.topic_kind == "near" else ()
    return {
        "type": "no_match",
        **_words(turn),
        "nearest": [{"id": e.id, "question": e.question, "label": e.label} for e in nearest],
        "categories": categories(turn.book, clock.today()),
    }


def _words(turn: Turn) -> dict[str, Any]:
    """What is said, and who may help. `action_language_line` has named the line already where
    the question is in one of its languages."""
    if turn.language in NO_ANSWER:
        return {"text": NO_ANSWER[turn.language], "lang": turn.language, "contacts": []}
    text = TEXTS.get(turn.topic_kind, CALM)
    return {"text": text, "contacts": _cards(turn.book, CONTACTS.get(turn.topic_kind))}


def _cards(book: FaqBook, contact_id: str | None) -> list[dict[str, Any]]:
    found = [c for c in book.contacts if c.id == contact_id]
    return [contact_card(c, clock.now()) for c in found]
