"""Single values: a YAML scalar becomes a text, an id or a date, or a fault is noted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.faq.fault import Scope, quote, unprintable
from bot.faq.yaml_nodes import Listing, Node, Scalar, Table
from bot.faq.yaml_problem import hint

_ID = re.compile(r"[a-z][a-z0-9_]{1,63}")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_YEARS = (1990, 2100)  # a year outside is a slip of the finger

_KINDS = {
    "bool": "「はい／いいえ」",
    "int": "数値",
    "float": "数値",
    "timestamp": "日付",
    "null": "空の値",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """How much a text may hold: characters, and lines where None means any number."""

    characters: int
    lines: int | None = 1


def read_text(node: Node, label: str, limit: Limit, scope: Scope) -> str | None:
    """The text at `node` without surrounding space, or None after faults were noted."""
    scalar = read_scalar(node, label, "文章", scope)
    if scalar is None:
        return None
    if scalar.kind not in ("str", "null"):
        scope.fault(
            "not_text",
            scalar,
            f"{label}の値 {scalar.text} は、YAML では{_KINDS.get(scalar.kind, '記号')}として"
            "読まれます。",
            f"{label}は文章である必要があります。",
            f'引用符で囲んで "{scalar.text}" と書いてください。',
        )
        return None
    text = scalar.text.strip()
    if scalar.kind == "null" or not text:
        refuse_empty(scalar, label, scope)
        return None
    fits = _fits(text, scalar, label, limit, scope)
    return text if _shows(text, scalar, label, scope) and fits else None


def read_id(node: Node, label: str, scope: Scope) -> str | None:
    """The id at `node`: its own, or one that it refers to."""
    scalar = read_scalar(node, label, "1つの言葉", scope)
    if scalar is None:
        return None
    if scalar.kind == "null" or not scalar.text.strip():
        refuse_empty(scalar, label, scope)
    elif scalar.kind != "str" or not _ID.fullmatch(scalar.text):
        scope.fault(
            "bad_id",
            scalar,
            f"{label}に{quote(scalar.text)}が見つかりました。",
            "id は半角の英小文字で始まり、英小文字・数字・「_」で2〜64文字である必要があります"
            "（yes・no・on・off・null は使えません）。",
            "たとえば card_reissue のように書き直してください。",
        )
    else:
        return scalar.text
    return None


def read_date(node: Node, label: str, scope: Scope) -> date | None:
    """The day at `node`, written 2024-02-01."""
    scalar = read_scalar(node, label, "日付", scope)
    if scalar is None:
        return None
    if scalar.kind == "null" or not scalar.text.strip():
        refuse_empty(scalar, label, scope)
        return None
    match = _DATE.fullmatch(scalar.text)
    expected = "日付は 2024-02-01 のように、西暦4桁-月2桁-日2桁である必要があります。"
    advice = "西暦の半角数字で書き直してください。"
    if match is not None:
        year, month, day = map(int, match.groups())
        expected = f"{_YEARS[0]}〜{_YEARS[1]} 年の、暦にある日である必要があります。"
        advice = "年・月・日を確かめてください。"
        if _YEARS[0] <= year <= _YEARS[1]:
            try:
                return date(year, month, day)
            except ValueError:
                pass
    found = f"{label}に{quote(scalar.text)}が見つかりました。"
    scope.fault("bad_date", scalar, found, expected, advice)
    return None


def read_scalar(node: Node, label: str, what: str, scope: Scope) -> Scalar | None:
    """The single value at `node`; `what` says what it should be."""
    if isinstance(node, Scalar):
        return None if node.kind == "refused" else node
    found = f"{label}に{describe(node)}が見つかりました。"
    advice = "「- 」や「[ ]」を使わず、1つの値を書いてください。"
    if isinstance(node, Table):
        advice = '文章の中の「: 」や「{」なら、全体を引用符（"）で囲んでください。'
    scope.fault("wrong_type", node, found, f"{label}は{what}である必要があります。", advice)
    return None


def read_items(node: Node, label: str, scope: Scope) -> list[Node]:
    """The members of the list at `node`, [] after a fault was noted."""
    if isinstance(node, Listing):
        return node.items
    if isinstance(node, Scalar) and node.kind == "refused":
        return []
    if isinstance(node, Scalar) and (node.kind == "null" or not node.text.strip()):
        refuse_empty(node, label, scope)
        return []
    found = f"{label}に{describe(node)}が見つかりました。"
    advice = "1行に1つずつ「- 」で始めて書いてください。"
    if isinstance(node, Scalar):
        advice = hint(node.text) + advice
    scope.fault("wrong_type", node, found, f"{label}はリストである必要があります。", advice)
    return []


def read_pairs(node: Node, label: str, scope: Scope) -> list[tuple[Scalar, Node]]:
    """The keys and values of the mapping at `node`, whatever its keys; [] after a fault."""
    if isinstance(node, Table):
        if not node.pairs:
            refuse_empty(node, label, scope)
        return node.pairs
    if isinstance(node, Scalar) and node.kind == "refused":
        return []
    if isinstance(node, Scalar) and (node.kind == "null" or not node.text.strip()):
        refuse_empty(node, label, scope)
        return []
    found = f"{label}に{describe(node)}が見つかりました。"
    expected = f"{label}は「項目: 値」の組である必要があります。"
    advice = "1行に1つずつ「id: 文章」と書いてください。"
    if isinstance(node, Scalar):
        advice = hint(node.text) + advice
    scope.fault("wrong_type", node, found, expected, advice)
    return []


def refuse_empty(node: Node, label: str, scope: Scope) -> None:
    """Note that nothing is written where something is expected."""
    advice = "内容を書いてください（なくてもよい項目なら、行ごと消してもかまいません）。"
    scope.fault("empty_text", node, f"{label}が空です。", "", advice)


def describe(node: Node) -> str:
    """What stands at `node`, in words."""
    if isinstance(node, Listing):
        return "リスト（「- 」の並び）"
    if isinstance(node, Table):
        return "「項目: 値」の組"
    return "空の値" if node.kind == "null" else f"1つの値{quote(node.text)}"


def _fits(text: str, node: Scalar, label: str, limit: Limit, scope: Scope) -> bool:
    length, lines = len(text), text.count("\n") + 1
    if limit.lines is not None and lines > limit.lines:
        found = f"{label}が {lines} 行あります。"
        expected = f"{limit.lines} 行までである必要があります。"
        scope.fault("long_text", node, found, expected, "行を減らしてください。")
        return False
    if length > limit.characters:
        found = f"{label}が {length} 文字あります。"
        expected = f"{limit.characters} 文字までである必要があります。"
        scope.fault("long_text", node, found, expected, "短くするか、分けてください。")
        return False
    return True


def _shows(text: str, node: Scalar, label: str, scope: Scope) -> bool:
    bad = next(unprintable(text), None)
    if bad is None:
        return True
    code = f"U+{ord(bad):04X}"
    name, advice = f"目に見えない制御文字（{code}）", "その文字を消してください。"
    if bad == "\t":
        name, advice = f"タブ文字（{code}）", "半角空白に置き換えてください。"
    elif bad == "\ufffd":
        name, advice = f"文字化けした文字（{code}）", "元の文字に直してください。"
    elif "\ue000" <= bad <= "\uf8ff" or bad >= "\U000f0000":
        name, advice = f"外字（{code}）", "ふつうの漢字に置き換えてください。"
    found = f"{label}の {text.index(bad) + 1} 文字目に{name}が見つかりました。"
    scope.fault("control_character", node, found, "画面に表示できる文字だけが使えます。", advice)
    return False
