"""`phones_of` and `hours_of`: one contact's numbers and hours, taken from another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.faq.contacts import Draft
from bot.faq.entry import Contact
from bot.faq.fault import quote
from bot.faq.ledger import Mention


def resolve(drafts: Sequence[Draft]) -> tuple[Contact, ...]:
    """The contacts with `phones_of` and `hours_of` looked up; cycles and blanks are faults."""
    by_id = {draft.contact.id: draft for draft in drafts}
    contacts = []
    for draft in drafts:
        giver = _follow(draft, by_id, lambda one: one.phones_of)
        timer = _follow(draft, by_id, lambda one: one.hours_of)
        if giver is not None and draft.phones_of and "phones" not in giver.record.values:
            _refuse_blank(draft.phones_of, "電話番号", giver)
        if timer is not None and draft.hours_of and "hours" not in timer.record.values:
            _refuse_blank(draft.hours_of, "受付時間", timer)
        phones = giver.contact.phones if giver is not None else ()
        hours = timer.contact.hours if timer is not None else None
        contacts.append(replace(draft.contact, phones=phones, hours=hours))
    return tuple(contacts)


def _follow(
    draft: Draft, by_id: dict[str, Draft], step: Callable[[Draft], Mention | None]
) -> Draft | None:
    """The draft at the end of a chain; None where it leads to nothing or in a circle."""
    path = [draft.contact.id]
    at = draft
    while (mention := step(at)) is not None:
        if mention.value not in by_id:
            return None
        path.append(mention.value)
        if mention.value in path[:-1]:
            if mention.value == path[0]:  # once for each member, not for those that lead there
                _refuse_cycle(mention_of=step(draft), path=path)
            return None
        at = by_id[mention.value]
    return at


def _refuse_cycle(mention_of: Mention | None, path: list[str]) -> None:
    if mention_of is not None:
        found = f"{mention_of.role} が一回りしています（{' → '.join(path)}）。"
        expected = f"{mention_of.role} の先には、番号や時間そのものが書かれている必要があります。"
        advice = "どれか1つに実際の内容を書いてください。"
        mention_of.fault("reference_cycle", found, expected, advice)


def _refuse_blank(mention: Mention, what: str, end: Draft) -> None:
    found = f"{mention.role} の先の{quote(end.contact.id)}には{what}がありません。"
    expected = f"{mention.role} は、{what}を持つ連絡先の id である必要があります。"
    advice = "正しい連絡先の id に直してください。"
    mention.fault("bad_reference", found, expected, advice)
