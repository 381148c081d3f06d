"""What ``faq review`` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.cli.visible import visible

if TYPE_CHECKING:
    from bot.cli.reviewing.card import Card
    from bot.faq.entry import FaqBook
    from bot.review.desk import Desk
    from bot.review.groups import Group
    from bot.review.likeness import Suggestion
    from bot.review.queue import Queue

_REASONS = {
    "no_match": "回答なし",
    "unhelpful": "役に立たなかった",
    "not_taken": "候補を選ばず",
    "wrong": "質問と違う（担当者）",
    "missing": "該当なし（担当者）",
}
_LANGUAGES = {
    "en": "英語",
    "zh": "中国語",
    "ko": "韓国語",
    "es": "スペイン語",
    "pt": "ポルトガル語",
}
OPERATIONS = (
    "[a] 言い方として追加  [n] 新しい項目  [o] 対象外  [s] あとで  [i] 今後出さない\n"
    "[e] 文を直す・外す  [1-5] 追加先を選ぶ（項目の id も可）  [q] 終了"
)
PUBLISH = "faq publish で公開すると、利用者への回答に反映されます。"
_OTHERS = 20  # questions of a group that the list shows


def listed(queue: Queue, desk: Desk, book: FaqBook, days: int) -> Iterator[str]:
    yield heading(queue, days)
    for number, group in enumerate(queue.groups, 1):
        yield f"\n{number}. {summary(group)}"
        yield f"   {visible(group.representative)}"
        shown = group.questions[:_OTHERS]
        for one in shown:
            if one.text != group.representative:
                yield f"   ・{visible(one.text)}{_people(len(one.who))}"
        if len(group.questions) > len(shown):
            yield f"   ほか {len(group.questions) - len(shown)} 件"
        yield f"   → {_likely(desk.suggestion(group, book), book)}"


def heading(queue: Queue, days: int) -> str:
    if not queue.groups:
        return f"直近 {days} 日に、判断を待っている質問はありません。"
    text = f"判断を待っている質問: {len(queue.groups)} まとまり（{queue.questions} 件、直近 {days} 日）"
    if queue.left_out:
        text += f"\n回数の少ない {queue.left_out} 件は、これらが片づいてから表示します。"
    return text


def summary(group: Group) -> str:
    """How many asked, when last, why it is here."""
    reasons = "、".join(f"{_REASONS[name]} {count}件" for name, count in group.reasons.items())
    language = f"［{_LANGUAGES[group.language]}］ " if group.language in _LANGUAGES else ""
    return f"{language}{group.people}人  最後 {_moment(group.last)}  {reasons}"


def described(card: Card, book: FaqBook) -> Iterator[str]:
    """A group with all that can be chosen."""
    group = card.group
    yield summary(group)
    if group.shown:
        yield f"表示して役に立たなかった回答: {_shown(group.shown, book)}"
    yield "質問（＋ は、追加する文）"
    for number, row in enumerate(card.rows, 1):
        mark = ("＋" if row.added else "　") if row.inside else "外"
        note = "  ※番号を伏せています。直すまで追加できません" if row.is_refused else ""
        yield f"  {mark}{number:>3} {visible(row.text)}{_people(row.people)}{note}"
    yield "追加先"
    for number, one in enumerate(card.suggestion.candidates, 1):
        mark = "●" if one.entry == card.entry else "　"
        label = visible(book.entry(one.entry).label)
        yield f"  {mark}{number} {label}（{one.entry}、確からしさ {one.confidence:.2f}）"
    if card.entry not in {one.entry for one in card.suggestion.candidates}:
        yield f"  ●  {visible(book.entry(card.entry).label)}（{card.entry}）"
    if card.suggestion.topic is not None:
        yield f"いまの判断: 対象外の話題「{book.topic(card.suggestion.topic).name}」に近い"


def _likely(suggestion: Suggestion, book: FaqBook) -> str:
    if suggestion.topic is not None:
        return f"対象外「{book.topic(suggestion.topic).name}」（{suggestion.topic}）"
    if not suggestion.candidates:
        return "近い項目はありません"
    best = suggestion.candidates[0]
    label = visible(book.entry(best.entry).label)
    return f"{label}（{best.entry}、確からしさ {best.confidence:.2f}）"


def _shown(shown: Mapping[str, int], book: FaqBook) -> str:
    known = {entry.id: entry.label for entry in book.entries}
    return "、".join(f"{visible(known.get(id, id))}（{count}回）" for id, count in shown.items())


def _people(count: int) -> str:
    return f"（{count}人）" if count > 1 else ""


def _moment(at: datetime) -> str:
    return f"{at.month}月{at.day}日 {at:%H:%M}"
