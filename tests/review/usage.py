"""Weeks of use as a server would have recorded them: through the store, question by question."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot import clock
from bot.review.store import LookupVerdict, ReviewStore, Turn, Verdict

ENTRIES = ("may_discard", "reissue", "hotline", "check_on_portal")
ANSWERED, CHOICES, TAPPED, NO_MATCH = "answer", "choices", "chosen", "no_match"


def japan(text: str) -> datetime:
    """
    >>> japan("2026-11-02 09:30").isoformat()
    '2026-11-02T09:30:00+09:00'
    """
    return datetime.fromisoformat(text).replace(tzinfo=clock.JAPAN)


@dataclass
class Conversation:
    """One member who asks, and may say whether a reply helped."""

    store: ReviewStore
    id: str
    at: datetime
    _messages: int = field(default=0)

    def asks(
        self,
        outcome: str,
        entry: str | None = "reissue",
        *,
        helpful: bool | None = None,
        text: str = "お知らせをなくしました",
        language: str = "ja",
        comment: str | None = None,
    ) -> Conversation:
        self._messages += 1
        message = str(self._messages)
        typed = None if outcome == TAPPED else text
        confidence = None if outcome == TAPPED else 0.9
        turn = Turn(self.id, message, typed, outcome, entry, confidence, language)
        self.store.add_turn(turn, self.at)
        if helpful is not None:
            self.store.add_verdict(Verdict(self.id, message, entry, helpful, comment), self.at)
        self.at += timedelta(minutes=1)
        return self


def fill(store: ReviewStore, first: datetime, days: int, conversations: int) -> None:
    """Spread over `days`, most of them at office hours; always the same."""
    random = Random(0)
    for number in range(conversations):
        hour = min(23, max(0, round(random.gauss(13, 4))))
        day = timedelta(days=random.randrange(days), hours=hour, minutes=random.randrange(60))
        member = Conversation(store, f"c{number}", first + day)
        for _ in range(random.choice((1, 1, 1, 2, 3))):
            _ask(member, random)
        if number % 10 == 0:
            said = random.choice(("found", "found", "wrong", "missing"))
            entry = None if said == "missing" else random.choice(ENTRIES)
            store.add_lookup(LookupVerdict("再交付", ENTRIES, said, entry), first + day)


def _ask(member: Conversation, random: Random) -> None:
    outcome = random.choices((ANSWERED, CHOICES, TAPPED, NO_MATCH), (65, 12, 13, 10))[0]
    entry = random.choices(ENTRIES, (4, 3, 2, 1))[0]
    rated = random.random() < 0.2 and outcome != CHOICES
    helpful = random.random() < 0.8 if rated else None
    language = random.choice(("ja",) * 19 + ("en",))
    if outcome == NO_MATCH and random.random() < 0.5:
        member.asks(outcome, None, helpful=helpful, language=language)
        return
    member.asks(outcome, entry, helpful=helpful, language=language)
    if outcome == CHOICES and random.random() < 0.7:
        member.asks(TAPPED, random.choice(ENTRIES), helpful=random.choice((None, None, True)))
