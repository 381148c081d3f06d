"""A contact as a card: what to dial or open, and whether somebody answers right now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.faq.entry import Contact
from bot.faq.opening import hours_text, opening


def contact_card(contact: Contact, now: datetime) -> dict[str, Any]:
    """The card as plain data, for chat and lookup; `now` is Japan time."""
    state = opening(contact.hours, now) if contact.hours else None
    return {
        "type": "contact",
        "id": contact.id,
        "name": contact.name,
        "about": contact.about,
        "phones": [
            {"number": p.number, "label": p.label, "tel": "tel:" + p.number.replace("-", "")}
            for p in contact.phones
        ],
        "url": contact.url,
        "languages": list(contact.languages),
        "hours": hours_text(contact.hours) if contact.hours else None,
        "open": state.open if state else None,
        "status": state.text(now) if state else None,
        "note": contact.note,
        "source": contact.source,
        "verified": contact.verified.isoformat() if contact.verified else None,
    }
