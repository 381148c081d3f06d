"""One training text and what it belongs to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """`label` is the id of an entry, or of an out-of-scope topic."""

    text: str
    label: str
    in_scope: bool

    @classmethod
    def of_entry(cls, text: str, entry: str) -> Example:
        return cls(text, entry, in_scope=True)

    @classmethod
    def of_topic(cls, text: str, topic: str) -> Example:
        return cls(text, topic, in_scope=False)
