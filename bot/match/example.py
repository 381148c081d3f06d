"""One training text and what it belongs to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """`label` is the id of an entry, or of an out-of-scope topic.

    `near`: what people of this help desk ask; an out-of-scope topic of another kind (weather,
    chit-chat) is far, and far easier to tell.
    """

    text: str
    label: str
    in_scope: bool
    near: bool = True

    @classmethod
    def of_entry(cls, text: str, entry: str) -> Example:
        return cls(text, entry, in_scope=True)

    @classmethod
    def of_topic(cls, text: str, topic: str, near: bool = True) -> Example:
        return cls(text, topic, in_scope=False, near=near)
