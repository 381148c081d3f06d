"""out_of_scope.yml: topics that the FAQ does not answer."""

from __future__ import annotations

import difflib

from bot.faq.entry import Topic
from bot.faq.fault import quote
from bot.faq.ledger import Ledger
from bot.faq.record import Record, Shape
from bot.faq.texts import Limit

KINDS = ("near", "chitchat", "elsewhere", "abuse", "injection", "gibberish", "other_language")
"""`near`: insurance, My Number, administration; `elsewhere`: other domains."""

SHAPE = Shape(required=("id", "name", "kind", "examples"))


def read_topic(record: Record, ledger: Ledger) -> Topic:
    """One topic; with faults noted, its texts may be blank."""
    id = record.id() or ""
    name = record.text("name", Limit(80)) or ""
    examples = record.texts("examples", Limit(1000, lines=None))
    for text, node in examples:
        ledger.word(text, "topic", node, record.scope)
    return Topic(id, name, _kind(record), tuple(text for text, _ in examples))


def _kind(record: Record) -> str:
    kind = record.text("kind", Limit(40))
    if kind is not None and kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, n=1)
        record.scope.fault(
            "bad_kind",
            record.values["kind"],
            f"kind に{quote(kind)}が見つかりました。",
            f"kind は {'・'.join(KINDS)} のどれかである必要があります。",
            f"「{near[0]}」の間違いではありませんか。" if near else "どれかに直してください。",
        )
    return kind or ""
