"""Requests that break HTTP's own rules are refused before Sanic 21 acts on them.

It takes a negative Content-Length for a body that never ends and reads it for ever, with no room
for anybody else; other broken lengths and addresses end in tracebacks with the words of the
client.
"""

from __future__ import annotations

import re
from typing import Any, Final

from httptools.parser.errors import HttpParserInvalidURLError
from sanic.exceptions import InvalidUsage
from sanic.request import Request

_LENGTH: Final = re.compile("[0-9]{1,15}", re.ASCII)
_UNREADABLE: Final = b"*"


class CheckedRequest(Request):
    """Raises InvalidUsage, which Sanic answers with 400 before it hangs up."""

    __slots__ = ()

    def __init__(self, url_bytes: bytes, headers: Any, *args: Any, **kwargs: Any) -> None:
        try:
            super().__init__(url_bytes, headers, *args, **kwargs)
        except HttpParserInvalidURLError:
            if headers:
                raise InvalidUsage("Bad Request") from None
            # Sanic's own stand-in for the request that was refused.
            super().__init__(_UNREADABLE, headers, *args, **kwargs)
        lengths = headers.getall("content-length", [])
        codings = headers.getall("transfer-encoding", [])
        if (lengths or codings) and not _is_body(lengths, codings):
            raise InvalidUsage("Bad Request")


def _is_body(lengths: list[str], codings: list[str]) -> bool:
    """Two lengths, or a length and chunks, are read differently by a proxy and by a server."""
    if codings:
        return codings == ["chunked"] and not lengths
    return len(lengths) == 1 and _LENGTH.fullmatch(lengths[0]) is not None
