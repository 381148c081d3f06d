"""``POST /api/suggest``: questions of the FAQ that a half-typed one may become."""

from __future__ import annotations

from typing import Any, Final

from bot.channels import body, errors
from bot.channels.dialogue import MAX_TEXT, in_thread
from bot.faq.categories import button
from bot.match.model import FaqModel
from bot.nlu import served
from bot.text.redact import redact

SUGGESTIONS: Final = 3
SHORTEST: Final = 2  # characters; one says nothing yet
# Below this a suggestion is noise: of development questions cut in half, 92 % have the right entry
# above it, and of out-of-scope ones a third has any (docs/matching.md).
LIKELY: Final = 0.02


async def suggestions(asked: dict[str, Any]) -> list[dict[str, str]]:
    """At most three buttons; none for a text with a personal number, which is not matched."""
    text = body.read_text(asked, "text", limit=MAX_TEXT)
    if text is None:
        raise errors.invalid_field("text", "文字列")
    redacted = redact(text)
    if redacted.count or len(redacted.text.strip()) < SHORTEST:
        return []
    return await in_thread(_likely, served.current(), redacted.text.strip())


def _likely(model: FaqModel, text: str) -> list[dict[str, str]]:
    likely = [c for c in model.rank(text, SUGGESTIONS) if c.confidence >= LIKELY]
    return [button(model.book.entry(c.entry)) for c in likely]
