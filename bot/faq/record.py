"""One mapping of a data file: its keys checked first, then read one by one."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.faq import texts
from bot.faq.fault import Scope, quote
from bot.faq.texts import Limit
from bot.faq.yaml_nodes import Listing, Node, Scalar, Table
from bot.faq.yaml_problem import hint


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys that a mapping must and may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with only known keys, each once.

    Readers return None or an empty list both for an absent key and after a fault; absent
    required keys are faults already, and a book with faults is never built.
    """

    table: Table
    shape: Shape
    scope: Scope
    label: str
    values: dict[str, Node]

    @classmethod
    def read(cls, node: Node, shape: Shape, scope: Scope, label: str = "") -> Record | None:
        """Check the keys at `node`; `label` names it inside its entry, as `steps の1件目`."""
        if isinstance(node, Scalar) and node.kind == "refused":
            return None
        if not isinstance(node, Table):
            found = f"{label or 'ここ'}に{texts.describe(node)}が見つかりました。"
            expected = f"「{shape.keys[0]}: …」のような項目の並びである必要があります。"
            advice = hint(node.text) if isinstance(node, Scalar) else ""
            advice = advice or "項目の名前・半角の「:」・半角空白・値の順に書いてください。"
            scope.fault("wrong_type", node, found, expected, advice)
            return None
        record = cls(node, shape, scope, label, {})
        record._take_keys()
        return record

    def get(self, key: str) -> Node | None:
        """What stands at `key`."""
        return self.values.get(key)

    def label_of(self, key: str) -> str:
        """How messages name a key: `answer `, `steps の1件目の title `, ready for a particle."""
        return f"{self.label}の {key} " if self.label else f"{key} "

    def id(self) -> str | None:
        """The record's own id."""
        read = self.reference("id")
        return None if read is None else read[0]

    def text(self, key: str, limit: Limit) -> str | None:
        """The text at `key`."""
        node = self.get(key)
        label = self.label_of(key)
        return None if node is None else texts.read_text(node, label, limit, self.scope)

    def texts(self, key: str, limit: Limit) -> list[tuple[str, Node]]:
        """The texts of the list at `key`, with their places."""
        found = []
        for label, node in self._items(key):
            text = texts.read_text(node, label, limit, self.scope)
            if text is not None:
                found.append((text, node))
        return found

    def ids(self, key: str) -> list[tuple[str, Node]]:
        """The ids of the list at `key`, with their places."""
        read = ((self._id(node, label), node) for label, node in self._items(key))
        return [(id, node) for id, node in read if id is not None]

    def reference(self, key: str) -> tuple[str, Node] | None:
        """The one id at `key`, with its place."""
        node = self.get(key)
        id = None if node is None else self._id(node, self.label_of(key))
        return None if node is None or id is None else (id, node)

    def date(self, key: str) -> date | None:
        """The day at `key`."""
        node = self.get(key)
        return None if node is None else texts.read_date(node, self.label_of(key), self.scope)

    def records(self, key: str, shape: Shape) -> list[Record]:
        """The mappings of the list at `key`."""
        read = (Record.read(node, shape, self.scope, label) for label, node in self._items(key))
        return [record for record in read if record is not None]

    def _id(self, node: Node, label: str) -> str | None:
        return texts.read_id(node, label, self.scope)

    def _items(self, key: str) -> Iterator[tuple[str, Node]]:
        node = self.get(key)
        if node is None:
            return
        label = self.label_of(key)
        items = texts.read_items(node, label, self.scope)
        if not items and key in self.shape.required and isinstance(node, Listing):
            texts.refuse_empty(node, label, self.scope)
        for number, item in enumerate(items, 1):
            yield f"{label}の{number}件目", item

    def _take_keys(self) -> None:
        for key, node in self.table.pairs:
            if key.kind == "refused":
                continue
            if key.text in self.values:
                first = self.values[key.text].line
                found = f"項目{quote(key.text)}が2回書かれています（1回目は {first} 行目）。"
                advice = "どちらか一方を消してください。"
                self.scope.fault("duplicate_key", key, found, "項目は1回だけ書けます。", advice)
            elif key.text in self.shape.keys:
                self.values[key.text] = node
            else:
                self._refuse_key(key)
        for name in self.shape.required:
            if name not in self.values:
                found = f"{self.label_of(name)}がありません。"
                expected = f"{name} はかならず必要です。"
                advice = f"「{name}: …」の行を書いてください。"
                self.scope.fault("missing_key", self.table, found, expected, advice)

    def _refuse_key(self, key: Scalar) -> None:
        plain = unicodedata.normalize("NFKC", key.text).strip().lower()
        near = difflib.get_close_matches(plain[:80], self.shape.keys, n=1)
        unused = [name for name in near if name not in self.values]
        if unused:
            advice = f"「{unused[0]}」の間違いではありませんか。書き直してください。"
        else:
            advice = hint(key.text + ":") or "名前を直すか、行を消してください。"
        found = f"知らない項目{quote(key.text)}が見つかりました。"
        expected = f"{self.label or 'ここ'}に使える項目は {'・'.join(self.shape.keys)} です。"
        self.scope.fault("unknown_key", key, found, expected, advice)
