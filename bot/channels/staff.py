"""Who may see agents' notes and what members asked: the call centre, and nobody else."""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass

from sanic.request import Request

from bot.channels import errors

TOKEN_VARIABLE = "FAQ_LOOKUP_TOKEN"
USER_HEADER_VARIABLE = "FAQ_LOOKUP_USER_HEADER"
_LOCAL = ("127.0.0.1", "::1")
_LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Staff:
    """With a `token`, requests need ``Authorization: Bearer <token>``; with a `user_header`, the
    header in which a reverse proxy names the user it has let in.  Without either only requests
    from this very machine are served, for trying it out.
    """

    token: str | None
    user_header: str | None

    @classmethod
    def of_environment(cls) -> Staff:
        """An empty variable sets nothing."""
        variables = (TOKEN_VARIABLE, USER_HEADER_VARIABLE)
        return cls(*(os.environ.get(variable) or None for variable in variables))

    def admit(self, request: Request) -> None:
        """Raises ApiError 403 for everybody else."""
        if self.token is None and self.user_header is None:
            admitted = _is_local(request)
        else:
            admitted = self._knows_token(request) or self.user(request) is not None
        if not admitted:
            raise errors.forbidden()

    def user(self, request: Request) -> str | None:
        """Whom the proxy names."""
        if not self.user_header:
            return None
        return request.headers.get(self.user_header, "").strip() or None

    def _knows_token(self, request: Request) -> bool:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        known = (self.token or "").encode()
        return bool(known) and hmac.compare_digest(given.encode("utf-8", "replace"), known)


def _is_local(request: Request) -> bool:
    """A forwarded request comes from elsewhere, whatever the peer's address is; and a website
    may let a name of its own point to this machine."""
    forwarded = {"forwarded", "x-forwarded-for", "x-real-ip"} & set(request.headers)
    host = (request.headers.get("host") or "127.0.0.1").lower()
    local_name = any(host == name or host.startswith(f"{name}:") for name in _LOCAL_NAMES)
    return request.ip in _LOCAL and not forwarded and local_name
