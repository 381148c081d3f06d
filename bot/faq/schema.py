"""JSON Schemas of the data files: editors complete keys and mark mistakes while somebody types.

Keys, kinds and limits are asked of the readers themselves, which get a record that has nothing and
notes what they want of it. So a schema cannot drift from what the loader takes; what crosses
files, such as a reference to nothing, is seen by the loader alone. Draft 7 is what the YAML
extension of VS Code and others read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from bot.faq import contacts, contrasts, entries, further, hours, schema_forms, topics
from bot.faq.fault import Scope
from bot.faq.ledger import Ledger
from bot.faq.load import FILES
from bot.faq.record import Record, Shape
from bot.faq.schema_forms import Form
from bot.faq.schema_words import DESCRIPTIONS
from bot.faq.texts import Limit
from bot.faq.yaml_nodes import Node, Table

_DRAFT = "http://json-schema.org/draft-07/schema#"
_READERS: Mapping[str, tuple[Shape, Callable[[Record, Ledger], object]]] = {
    "entries": (entries.SHAPE, entries.read_entry),
    "wordings": (further.SHAPE, further.read_further),
    "contacts": (contacts.SHAPE, contacts.read_contact),
    "topics": (topics.SHAPE, topics.read_topic),
}


def schemas() -> dict[str, str]:
    """File name → its text, JSON; `faq.schema.json` is that of `faq.yml`."""
    return {
        f"{PurePath(file).stem}.schema.json": json.dumps(
            schema(section), ensure_ascii=False, indent=2
        )
        + "\n"
        for section, file in FILES.items()
    }


def schema(section: str) -> Form:
    """The schema of the file that holds `section`, a key of `load.FILES`."""
    shape, read = _READERS[section]
    record = Asked.blank(shape)
    read(record, Ledger())
    for path, form in _read_by_hand().items():
        owner, *inner, key = path.split(".")
        if owner == section:
            record.inside(inner).forms[key] = form
    items = record.form(section) | _RULES.get(section, {})
    many = {"type": "array", "items": items} | ({"minItems": 1} if section == "entries" else {})
    return {
        "$schema": _DRAFT,
        "$comment": "faq schema が作ったファイルです。手で書き換えないでください。",
        "title": FILES[section],
        "type": "object",
        "required": [section],
        "additionalProperties": False,
        "properties": {section: {"description": DESCRIPTIONS[section], **many}},
    }


@dataclass(frozen=True, slots=True)
class Asked(Record):
    """A record without content that notes as which form each key is read."""

    forms: dict[str, Form] = field(default_factory=dict)
    nested: dict[str, Asked] = field(default_factory=dict)

    @classmethod
    def blank(cls, shape: Shape) -> Asked:
        return cls(Table(1, 1), shape, Scope("", []), "", {})

    def get(self, key: str) -> Node | None:
        return None

    def text(self, key: str, limit: Limit) -> str | None:
        self.forms[key] = schema_forms.text(limit)
        return None

    def texts(self, key: str, limit: Limit) -> list[tuple[str, Node]]:
        self.forms[key] = schema_forms.listing(schema_forms.text(limit), self._least(key))
        return []

    def ids(self, key: str) -> list[tuple[str, Node]]:
        ids = schema_forms.listing(schema_forms.id_form(), self._least(key))
        self.forms[key] = ids | {"uniqueItems": True}
        return []

    def reference(self, key: str) -> tuple[str, Node] | None:
        self.forms[key] = schema_forms.id_form()
        return None

    def date(self, key: str) -> date | None:
        self.forms[key] = schema_forms.date()
        return None

    def records(self, key: str, shape: Shape) -> list[Record]:
        self.nested[key] = Asked.blank(shape)
        return [self.nested[key]]

    def inside(self, keys: list[str]) -> Asked:
        """The record at the end of a path of keys."""
        return self.nested[keys[0]].inside(keys[1:]) if keys else self

    def form(self, path: str) -> Form:
        """The whole mapping; `path` leads here, for the descriptions."""
        lists = {
            key: {"type": "array", "items": inner.form(f"{path}.{key}")}
            for key, inner in self.nested.items()
        }
        forms = lists | self.forms
        return {
            "type": "object",
            "required": list(self.shape.required),
            "additionalProperties": False,
            "properties": {
                key: {"description": DESCRIPTIONS[f"{path}.{key}"], **forms[key]}
                for key in self.shape.keys
            },
        }

    def _least(self, key: str) -> int:
        """How many members a list must have."""
        return int(key in self.shape.required)


def _read_by_hand() -> dict[str, Form]:
    """The keys whose values readers fetch themselves, by their paths."""
    question = schema_forms.text(contrasts._QUESTION)
    languages = schema_forms.listing(schema_forms.language(), least=1)
    return {
        "entries.contrasts": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": schema_forms.id_form(),
            "additionalProperties": question,
        },
        "contacts.phones.number": schema_forms.phone_number(),
        "contacts.url": schema_forms.url(),
        "contacts.languages": languages | {"uniqueItems": True},
        "contacts.hours": {"anyOf": [{"const": "always"}, _hours()]},
        "topics.kind": {"enum": list(topics.KINDS)},
    }


def _hours() -> Form:
    spans = Asked.blank(hours.SHAPE)
    spans.forms.update(
        weekday=schema_forms.span(),
        holiday=schema_forms.span(),
        closed=schema_forms.yearly_span(),
    )
    return spans.form("contacts.hours") | {
        "anyOf": [{"required": ["weekday"]}, {"required": ["holiday"]}]
    }


def _any(*keys: str) -> Form:
    return {"anyOf": [{"required": [key]} for key in keys]}


def _not_both(one: str, other: str) -> Form:
    return {"not": {"required": [one, other]}}


# How keys hang together: contacts._check_ways says the same of the content.
_RULES: Mapping[str, dict[str, Any]] = {
    "contacts": {
        "allOf": [
            _any("phones", "phones_of", "url"),
            _not_both("phones", "phones_of"),
            _not_both("hours", "hours_of"),
            {"if": _any("phones", "phones_of"), "then": _any("hours", "hours_of")},
            {"properties": {"phones": {"minItems": 1}}},
        ]
    }
}
