"""What staff decided about questions: kept, so that nobody is asked the same twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot import clock
from bot.errors import FaqBotError
from bot.review.questions import in_japan
from bot.review.tables import decisions

WORDS = {
    "example": "言い方として追加",
    "new_entry": "新しい項目",
    "out_of_scope": "対象外",
    "ignore": "今後出さない",
    "skip": "あとで",
}
"""What may be decided, as pages and messages call it."""

KINDS = {
    "near": "健康保険・マイナンバー・行政の近い話題",
    "elsewhere": "ほかの分野",
    "chitchat": "雑談",
    "abuse": "暴言",
    "injection": "ボットを操ろうとする文",
    "gibberish": "意味のない文字",
    "other_language": "外国語",
}
"""The kinds of out-of-scope topics (`bot.faq.topics.KINDS`), as pages and messages call them."""

SKIP = "skip"
"""The one that does not settle a question: it comes back when it is asked again."""

NAME = 64  # characters of a name that are kept
_AT_ONCE = 200  # keys in one query: databases limit them


class AlreadyDecidedError(FaqBotError):
    """Somebody else was faster."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`question`: folded (`bot.text.normalize.fold`); `what`: a key of WORDS; `target`: the id of
    the entry or topic that got it; `by`: a name, None where none was given; `at`: in Japan."""

    question: str
    what: str
    target: str | None
    by: str | None
    at: datetime


class Decisions:
    """May be used by several threads at once."""

    def __init__(self, engine: sa.engine.Engine) -> None:
        self._engine = engine

    def add(self, questions: Sequence[str], what: str, target: str | None, by: str | None) -> None:
        by = by[:NAME] if by else None
        rows = [
            {"at": clock.now(), "by": by, "question": question, "what": what, "target": target}
            for question in questions
        ]
        with self._engine.begin() as connection:
            connection.execute(decisions.insert(), rows)

    def latest(self) -> Mapping[str, Decision]:
        """By question: the one that settles it, or else the last."""
        with self._engine.connect() as connection:
            return _by_question(connection.execute(_SELECT))

    def refuse_settled(self, questions: Sequence[str]) -> None:
        """Raises AlreadyDecidedError where one of them is settled."""
        for start in range(0, len(questions), _AT_ONCE):
            some = decisions.c.question.in_(questions[start : start + _AT_ONCE])
            with self._engine.connect() as connection:
                found = _by_question(connection.execute(_SELECT.where(some)))
            for decision in found.values():
                if decision.what != SKIP:
                    raise AlreadyDecidedError(_already(decision))


_SELECT = sa.select(*(decisions.c[name] for name in Decision.__dataclass_fields__)).order_by(
    decisions.c.id
)


def _by_question(rows: Iterable[sa.engine.Row]) -> dict[str, Decision]:
    found: dict[str, Decision] = {}
    for row in rows:
        before = found.get(row.question)
        if before is None or before.what == SKIP:
            decision = Decision(*row)
            found[row.question] = Decision(
                decision.question, decision.what, decision.target, decision.by, in_japan(row.at)
            )
    return found


def _already(decision: Decision) -> str:
    who = f"{decision.by}さん" if decision.by else "ほかの担当者"
    at = decision.at
    return (
        f"この質問は、すでに{who}が「{WORDS[decision.what]}」にしました"
        f"（{at.month}月{at.day}日 {at:%H:%M}）。一覧を読み込み直してください。"
    )
