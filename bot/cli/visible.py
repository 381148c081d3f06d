"""Texts that nobody can command a terminal or a page with."""

from __future__ import annotations


def visible(text: str) -> str:
    """On one line, and harmless in a terminal or a page: control characters, those that change
    the direction of the text and halves of surrogate pairs become U+FFFD."""
    return "".join(map(_visible, text))


def _visible(char: str) -> str:
    if char.isspace() and char != "\u3000":
        return " "
    # An ideographic space is no "printable" for Python; a joiner holds an emoji together.
    return char if char.isprintable() or char in "\u3000\u200d" else "\ufffd"
