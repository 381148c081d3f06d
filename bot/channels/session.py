"""Conversation tokens: made and signed by the server, so that nobody can guess another's."""

from __future__ import annotations

import os
import secrets
import uuid
from pathlib import Path

from itsdangerous import BadSignature, URLSafeSerializer

SECRET_VARIABLE = "FAQ_SECRET"
SECRET_FILE = Path("var/secret")


class Sessions:
    """Gives out tokens and reads them back.

    >>> sessions = Sessions("a secret")
    >>> token = sessions.new()
    >>> sessions.sender_id(token) is not None, sessions.sender_id(token + "x")
    (True, None)
    """

    def __init__(self, secret: str) -> None:
        self._serializer = URLSafeSerializer(secret, salt="faq-session")

    @classmethod
    def load(cls) -> Sessions:
        """With the secret of the environment, or the one kept in var/ (made on first use)."""
        return cls(os.environ.get(SECRET_VARIABLE) or _kept_secret(SECRET_FILE))

    def new(self) -> str:
        return str(self._serializer.dumps(uuid.uuid4().hex))

    def sender_id(self, token: str) -> str | None:
        """Rasa's id of the conversation; None for a token that this server did not make."""
        try:
            value = self._serializer.loads(token)
        except (BadSignature, UnicodeError):  # a lone surrogate is no token of ours
            return None
        return value if isinstance(value, str) else None


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
