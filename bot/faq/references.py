"""What refers to what, over all files: ids must exist and fit, addresses stand once."""

from __future__ import annotations

from collections.abc import Container
from difflib import get_close_matches

from bot.faq.fault import SHOWN, quote
from bot.faq.ledger import Ledger, Mention

# role of a reference → (section that it points into, file of that section)
_TARGETS = {
    "contacts": ("contacts", "contacts.yml"),
    "links": ("contacts", "contacts.yml"),
    "phones_of": ("contacts", "contacts.yml"),
    "hours_of": ("contacts", "contacts.yml"),
    "related": ("entries", "faq.yml"),
    "contrasts": ("entries", "faq.yml"),
    "id": ("entries", "faq.yml"),  # of wordings.yml
}


def check_references(ledger: Ledger) -> None:
    """Note references to nothing or to oneself, references twice, and shared ids.

    A section that could not be read in full is not looked into: one fault there must not make
    fifty here.
    """
    seen: set[tuple[str | None, str, str, str]] = set()
    for mention in ledger.references:
        key = (mention.scope.entry, mention.scope.file, mention.role, mention.value)
        section, file = _TARGETS[mention.role]
        known = section not in ledger.incomplete
        if key in seen and mention.role == "id":
            pass  # an id twice in its file is told already
        elif key in seen:
            found = f"{mention.role} に{quote(mention.value)}が2回書かれています。"
            mention.fault("duplicate_reference", found, "", "どちらかを消してください。")
        elif known and section == "entries" and _is_own(mention):
            found = f"{mention.role} にこのエントリー自身が書かれています。"
            advice = "この id を消してください。"
            expected = f"{mention.role} に書けるのは、ほかのエントリーの id です。"
            mention.fault("bad_reference", found, expected, advice)
        elif known and mention.value not in ledger.ids.get(section, {}):
            _refuse_unknown(mention, section, file, ledger)
        seen.add(key)
    _check_topic_ids(ledger)


def _is_own(mention: Mention) -> bool:
    return mention.role != "id" and mention.value == mention.owner


def check_links(ledger: Ledger, without: Container[str]) -> None:
    """Note `links` to the contacts of `without`, which have no address."""
    for mention in ledger.references:
        if mention.role == "links" and mention.value in without:
            found = f"links の{quote(mention.value)}には url がありません。"
            expected = "links に書けるのは、contacts.yml で url を持つ連絡先だけです。"
            advice = "電話の連絡先なら contacts に書いてください。"
            mention.fault("bad_reference", found, expected, advice)


def check_addresses(ledger: Ledger) -> None:
    """Note telephone numbers and web addresses that stand in contacts.yml twice."""
    seen: dict[str, Mention] = {}
    for mention in ledger.addresses:
        first = seen.setdefault(mention.value, mention)
        if first is mention:
            continue
        is_phone = mention.role == "phones"
        what = f"電話番号 {mention.value} " if is_phone else f"アドレス {mention.value} "
        found = f"{what}は {first.owner} にもあります（{first.place}）。"
        expected = "1つの番号やアドレスは1か所だけに書けます。"
        advice = "どちらかを消してください。"
        if is_phone and first.owner != mention.owner:
            advice = f"同じ窓口なら、番号の代わりに「phones_of: {first.owner}」と書いてください。"
        code = "duplicate_phone" if is_phone else "duplicate_url"
        mention.fault(code, found, expected, advice)


def _refuse_unknown(mention: Mention, section: str, file: str, ledger: Ledger) -> None:
    known = ledger.ids.get(section, {})
    faults = mention.scope.faults
    # Each comparison walks all ids: after a screenful of faults nobody reads the guesses.
    near = get_close_matches(mention.value, known, n=1) if len(faults) < SHOWN else []
    advice = f"id を確かめるか、{file} に書き足してください。"
    if near:
        advice = f"「{near[0]}」の間違いではありませんか。" + advice
    found = f"{mention.role} の{quote(mention.value)}はありません。"
    expected = f"{mention.role} に書けるのは、{file} にある id だけです。"
    mention.fault("unknown_reference", found, expected, advice)


def _check_topic_ids(ledger: Ledger) -> None:
    entries = ledger.ids.get("entries", {})
    for id, mention in ledger.ids.get("topics", {}).items():
        if id in entries:
            found = f"id {quote(id)}は FAQ のエントリーにもあります（{entries[id].place}）。"
            advice = "FAQ で答えるなら、この対象外の話題を消してください。"
            expected = "対象外の話題とエントリーの id は別である必要があります。"
            mention.fault("duplicate_id", found, expected, advice)
