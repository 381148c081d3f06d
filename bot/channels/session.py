"""Conversation tokens: made and signed by the server, so that nobody can guess another's."""

from __future__ import annotations

import os
import secrets
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer

SECRET_VARIABLE = "FAQ_SECRET"
SECRET_FILE = Path("var/secret")

# A conversation ends by itself: whoever sits down at a shared computer finds none.
IDLE = 30 * 60  # seconds; as long as `session_expiration_time` in domain.yml
# A token says when it was made. It is replaced when it is used, but not at every message.
FRESH = 60  # seconds


@dataclass(frozen=True, slots=True)
class Session:
    """`id`: Rasa's id of the conversation; `token`: what the client sends next time."""

    id: str
    token: str


class Sessions:
    """Gives out tokens and reads them back.

    >>> sessions = Sessions("a secret")
    >>> session = sessions.new()
    >>> sessions.resumed(session.token) == session, sessions.resumed(session.token + "x")
    (True, None)
    """

    def __init__(self, secret: str) -> None:
        self._serializer = URLSafeTimedSerializer(secret, salt="faq-session")

    @classmethod
    def load(cls) -> Sessions:
        """With the secret of the environment, or the one kept in var/ (made on first use)."""
        return cls(os.environ.get(SECRET_VARIABLE) or _kept_secret(SECRET_FILE))

    def new(self) -> Session:
        return self._session(uuid.uuid4().hex)

    def resumed(self, token: str) -> Session | None:
        """The conversation of a token, whose token may be a newer one; None for a token that
        this server did not make, or that nobody used for IDLE seconds."""
        try:
            id, made = self._serializer.loads(token, max_age=IDLE, return_timestamp=True)
        except (BadSignature, UnicodeError):  # a lone surrogate is no token of ours
            return None
        if not isinstance(id, str):
            return None
        return Session(id, token) if time.time() - made.timestamp() < FRESH else self._session(id)

    def _session(self, id: str) -> Session:
        return Session(id, str(self._serializer.dumps(id)))


def _kept_secret(file: Path) -> str:
    try:
        kept = file.read_text(encoding="ascii")
        if kept:
            return kept
        file.unlink()  # left empty by a crash between making and writing it
    except FileNotFoundError:
        pass
    file.parent.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_urlsafe(32)
    # Exclusive creation: of two servers that start at once, one makes it, both use it.
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as stream:
            stream.write(secret)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    return secret
