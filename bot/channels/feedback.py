"""``POST /api/feedback``: whether a reply helped."""

from __future__ import annotations

from typing import Any

from bot.channels import body, errors
from bot.channels.dialogue import MAX_TEXT, in_thread
from bot.nlu import served
from bot.review.store import ReviewStore, Verdict
from bot.text.redact import redact


async def take_verdict(asked: dict[str, Any], conversation: str, store: ReviewStore) -> None:
    """Keep what a request says, or raise ApiError for what it should not say."""
    entry = body.read_text(asked, "entry", limit=100)
    if entry is not None and entry not in {e.id for e in served.current().book.entries}:
        raise errors.unknown_entry()
    helpful = asked.get("helpful")
    if not isinstance(helpful, bool):
        raise errors.invalid_field("helpful", "true または false")
    comment = body.read_text(asked, "comment", limit=MAX_TEXT)
    kept = body.storable(redact(comment).text) if comment else None
    message = body.read_id(asked, "message_id")
    await in_thread(store.add_verdict, Verdict(conversation, message, entry, helpful, kept))
