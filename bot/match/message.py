"""A message as a whole and sentence by sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.match.decide import MAX_CHOICES
from bot.match.decision import Candidate
from bot.text.sentences import Sentence

Confidences = Mapping[str, float]
"""Entry → probability that it answers; together at most 1."""

# As sure as this, a sentence asks for its entry; less is needed where it says that it asks
# something further (あと、…).
ASKED = 0.9
ASKED_FURTHER = 0.4
# What a sentence asks for by itself may be of another's subject (…が届きません。理由は？): then the
# whole message rules it out.
NOT_RULED_OUT = 0.005


@dataclass(frozen=True, slots=True)
class Message:
    """How likely each entry answers it: all of it, and each of its sentences.

    The ranking is that of the whole.  Sentences alone mislead (マイナンバーカードをなくしました。 in
    a story about something else), and no mixture of both was better than the whole
    (docs/matching.md); what they tell is that two things are asked.
    """

    whole: Confidences
    sentences: Sequence[tuple[Sentence, Confidences]] = ()

    def ranking(self, hidden: frozenset[str]) -> tuple[Candidate, ...]:
        """By descending confidence, without the entries in `hidden`."""
        likely = sorted(self.whole.items(), key=lambda pair: -pair[1])
        return tuple(Candidate(*pair) for pair in likely if pair[0] not in hidden)

    def asked(self, hidden: frozenset[str]) -> tuple[str, ...]:
        """The entries that it asks for in sentences of their own, in order; () for fewer
        than two."""
        found: list[str] = []
        for sentence, likely in self.sentences:
            entry = max(likely, key=likely.__getitem__)
            if entry in (*found, *hidden):
                continue
            further = sentence.further and bool(found)
            if likely[entry] >= (ASKED_FURTHER if further else ASKED) and (
                further or self.whole.get(entry, 0) >= NOT_RULED_OUT
            ):
                found.append(entry)
        return tuple(found[:MAX_CHOICES]) if len(found) > 1 else ()
