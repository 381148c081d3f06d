"""Collect what the dialogue says during one turn as messages of the JSON API."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel


class Replies(OutputChannel):
    """`messages`: one dict with a `type` each, in the order in which they were said."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return "chat"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Our own messages come as data in `custom`; a plain Rasa response is a notice."""
        if message.get("custom"):
            self.messages.append(message["custom"])
        elif message.get("text"):
            self.messages.append({"type": "notice", "text": message["text"]})
