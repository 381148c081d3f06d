"""Read one JSON request body, whatever a client sends."""

from __future__ import annotations

import json
import re
from typing import Any

from sanic.request import Request

from bot.channels import errors

_ID = re.compile("[A-Za-z0-9_-]{1,64}")
_NUMBER = re.compile("(?:[_-]*[0-9]){12,}[_-]*")

MAX_BODY = 16_384  # bytes; 500 characters as JSON escapes take 6,000


def read_object(request: Request, limit: int = MAX_BODY) -> dict[str, Any]:
    """The body, at most `limit` bytes, as a JSON object, or an ApiError that says what is wrong
    with it."""
    if len(request.body) > limit:
        raise errors.body_too_large()
    try:
        body = json.loads(request.body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise errors.invalid_json() from None
    if not isinstance(body, dict):
        raise errors.invalid_json()
    return body


def read_text(body: dict[str, Any], name: str, limit: int) -> str | None:
    """The string `name` of at most `limit` characters; None where it is absent or null."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise errors.invalid_field(name, "文字列")
    if len(value) > limit:
        raise errors.too_long(limit)
    return value


def read_id(body: dict[str, Any], name: str) -> str | None:
    """A client's own name for a message; None where it is absent or null."""
    value = body.get(name)
    if value is None:
        return None
    # It is stored: what may be a My Number is no name.
    if not isinstance(value, str) or not _ID.fullmatch(value) or _NUMBER.fullmatch(value):
        raise errors.invalid_field(
            name, "英数字・「-」・「_」64文字以内（番号のような数字の並びは不可）"
        )
    return value


def storable(text: str) -> str:
    """Without control characters and lone surrogates, which databases refuse."""
    return "".join(c if c.isprintable() else " " for c in text)
