"""What stands between an edit and the members: each gate passes, or says why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.match.evaluation import Outcome, outcome
from bot.publish.cases import GOLDEN, TEST
from bot.publish.replay import WORSE, Change, Replayed, is_unjudged
from bot.publish.settings import Settings

MOSTLY = 0.75  # 24 entries more take 3 % of the questions out of scope
_GOOD = (Outcome.RIGHT, Outcome.OFFERED)


@dataclass(frozen=True, slots=True)
class Gate:
    """`count` of `total` questions; `limit`: the share, 0–1, that it must not fall short of, or
    exceed where `is_ceiling`."""

    name: str
    label: str
    count: int
    total: int
    limit: float
    is_ceiling: bool = True

    @property
    def is_measured(self) -> bool:
        """Whether any question is about it."""
        return self.total > 0

    @property
    def is_passed(self) -> bool:
        if not self.total:
            return True
        share = self.count / self.total
        return share <= self.limit if self.is_ceiling else share >= self.limit

    def __str__(self) -> str:
        bound = f"基準 {self.limit:.1%} {'以下' if self.is_ceiling else '以上'}"
        if not self.is_measured:
            return f"判定なし  {self.label}（当てはまる質問がありません。{bound}）"
        share = f"{self.count}/{self.total}（{self.count / self.total:.1%}、{bound}）"
        return f"{'合格' if self.is_passed else '不合格'}  {self.label}  {share}"


def gates_of(
    replayed: Sequence[Replayed],
    changed: Sequence[Change],
    unjudged: frozenset[str],
    settings: Settings,
) -> list[Gate]:
    """All gates, in the order in which they are shown."""
    golden = [one for one in replayed if one.case.source == GOLDEN]
    inside = [one for one in golden if one.case.question.entry is not None]
    outside = _judged([one for one in golden if one.case.question.entry is None], unjudged)
    tests = [one for one in replayed if one.case.source == TEST]
    known = [one for one in replayed if one.case.is_known and one.before is not None]
    worse = sum(change.effect in WORSE for change in changed)
    return [
        _gate("tests", "項目のテストに正しく答える", tests, _is_good, 1.0, False),
        _gate(
            "offered",
            "答えのある質問に正しく答えるか、候補に示す",
            inside,
            _is_good,
            settings.offered,
            False,
        ),
        _gate("wrong", "答えのある質問に誤って答える", inside, _is_wrong, settings.wrong),
        _gate("answered", "答えのない質問に答えてしまう", outside, _is_wrong, settings.answered),
        Gate("worse", "公開中の版より悪くなる", worse, len(known), settings.worse),
    ]


def scores(gates: Sequence[Gate]) -> dict[str, Any]:
    """What a version keeps of its gates: name → [count, total]."""
    return {gate.name: [gate.count, gate.total] for gate in gates}


def _judged(outside: Sequence[Replayed], unjudged: frozenset[str]) -> Sequence[Replayed]:
    """Without the questions that may well be those of new entries, as long as they are few: a book
    of new entries alone that answers everything must not pass for one that answers nothing."""
    judged = [one for one in outside if not is_unjudged(one.case, one.after, unjudged)]
    return judged if len(judged) >= MOSTLY * len(outside) else outside


def _gate(
    name: str,
    label: str,
    asked: Sequence[Replayed],
    counts: Callable[[Replayed], bool],
    limit: float,
    is_ceiling: bool = True,
) -> Gate:
    return Gate(name, label, sum(map(counts, asked)), len(asked), limit, is_ceiling)


def _is_good(one: Replayed) -> bool:
    return outcome(one.case.question, one.after) in _GOOD


def _is_wrong(one: Replayed) -> bool:
    return outcome(one.case.question, one.after) is Outcome.WRONG
