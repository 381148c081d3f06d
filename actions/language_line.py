"""A question in a foreign language: say in that language that people speak it by phone."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from bot import clock
from bot.faq.card import contact_card

LINE = "foreign_language_line"  # of data/contacts.yml

# The answers are approved in Japanese, and approved text is not translated by a machine.
TEXTS = {
    "en": "Our answers are available in Japanese only. "
    "For help in English, please call the toll-free number below.",
    "zh": "本服务仅提供日语回答。如需中文咨询，请拨打下方的免费电话。",
    "ko": "답변은 일본어로만 제공됩니다. 한국어 상담을 원하시면 아래 무료 전화로 문의해 주세요.",
    "es": "Las respuestas están disponibles solo en japonés. "
    "Para recibir ayuda en español, llame al número gratuito indicado abajo.",
    "pt": "As respostas estão disponíveis apenas em japonês. "
    "Para atendimento em português, ligue gratuitamente para o número abaixo.",
}

# Said by `action_no_match` in the place of its Japanese text.
NO_ANSWER = {
    "en": "Sorry, we do not have an answer to this question here.",
    "zh": "抱歉，这里没有该问题的答案。",
    "ko": "죄송합니다. 이 질문에 대한 답변은 준비되어 있지 않습니다.",
    "es": "Lo sentimos, aquí no tenemos respuesta a esta pregunta.",
    "pt": "Desculpe, não temos aqui uma resposta para esta pergunta.",
}


class ActionLanguageLine(Action):
    def name(self) -> str:
        return "action_language_line"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        for message in language_messages(Turn.of(tracker)):
            dispatcher.utter_message(json_message=message)
        return []


def language_messages(turn: Turn) -> list[dict[str, Any]]:
    """A notice in the member's language and the line to call; none for a question in Japanese."""
    if turn.language not in TEXTS:
        return []
    notice = {
        "type": "notice",
        "code": "language",
        "lang": turn.language,
        "text": TEXTS[turn.language],
    }
    # The answer itself may be that very line.
    lines = () if turn.entry and LINE in turn.entry.contacts else (LINE,)
    found = [c for c in turn.book.contacts if c.id in lines]
    return [notice, *(contact_card(contact, clock.now()) for contact in found)]
