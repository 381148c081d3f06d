"""The error that a command shows as one message instead of a traceback."""

from __future__ import annotations


class FaqBotError(Exception):
    """Says in Japanese what went wrong and what to do."""
