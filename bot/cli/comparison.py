"""An edit in words: what of the content differs, and which questions end otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bot.faq.fault import quote

if TYPE_CHECKING:
    from bot.faq.entry import FaqBook
    from bot.match.decision import Decision
    from bot.publish.content import Difference
    from bot.publish.publisher import Comparison
    from bot.publish.replay import Change

SHOWN = 20  # questions of one effect; --json has all of them
_KEYS = {
    "question": "質問",
    "answer": "回答",
    "short": "短い回答",
    "easy": "やさしい日本語",
    "examples": "言い回し",
    "tests": "テストの質問",
    "agent_note": "オペレーター向けメモ",
    "category": "分類",
    "choice": "ボタンの言葉",
    "contacts": "連絡先",
    "links": "リンク",
    "related": "関連する項目",
    "steps": "手順",
    "source": "出典",
    "reviewed": "確認日",
    "valid_from": "開始日",
    "valid_until": "終了日",
    "phones": "電話番号",
    "hours": "受付時間",
    "url": "アドレス",
    "verified": "照合日",
    "name": "名前",
}


def described(comparison: Comparison) -> Iterator[str]:
    """Lines for the terminal."""
    yield from _content(comparison.content)
    yield ""
    yield from _changes(comparison.changes, len(comparison.replayed), comparison)


def gates(comparison: Comparison) -> Iterator[str]:
    """One line for each gate."""
    for gate in comparison.gates:
        yield f"  {gate}"
    if not any(gate.is_measured for gate in comparison.gates):
        yield "  正解つきの質問がないため、答えの良し悪しは判定していません（publish.yml の questions）。"


def as_dict(comparison: Comparison) -> dict[str, Any]:
    """The same for programs."""
    return {
        "content": [one.as_dict() for one in comparison.content],
        "questions": len(comparison.replayed),
        "changes": [one.as_dict() for one in comparison.changes],
        "gates": [
            {
                "name": g.name,
                "count": g.count,
                "total": g.total,
                "limit": g.limit,
                "passed": g.is_passed,
            }
            for g in comparison.gates
        ],
    }


def _content(content: Sequence[Difference]) -> Iterator[str]:
    from bot.publish.content import KINDS, SECTIONS

    if not content:
        yield "内容の違いはありません。"
        return
    yield f"内容の違い（{len(content)} 件）"
    for one in content:
        yield f"  {KINDS[one.kind]}  {SECTIONS[one.section]} {one.id}{_keys(one)}"


def _keys(one: Difference) -> str:
    if one.kind != "changed":
        return ""
    parts = []
    for key, (old, new) in one.values.items():
        name = _KEYS.get(key, key)
        if (
            isinstance(old, list)
            and isinstance(new, list)
            and all(isinstance(x, str) for x in old + new)
        ):
            more, fewer = len(set(new) - set(old)), len(set(old) - set(new))
            name += f"（＋{more} −{fewer}）"
        parts.append(name)
    return f"  {'・'.join(parts)}"


def _changes(changed: Sequence[Change], total: int, comparison: Comparison) -> Iterator[str]:
    if not total:
        yield "見比べる質問がありません。"
        return
    yield f"答えが変わる質問: {total} 問のうち {len(changed)} 問"
    for effect in dict.fromkeys(one.effect for one in changed):
        those = [one for one in changed if one.effect is effect]
        yield f"\n■ {effect.value}（{len(those)} 問）"
        for one in those[:SHOWN]:
            yield from _question(one, comparison)
        if len(those) > SHOWN:
            yield f"  ほかに {len(those) - SHOWN} 問あります（--json ですべて表示します）。"


def _question(one: Change, comparison: Comparison) -> Iterator[str]:
    times = f"、{one.case.times} 回" if one.case.times > 1 else ""
    right = f"、正解 {one.case.question.entry or '対象外'}" if one.case.is_known else ""
    yield f"  {quote(one.case.question.text, 80)}（{one.case.source}{times}{right}）"
    before = comparison.before.book if comparison.before else comparison.after.book
    yield f"      {_decided(one.before, before)} → {_decided(one.after, comparison.after.book)}"


def _decided(decision: Decision, book: FaqBook) -> str:
    from bot.match.decision import Answer, Choices

    if isinstance(decision, Answer):
        return f"回答 {quote(book.entry(decision.entry).label, 30)}"
    if isinstance(decision, Choices):
        return f"候補 {_labels(decision.entries, book)}"
    return "該当なし"


def _labels(ids: Iterable[str], book: FaqBook) -> str:
    return "".join(quote(book.entry(id).label, 20) for id in ids)
