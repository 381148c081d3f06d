"""`contrasts`: the one question that tells an entry and another close one apart."""

from __future__ import annotations

from bot.faq.entry import Contrast
from bot.faq.fault import quote
from bot.faq.ledger import Ledger, Mention
from bot.faq.record import Record
from bot.faq.texts import Limit, read_id, read_pairs, read_text

_QUESTION = Limit(60)  # two or three lines of a phone, above the buttons


def read_contrasts(record: Record, ledger: Ledger) -> tuple[Contrast, ...]:
    """The entry's contrasts: the other entry's id → the question."""
    node = record.get("contrasts")
    contrasts = []
    for key, value in read_pairs(node, "contrasts ", record.scope) if node is not None else ():
        id = read_id(key, "contrasts の項目の名前", record.scope)
        question = read_text(value, f"contrasts の{quote(key.text)}", _QUESTION, record.scope)
        if id is None:
            continue
        ledger.refer(id, "contrasts", key, record.scope)
        contrasts.append(Contrast(id, question or ""))
    return tuple(contrasts)


def check_contrasts(ledger: Ledger) -> None:
    """Note a fault where both of two entries have their contrast: it holds for both anyway."""
    seen: dict[frozenset[str], Mention] = {}
    for mention in ledger.references:
        if mention.role != "contrasts":
            continue
        first = seen.setdefault(frozenset((mention.owner, mention.value)), mention)
        if first.owner != mention.owner:
            found = (
                f"{quote(mention.value)}との見分け方は、"
                f"{first.owner} の contrasts にもあります（{first.place}）。"
            )
            expected = "見分け方は、2つのエントリーのどちらか一方だけに書けます。"
            mention.fault("duplicate_reference", found, expected, "どちらかを消してください。")
