"""contacts.yml: every telephone number, opening time and address, once."""

from __future__ import annotations

from dataclasses import dataclass

from bot.faq import addresses
from bot.faq.entry import Contact, Phone
from bot.faq.fault import quote
from bot.faq.hours import read_hours
from bot.faq.languages import CODES, SLIPS
from bot.faq.ledger import Ledger, Mention
from bot.faq.record import Record, Shape
from bot.faq.texts import Limit, read_items, read_scalar, read_text, refuse_empty
from bot.faq.yaml_nodes import Listing, Node

SHAPE = Shape(
    required=("id", "name", "languages", "source", "verified"),
    optional=("about", "phones", "phones_of", "url", "hours", "hours_of", "note"),
)
PHONE = Shape(required=("number",), optional=("label",))

_TEXT = Limit(500, lines=None)


@dataclass(frozen=True, slots=True)
class Draft:
    """A contact whose `phones_of` and `hours_of` are not looked up yet."""

    contact: Contact
    phones_of: Mention | None
    hours_of: Mention | None
    record: Record


def read_contact(record: Record, ledger: Ledger) -> Draft | None:
    """One contact, or None where it lacks so much that it cannot be drafted."""
    contact_id, verified = record.id(), record.date("verified")
    name, source = record.text("name", Limit(80)), record.text("source", Limit(300))
    hours_node = record.get("hours")
    hours = None if hours_node is None else read_hours(hours_node, record.scope)
    phones, url = _phones(record, ledger), _url(record, ledger)
    languages = _languages(record)
    about, note = record.text("about", _TEXT), record.text("note", _TEXT)
    phones_of = _reference(record, "phones_of", ledger)
    hours_of = _reference(record, "hours_of", ledger)
    _check_ways(record)
    if contact_id is None or verified is None:
        return None
    contact = Contact(
        contact_id, name or "", languages, source or "", verified, about, phones, url, hours, note
    )
    return Draft(contact, phones_of, hours_of, record)


def _phones(record: Record, ledger: Ledger) -> tuple[Phone, ...]:
    node = record.get("phones")
    if isinstance(node, Listing) and not node.items:
        refuse_empty(node, "phones ", record.scope)
    phones = []
    for phone in record.records("phones", PHONE):
        label = phone.text("label", Limit(100))
        number_node = phone.get("number")
        if number_node is None:
            continue
        number = addresses.read_phone_number(number_node, phone.label_of("number"), phone.scope)
        if number is not None:
            phones.append(Phone(number, label))
            ledger.address(addresses.digits(number), "phones", number_node, record.scope)
    return tuple(phones)


def _url(record: Record, ledger: Ledger) -> str | None:
    node = record.get("url")
    url = None if node is None else addresses.read_url(node, "url ", record.scope)
    if node is not None and url is not None:
        ledger.address(url, "url", node, record.scope)
    return url


def _reference(record: Record, key: str, ledger: Ledger) -> Mention | None:
    read = record.reference(key)
    return None if read is None else ledger.refer(read[0], key, read[1], record.scope)


def _languages(record: Record) -> tuple[str, ...]:
    codes: list[str] = []
    node = record.get("languages")
    if node is None:
        return ()
    items = read_items(node, "languages ", record.scope)
    if isinstance(node, Listing) and not items:
        refuse_empty(node, "languages ", record.scope)
    for number, item in enumerate(items, 1):
        code = _language(item, f"languages の{number}件目", codes, record)
        if code is not None:
            codes.append(code)
    return tuple(codes)


def _language(node: Node, label: str, before: list[str], record: Record) -> str | None:
    """One code; the Norwegian `no` must be quoted, as YAML 1.1 takes it for a bool."""
    scalar = read_scalar(node, label, "言語コード", record.scope)
    if scalar is None:
        return None
    code = read_text(scalar, label, Limit(40), record.scope)
    if code is None:
        return None
    if code in CODES and code not in before:
        return code
    meant = SLIPS.get(code, code.lower()[:2])
    found = f"{label}に{quote(code)}が見つかりました。"
    expected = "言語は ISO 639-1 の半角英小文字2文字（ja・en・zh・ko など）である必要があります。"
    advice = "コードを確かめてください。"
    if meant in CODES:
        advice = f"「{meant}」の間違いではありませんか。"
    if code in CODES:
        found = f"{label}の{quote(code)}は2回目です。"
        expected, advice = "同じ言語は1回だけ書けます。", "どちらかを消してください。"
    record.scope.fault("bad_language", scalar, found, expected, advice)
    return None


def _check_ways(record: Record) -> None:
    """A contact has numbers or an address; a contact by telephone has hours."""
    keys = record.values.keys()
    if not keys & {"phones", "phones_of", "url"}:
        _refuse(
            record,
            "電話番号もアドレスもありません。",
            "phones・phones_of・url のどれかが必要です。",
            "どれかの行を書いてください。",
        )
    for one, other in (("phones", "phones_of"), ("hours", "hours_of")):
        if one in keys and other in keys:
            _refuse(
                record,
                f"{one} と {other} の両方があります。",
                "書けるのは一方だけです。",
                "どちらかを消してください。",
            )
    if keys & {"phones", "phones_of"} and not keys & {"hours", "hours_of"}:
        _refuse(
            record,
            "電話の連絡先なのに、受付時間がありません。",
            "hours か hours_of が必要です。",
            "受付時間を書いてください。24時間なら「hours: always」です。",
        )


def _refuse(record: Record, found: str, expected: str, advice: str) -> None:
    record.scope.fault("no_contact_way", record.table, found, expected, advice)
