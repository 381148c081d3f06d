"""A few lines of HTTP for the tests."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Response:
    status: int
    body: Any
    headers: dict[str, str]

    def message(self, type_: str) -> dict[str, Any]:
        """The only message of this type."""
        found = [m for m in self.body["messages"] if m["type"] == type_]
        assert len(found) == 1, self.body
        return found[0]

    @property
    def types(self) -> list[str]:
        return [m["type"] for m in self.body["messages"]]

    @property
    def error(self) -> str:
        return str(self.body["error"]["code"])


def get(url: str, **headers: str) -> Response:
    return _open(urllib.request.Request(url, headers=headers))


def post(url: str, body: Any = None, raw: bytes | None = None, **headers: str) -> Response:
    data = raw if raw is not None else json.dumps(body).encode()
    return _open(urllib.request.Request(url, data=data, headers=headers, method="POST"))


def options(url: str, **headers: str) -> Response:
    return _open(urllib.request.Request(url, headers=headers, method="OPTIONS"))


def _open(request: urllib.request.Request) -> Response:
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=30) as answer:
            return _response(answer.status, answer.read(), dict(answer.headers))
    except urllib.error.HTTPError as error:
        with error:
            return _response(error.code, error.read(), dict(error.headers))


def _response(status: int, content: bytes, headers: dict[str, str]) -> Response:
    try:
        body = json.loads(content)
    except ValueError:
        body = content.decode(errors="replace")
    return Response(status, body, {key.lower(): value for key, value in headers.items()})


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None
