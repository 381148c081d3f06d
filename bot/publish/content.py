"""What differs between two books, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.faq.content import to_plain
from bot.faq.entry import Contact, Entry, FaqBook, Topic

SECTIONS = {"entries": "項目", "contacts": "連絡先", "topics": "対象外の話題"}
KINDS = {"added": "追加", "changed": "変更", "removed": "削除"}


@dataclass(frozen=True, slots=True)
class Difference:
    """`section`: a key of SECTIONS, `kind` one of KINDS; `values`: what differs, key → value
    before and after, as JSON values; all of it for an entry that is new or gone."""

    section: str
    id: str
    kind: str
    values: Mapping[str, tuple[Any, Any]]

    def as_dict(self) -> dict[str, Any]:
        values = {key: {"before": old, "after": new} for key, (old, new) in self.values.items()}
        return {"section": self.section, "id": self.id, "kind": self.kind, "values": values}


def differences(before: FaqBook, after: FaqBook) -> list[Difference]:
    """In the order of the files, what is gone last; the order of entries does not count."""
    return [
        *_of_section("entries", before.entries, after.entries),
        *_of_section("contacts", before.contacts, after.contacts),
        *_of_section("topics", before.topics, after.topics),
    ]


def _of_section(
    section: str,
    before: Sequence[Entry | Contact | Topic],
    after: Sequence[Entry | Contact | Topic],
) -> list[Difference]:
    old = {one.id: to_plain(one) for one in before}
    new = {one.id: to_plain(one) for one in after}
    found = []
    for id in dict.fromkeys((*new, *old)):
        kind = "changed" if id in old and id in new else "added" if id in new else "removed"
        was, is_now = old.get(id, {}), new.get(id, {})
        keys = dict.fromkeys((*was, *is_now))
        values = {k: (was.get(k), is_now.get(k)) for k in keys if was.get(k) != is_now.get(k)}
        if values:
            found.append(Difference(section, id, kind, values))
    return found
