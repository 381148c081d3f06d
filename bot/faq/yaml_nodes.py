"""YAML as a tree that remembers its lines.

The tree is built from PyYAML's events, not with `yaml.compose`: composing recurses, and a
file of 50,000 brackets ends the process in libyaml's C stack. Events also say where an alias
stands, and nothing is ever constructed: a value stays the text that was written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.faq.fault import Scope, quote
from bot.faq.yaml_problem import explain

MAX_DEPTH = 16  # the deepest place that the FAQ knows is entries → steps → fields → name: 6

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it was written.

    `kind` is what YAML 1.1 takes it for: str, bool, int, float, null, timestamp, value, merge;
    `refused` marks a value about which a fault was already noted.
    """

    text: str
    kind: str
    line: int
    column: int


@dataclass(slots=True)
class Listing:
    """A YAML sequence."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A YAML mapping, its keys in order, duplicates included."""

    line: int
    column: int
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)


Node = Scalar | Listing | Table


def parse(text: str, scope: Scope) -> Node | None:
    """The only document in `text`, or None after faults were noted."""
    loader = Loader(text)
    try:
        return _Builder(loader, scope).document()
    except yaml.YAMLError as error:
        explain(error, text, scope)
    except (ValueError, OverflowError):  # PyYAML on "\U7FFFFFFF", without libyaml
        scope.fault(
            "broken_yaml",
            None,
            "YAML として読めません（正しくない \\U の書き方があります）。",
            "",
            "「\\」を含む値は ' で囲んでください。",
        )
    finally:
        loader.dispose()
    return None


class _Builder:
    """Puts events together, without recursion."""

    def __init__(self, loader: Any, scope: Scope) -> None:
        self._loader = loader
        self._scope = scope
        self._open: list[Listing | Table] = []
        self._keys: list[Scalar | None] = []
        self._root: Node | None = None

    def document(self) -> Node | None:
        documents = 0
        while self._loader.check_event():
            event = self._loader.get_event()
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(
                        event,
                        "「---」で区切られた2つ目の文書が見つかりました。",
                        "1つのファイルに書けるのは1つの文書だけです。",
                        "「---」の行を消してください。",
                    )
                    return None
            elif not self._take(event):
                return None
        if documents == 0:
            advice = "バックアップなどから内容を戻してください。"
            self._scope.fault("empty_file", None, "コメントのほかに何もありません。", "", advice)
        return self._root

    def _take(self, event: Any) -> bool:
        """Fit one event into the tree; False where reading must stop."""
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.ScalarEvent):
            self._attach(self._scalar(event, line, column))
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(
                event,
                f"YAML の参照（*{event.anchor}）が見つかりました。",
                "参照は使えません。",
                '同じ内容をもう一度書くか、「*」で始まる文章なら引用符（"）で囲んでください。',
            )
            self._attach(Scalar("", "refused", line, column))
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            self._refuse_properties(event)
            return self._enter(event, line, column)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self._open.pop()
            self._keys.pop()
        return True

    def _enter(self, event: Any, line: int, column: int) -> bool:
        if len(self._open) >= MAX_DEPTH:
            self._refuse(
                event,
                f"入れ子が {MAX_DEPTH} 段を超えています。",
                "FAQ にこれほど深い入れ子はありません。",
                "「[」「{」「- 」の重なりを確かめてください。",
            )
            return False
        is_listing = isinstance(event, yaml.SequenceStartEvent)
        node = Listing(line, column) if is_listing else Table(line, column)
        self._attach(node)
        self._open.append(node)
        self._keys.append(None)
        return True

    def _attach(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Listing):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = self._key(node)
        else:
            parent.pairs.append((key, node))
            self._keys[-1] = None

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        self._scope.fault(
            "refused_yaml",
            node,
            "項目の名前のところに、リストか、ほかの項目が書かれています。",
            "項目の名前は id や question などの言葉です。",
            '「{」「[」「?」で始まる文章なら、引用符（"）で囲んでください。',
        )
        return Scalar("", "refused", node.line, node.column)

    def _scalar(self, event: Any, line: int, column: int) -> Scalar:
        if self._refuse_properties(event):
            return Scalar(event.value, "refused", line, column)
        kind = "str"
        if event.implicit[0]:  # plain: YAML 1.1 guesses
            tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)
            kind = tag.removeprefix(_TAG)
        return Scalar(event.value, kind, line, column)

    def _refuse_properties(self, event: Any) -> bool:
        """Note a fault for `&name` or `!tag`, which would vanish from a sentence unseen."""
        mark = f"&{event.anchor}" if event.anchor else (event.tag or "")
        if not mark:
            return False
        shown = quote(mark if mark[0] in "&!" else "!!" + mark.removeprefix(_TAG))
        self._refuse(
            event,
            f"YAML の特別な印{shown}が見つかりました。",
            "「&」や「!」で始まる印は使えません。",
            '文章の始まりなら、全体を引用符（"）で囲んでください。',
        )
        return True

    def _refuse(self, event: Any, found: str, expected: str, advice: str) -> None:
        at = Scalar("", "refused", event.start_mark.line + 1, event.start_mark.column + 1)
        self._scope.fault("refused_yaml", at, found, expected, advice)
