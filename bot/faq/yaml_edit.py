"""Change a YAML file where it has to change; every other byte stays as somebody wrote it.

A round trip through a YAML library keeps comments, but hangs those between two entries on the
last value of the first, and loses or moves them with it.  Here the text is the document: marks
of PyYAML's nodes say which lines hold what, and only those lines are replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import Any, TypeGuard

import yaml

from bot.errors import FaqBotError
from bot.faq.yaml_lines import STEP, Value, item_lines, mapping_lines, pair_lines
from bot.faq.yaml_nodes import Loader


class EditError(FaqBotError):
    """The file cannot be changed by a program; the message says what to do by hand."""


@dataclass(slots=True)
class Document:
    """A file without faults whose only key is a list of mappings with an id each.

    Changes are noted first and made together by `text`, so that a thousand of them read the
    file once.  `order`: the keys of a mapping in the order in which new ones are put.
    """

    lines: list[str]
    items: Mapping[str, yaml.MappingNode]
    listing: yaml.SequenceNode
    order: Sequence[str]
    section: str
    _splices: list[tuple[int, int, list[str]]] = field(default_factory=list)
    _new: list[list[str]] = field(default_factory=list)

    @classmethod
    def read(cls, text: str, section: str, order: Sequence[str]) -> Document:
        """`text` has line feeds only; it has been loaded without faults."""
        root: Any = yaml.compose(text, Loader)
        ((_, listing),) = root.value
        items = {_value(item, "id").value: item for item in listing.value}
        return cls(text.split("\n"), items, listing, order, section)

    @property
    def text(self) -> str:
        """With all changes made."""
        lines: list[str] = []
        at = 0
        for start, end, new in sorted(self._splices, key=lambda one: one[:2]):
            lines += self.lines[at:start]
            lines += new
            at = end
        lines += self.lines[at:]
        if self._new:
            if lines and lines[-1] == "":
                lines.pop()
            for item in self._new:
                lines += ["", *item]
            lines.append("")
        return "\n".join(lines)

    def texts(self, id: str, key: str) -> tuple[str, ...]:
        """The list at a key as written, () where there is none."""
        node = _find(self.items[id], key)
        return () if node is None else tuple(item.value.strip() for item in node.value)

    def add(self, item: Mapping[str, Value]) -> None:
        """At the end, a blank line before it."""
        indent = STEP if self.listing.flow_style else self.listing.start_mark.column
        if self.listing.flow_style:
            if self.listing.value:
                raise _by_hand(self.section)
            self._empty_list_to_block()
        lines = mapping_lines(item, indent + STEP)
        self._new.append([f"{' ' * indent}- {lines[0].lstrip(' ')}", *lines[1:]])

    def put(self, id: str, key: str, value: Value | None) -> None:
        """The value of one key in the mapping with this id; None takes the key away."""
        mapping = self.items[id]
        if mapping.flow_style:
            raise _by_hand(id)
        node = _find(mapping, key)
        if node is None:
            if value is not None:
                self._insert(mapping, key, value)
        elif value is None:
            self._remove(mapping, key)
        elif _is_text_list(value) and isinstance(node, yaml.SequenceNode) and not node.flow_style:
            self._change_list(node, value)
        else:
            self._replace(mapping, key, value)

    def _replace(self, mapping: yaml.MappingNode, key: str, value: Value) -> None:
        name, node = _pair(mapping, key)
        start, end = name.start_mark.line, _end(node, self.lines)
        lines = pair_lines(key, value, name.start_mark.column)
        head = self.lines[start][: name.start_mark.column]  # the hyphen, where it comes first
        lines[0] = head + lines[0].lstrip(" ") + self._comment(node)
        above = [" " * name.start_mark.column + one for one in self._comments_within(name, node)]
        self._splices.append((start, end, above + lines))

    def _insert(self, mapping: yaml.MappingNode, key: str, value: Value) -> None:
        """Behind the last key that comes before it in the usual order."""
        before = set(self.order[: self.order.index(key)])
        follows = [pair for pair in mapping.value if pair[0].value in before] or mapping.value
        at = _end(follows[-1][1], self.lines)
        indent = mapping.value[0][0].start_mark.column
        self._splices.append((at, at, pair_lines(key, value, indent)))

    def _remove(self, mapping: yaml.MappingNode, key: str) -> None:
        name, node = _pair(mapping, key)
        if mapping.value[0][0] is name:  # the hyphen is on its line
            raise _by_hand(key)
        self._splices.append((name.start_mark.line, _end(node, self.lines), []))

    def _change_list(self, node: yaml.SequenceNode, value: Sequence[str]) -> None:
        """Only the lines of texts that come or go; comments between the others stay."""
        old = [item.value.strip() for item in node.value]
        indent = node.start_mark.column
        ends = [_end(item, self.lines) for item in node.value]
        matcher = SequenceMatcher(None, old, list(value), autojunk=False)
        for kind, start, stop, first, last in matcher.get_opcodes():
            if kind == "equal":
                continue
            new = [line for text in value[first:last] for line in item_lines(text, indent)]
            where = ends[start - 1] if start else node.start_mark.line
            if start == stop:
                self._splices.append((where, where, new))
                continue
            for number in range(start, stop):
                begin = node.value[number].start_mark.line
                self._splices.append((begin, ends[number], new if number == start else []))

    def _comment(self, node: yaml.Node) -> str:
        """What stands behind a value on its line."""
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return ""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            return ""
        return self.lines[node.end_mark.line][node.end_mark.column :].rstrip()

    def _comments_within(self, name: yaml.Node, node: yaml.Node) -> list[str]:
        """Those on the lines of a value that are not `_comment`: no line of the new one is
        theirs, so they are put above it."""
        last = node.end_mark
        lines = range(name.start_mark.line, _end(node, self.lines))
        rows = {row: self.lines[row] for row in lines}
        if last.line in rows:
            rows[last.line] = rows[last.line][: last.column]
        for scalar in _scalars(node):
            _blank(rows, scalar)
        found = (re.search(r"(?:^|\s)(#.*)", line) for line in rows.values())
        return [one[1].rstrip() for one in found if one]

    def _empty_list_to_block(self) -> None:
        if not self._new:
            row, column = self.listing.start_mark.line, self.listing.start_mark.column
            tail = self._comment(self.listing)
            last = self.listing.end_mark.line + 1
            self._splices.append((row, last, [self.lines[row][:column].rstrip() + tail]))


def _end(node: yaml.Node, lines: Sequence[str]) -> int:
    """The line behind the last that holds some of `node`."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.line + (node.end_mark.column > 0)
    start = node.start_mark.line + 1
    while end > start and not lines[end - 1].strip():  # a block takes blank lines behind it along
        end -= 1
    return max(end, start)


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
        return
    for child in node.value:
        for one in child if isinstance(child, tuple) else (child,):
            yield from _scalars(one)


