"""What every request and response passes: who may embed the chat, and what browsers may do.

One deployment has one insurer's website or a few.  `FAQ_ORIGINS` names them, such as
``https://www.example.jp https://member.example.jp``; without it only the server's own pages use
the API.  `FAQ_PROXIES` says how many reverse proxies stand in front, whose word about the
client's address is believed.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any, Final

from sanic import Blueprint, Sanic
from sanic.exceptions import NotFound, PayloadTooLarge
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.channels import errors
from bot.channels.quiet import keep_quiet
from bot.channels.wire import CheckedRequest
from bot.errors import FaqBotError

ORIGINS_VARIABLE: Final = "FAQ_ORIGINS"
PROXIES_VARIABLE: Final = "FAQ_PROXIES"

# Sanic reads a body before we see it.  Two megabytes are read and get our own error.
_MAX_BODY: Final = 2_000_000  # bytes
_REQUEST_TIMEOUT: Final = 30  # seconds for a client to send its request

_ORIGIN: Final = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]{1,5})?")
_API: Final = "/api/"
_CHAT: Final = "/chat/"
_FILES: Final = (_CHAT, "/faq/static/")
_STAFF_FILES: Final = ("/lookup/", "/review/")
_LONGEST_NAME: Final = 255  # bytes that any disk takes
_PAGES: Final = (_CHAT, "/lookup", "/review")
_PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
    " base-uri 'none'; form-action 'none'"
)
_NOTHING: Final = "default-src 'none'"


class OriginError(FaqBotError):
    """A setting of this module cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`origins`: of other sites that may embed the chat; `proxies`: in front of this server."""

    origins: tuple[str, ...] = ()
    proxies: int = 0

    @classmethod
    def of_environment(cls) -> Settings:
        """Raises OriginError for what is no origin or no number."""
        origins = tuple(re.split(r"[\s,]+", os.environ.get(ORIGINS_VARIABLE, "").strip()))
        proxies = os.environ.get(PROXIES_VARIABLE, "").strip() or "0"
        for origin in filter(None, origins):
            if not _ORIGIN.fullmatch(origin):
                raise OriginError(
                    f"{ORIGINS_VARIABLE} の「{origin[:80]}」は使えません。https://www.example.jp の"
                    "ように、パスと末尾の / を付けずに書いてください（複数は空白区切り）。"
                )
        if not re.fullmatch("[0-9]{1,2}", proxies, re.ASCII):
            raise OriginError(f"{PROXIES_VARIABLE} には、前段のプロキシの数を書いてください。")
        return cls(tuple(filter(None, origins)), int(proxies))


class Guarded(Blueprint):
    """Routes that bring the guards of the whole application along.

    Rasa makes the application and owns "/": only middleware comes before its routes.
    """

    def __init__(self, name: str, settings: Settings) -> None:
        super().__init__(name)
        self.ctx.settings = settings

    def register(self, app: Sanic, options: dict[str, Any]) -> Any:
        keep_quiet()
        app.request_class = CheckedRequest
        app.config.REQUEST_MAX_SIZE = _MAX_BODY
        app.config.REQUEST_TIMEOUT = _REQUEST_TIMEOUT
        if self.ctx.settings.proxies:
            app.config.PROXIES_COUNT = self.ctx.settings.proxies
        app.error_handler.add(PayloadTooLarge, _too_large)
        _open_to_other_sites(app)
        app.register_middleware(self._admit, "request")
        app.register_middleware(self._add_headers, "response")
        return super().register(app, options)

    def _admit(self, request: Request) -> HTTPResponse | None:
        if request.path == "/":
            return redirect(_CHAT)
        if request.path.startswith(_FILES + _STAFF_FILES) and not _names_a_file(request.path):
            raise NotFound("Not Found")  # Sanic would ask the disk, which fails
        if request.path.startswith(_API) and not self._may_ask(request):
            return errors.forbidden_origin().response()
        return None

    def _may_ask(self, request: Request) -> bool:
        """A browser names the page's origin; other programs name none."""
        origin = request.headers.get("origin")
        if origin is None or origin in self.ctx.settings.origins:
            return True
        host = origin.partition("://")[2]
        return host != "" and host == request.headers.get("host")

    def _add_headers(self, request: Request, response: HTTPResponse) -> None:
        headers = response.headers
        for name, value in self._headers(request.path):
            if name not in headers:
                headers[name] = value

    def _headers(self, path: str) -> list[tuple[str, str]]:
        chat = path.startswith(_CHAT)
        frames = " ".join(("'self'", *self.ctx.settings.origins)) if chat else "'self'"
        page = path.startswith(_PAGES)
        policy = f"{_PAGE_POLICY if page else _NOTHING}; frame-ancestors {frames}"
        return [
            ("Content-Security-Policy", policy),
            ("Cache-Control", _kept(path)),
            ("Cross-Origin-Resource-Policy", "cross-origin" if chat else "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
        ]


def _open_to_other_sites(app: Sanic) -> None:
    """What Rasa does not let one tell sanic_cors: no cookies, and a preflight once a day."""
    for _, options in app.ctx.sanic_cors.resources:
        options.update(supports_credentials=False, expose_headers="Retry-After", max_age="86400")


def _kept(path: str) -> str:
    """How long browsers keep what lies at a path."""
    if path.startswith(_FILES):
        return "public, max-age=300"
    return "no-cache" if path.startswith(_STAFF_FILES) else "no-store"


def _names_a_file(path: str) -> bool:
    """No name holds a zero byte, and ours are short."""
    return len(path) <= _LONGEST_NAME and "%00" not in path


def _too_large(request: Request, exception: Exception) -> HTTPResponse:
    return errors.body_too_large().response()
