"""The same questions to two models: which of them end otherwise, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.match.decision import Answer, Choices, Decision
from bot.match.evaluation import Outcome, outcome
from bot.match.fitting import encoding_with
from bot.match.model import FaqModel
from bot.match.vector_cache import CachedEncoder
from bot.publish.cases import Case


class Effect(Enum):
    """What a change means to who asks, the worst first."""

    BROKEN = "誤った回答をするようになります"
    LOST = "答え方が悪くなります"
    OTHER = "別の項目を答えるようになります"
    SILENCED = "答えなくなります"
    ANSWERED = "新しく答えるようになります"
    RESHUFFLED = "候補が変わります"
    GAINED = "よくなります"


WORSE = (Effect.BROKEN, Effect.LOST)

# How good an outcome is, for a question with an answer and for one without.
_IN_SCOPE = (Outcome.WRONG, Outcome.MISLED, Outcome.SILENT, Outcome.OFFERED, Outcome.RIGHT)
_OUT_OF_SCOPE = (Outcome.WRONG, Outcome.MISLED, Outcome.SILENT)


@dataclass(frozen=True, slots=True)
class Replayed:
    """A question and what one model, or the other, makes of it."""

    case: Case
    before: Decision | None
    after: Decision


@dataclass(frozen=True, slots=True)
class Change:
    """A question that ends otherwise than before."""

    case: Case
    before: Decision
    after: Decision
    effect: Effect

    def as_dict(self) -> dict[str, Any]:
        return {
            "text": self.case.question.text,
            "source": self.case.source,
            "times": self.case.times,
            "expected": self.case.question.entry if self.case.is_known else None,
            "known": self.case.is_known,
            "effect": self.effect.name.lower(),
            "before": self.before.as_dict(),
            "after": self.after.as_dict(),
        }


def replay(cases: Sequence[Case], before: FaqModel | None, after: FaqModel) -> list[Replayed]:
    """What both models decide today; each text is encoded once where both encode alike."""
    texts = [case.question.text for case in cases]
    remembering = CachedEncoder(after.matcher.reader.encoder, {})
    new = encoding_with(after, remembering).match_all(texts)
    old: Sequence[Decision | None] = [None] * len(texts)
    if before is not None:
        if before.matcher.reader.encoder.fingerprint == remembering.fingerprint:
            before = encoding_with(before, remembering)
        old = before.match_all(texts)
    return [Replayed(*one) for one in zip(cases, old, new, strict=True)]


def changes(replayed: Iterable[Replayed], unjudged: frozenset[str]) -> list[Change]:
    """Those that end otherwise, worst first, then the most asked.

    `unjudged` are entries that no question with a known answer is about, such as new ones: where
    all one knows is that nothing answered a question, it may well be theirs.
    """
    found = []
    for one in replayed:
        if one.before is None or _ends(one.before) == _ends(one.after):
            continue
        effect = _effect(one.case, one.before, one.after, unjudged)
        found.append(Change(one.case, one.before, one.after, effect))
    order = list(Effect)
    return sorted(found, key=lambda c: (order.index(c.effect), -c.case.times, -c.after.confidence))


def _ends(decision: Decision) -> tuple[str, ...]:
    """What somebody sees of a decision."""
    if isinstance(decision, Answer):
        return (decision.entry,)
    return ("?", *sorted(decision.entries)) if isinstance(decision, Choices) else ()


def _effect(case: Case, before: Decision, after: Decision, unjudged: frozenset[str]) -> Effect:
    if case.is_known and not is_unjudged(case, after, unjudged):
        ranks = _IN_SCOPE if case.question.entry is not None else _OUT_OF_SCOPE
        old, new = (ranks.index(outcome(case.question, one)) for one in (before, after))
        if new < old:
            return Effect.BROKEN if ranks[new] is Outcome.WRONG else Effect.LOST
        return Effect.GAINED if new > old else Effect.RESHUFFLED
    if isinstance(after, Answer):
        return Effect.OTHER if isinstance(before, Answer) else Effect.ANSWERED
    return Effect.SILENCED if isinstance(before, Answer) else Effect.RESHUFFLED


def is_unjudged(case: Case, decision: Decision, unjudged: frozenset[str]) -> bool:
    """Whether a question without an answer gets entries of which nobody can say yet."""
    shown = set(_ends(decision)) - {"?"}
    return case.question.entry is None and bool(shown) and shown <= unjudged