def _blank(rows: dict[int, str], scalar: yaml.ScalarNode) -> None:
    """Takes the text of a scalar from the lines, so that no # in it looks like a comment."""
    start, end = scalar.start_mark, scalar.end_mark
    block = scalar.style in ("|", ">")  # behind the sign there may be a comment
    for row in range(start.line + block, end.line + 1):
        if row in rows:
            line = rows[row]
            left = 0 if row > start.line else start.column
            right = end.column if row == end.line else len(line)
            rows[row] = line[:left] + "x" * (right - left) + line[right:]


def _value(mapping: yaml.MappingNode, key: str) -> Any:
    return _pair(mapping, key)[1]


def _find(mapping: yaml.MappingNode, key: str) -> Any:
    return next((node for name, node in mapping.value if name.value == key), None)


def _pair(mapping: yaml.MappingNode, key: str) -> tuple[yaml.Node, yaml.Node]:
    return next((name, node) for name, node in mapping.value if name.value == key)


def _is_text_list(value: Value) -> TypeGuard[Sequence[str]]:
    return (
        not isinstance(value, (str, date, Mapping))
        and len(value) > 0
        and all(isinstance(one, str) for one in value)
    )


def _by_hand(what: str) -> EditError:
    return EditError(
        f"{what} は「{{ }}」や「[ ]」を使った書き方などのため、自動では書き換えられません。"
        "ファイルをエディタで開いて、手で直してください。"
    )
