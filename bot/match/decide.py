"""Answer, ask back, or say that there is no answer: whatever costs least on average.

The costs say what the insurer wants; with calibrated probabilities nothing else needs
tuning.  They are relative to sending an answerable question to a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.match.decision import Answer, Candidate, Choices, Decision, NoMatch

MAX_CHOICES = 3
CANDIDATES = 5  # reported with every decision


@dataclass(frozen=True, slots=True)
class Costs:
    """Of one reply."""

    # A wrong answer about somebody's insurance does harm before anybody notices it: twice as
    # bad as a call that could have been spared.
    wrong_answer: float = 2.0
    # An answerable question sent to a person costs a call.
    missed: float = 1.0
    # A choice of two costs the reader one more look and a tap, ...
    choice: float = 0.3
    # ... and where the right entry is not among them, some trust; nobody has read a wrong
    # answer, and what to do next stands below the choices.
    wrong_choices: float = 0.5


DEFAULT_COSTS = Costs()


def decide(
    ranking: Sequence[Candidate],
    topic: str | None = None,
    asked: Sequence[str] = (),
    costs: Costs = DEFAULT_COSTS,
) -> Decision:
    """The cheapest decision; `ranking` is by descending confidence, whose sum is at most 1.

    `asked` are entries that the message asks for in sentences of their own: two or more are all
    offered.

    >>> decide([Candidate("reissue", 0.95), Candidate("may_discard", 0.03)]).entry
    'reissue'
    >>> decide([Candidate("reissue", 0.5), Candidate("may_discard", 0.45)]).entries
    ('reissue', 'may_discard')
    >>> decide([Candidate("reissue", 0.2)]).as_dict()["decision"]
    'no_match'
    """
    candidates = tuple(ranking[:CANDIDATES])
    if len(asked) > 1:
        return Choices(tuple(asked), candidates, both=True)
    options: list[tuple[float, Decision]] = [
        (costs.missed * sum(c.confidence for c in ranking), NoMatch(candidates, topic))
    ]
    if candidates:
        top = candidates[0]
        options.append((costs.wrong_answer * (1 - top.confidence), Answer(top.entry, candidates)))
    for count in range(2, min(MAX_CHOICES, len(candidates)) + 1):
        chosen = candidates[:count]
        missing = 1 - sum(c.confidence for c in chosen)
        cost = costs.choice * count / 2 + costs.wrong_choices * missing
        options.append((cost, Choices(tuple(c.entry for c in chosen), candidates)))
    return min(options, key=lambda option: option[0])[1]
