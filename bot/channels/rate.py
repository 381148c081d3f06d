"""How often one conversation and one address may ask.

A person types a question in seconds; hundreds a minute are a program, and would take the
answers away from everybody else.  Behind one address there may be a whole company.
"""

from __future__ import annotations

from typing import Final

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sanic.request import Request

from bot.channels import errors

A_SESSION: Final = 30  # messages a minute
AN_ADDRESS: Final = 300  # messages a minute
SUGGESTIONS: Final = 600  # a minute and address: several for each question typed
_RETRY_AFTER: Final = 10  # seconds; by then a sixth of a minute's messages are allowed again


class RateLimits:
    """Raises ApiError 429 with Retry-After for what is too much."""

    def __init__(self, session: int = A_SESSION, address: int = AN_ADDRESS) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._session = RateLimitItemPerMinute(session)
        self._address = RateLimitItemPerMinute(address)
        self._suggestions = RateLimitItemPerMinute(SUGGESTIONS)

    def admit_message(self, request: Request, session: str) -> None:
        """One more message of this conversation and address."""
        self._hit(self._session, "session", session)
        self._hit(self._address, "address", address_of(request))

    def admit_suggestion(self, request: Request) -> None:
        self._hit(self._suggestions, "suggestions", address_of(request))

    def admit_search(self, request: Request) -> None:
        """A question put to the plain pages, which know no conversations."""
        self._hit(self._address, "address", address_of(request))

    def _hit(self, limit: RateLimitItemPerMinute, *names: str) -> None:
        if not self._limiter.hit(limit, *names):
            raise errors.too_many(_RETRY_AFTER)


def address_of(request: Request) -> str:
    """Of the client; of the proxy's client where `FAQ_PROXIES` says how many proxies to trust."""
    return str(request.remote_addr or request.ip)
