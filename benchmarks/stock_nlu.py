"""What the stock Rasa bot makes of questions: its NLU alone, without a server."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Collection, Sequence
from typing import Any

from benchmarks import stock_bot
from benchmarks.bots import QUIET, StockBot
from benchmarks.folders import inside
from bot.match.decision import Answer, Candidate, Decision, NoMatch

FALLBACK = "nlu_fallback"  # what FallbackClassifier says below its thresholds


class StockNlu:
    """Loaded once, then asked for many questions."""

    def __init__(self, agent: Any, entries: frozenset[str]) -> None:
        self._agent = agent
        self._entries = entries

    @classmethod
    def load(cls, bot: StockBot) -> StockNlu:
        """Of a trained bot; imports TensorFlow: some ten seconds."""
        hush()
        from rasa.core.agent import Agent

        with inside(bot.folder):  # the vocabulary is named relative to the bot's folder
            agent = Agent.load(str(stock_bot.MODEL))
        return cls(agent, frozenset(entry.id for entry in bot.book.entries))

    def match(self, texts: Sequence[str]) -> list[Decision]:
        """Its confidences are DIET's."""
        return [decision(one, self._entries) for one in asyncio.run(self._parsed(texts))]

    async def _parsed(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        return [await self._agent.parse_message(text) for text in texts]


def hush() -> None:
    """No telemetry, and nothing of Rasa on standard output, which belongs to the result: its
    debug log goes there unless it is configured. Before anything of Rasa is imported."""
    os.environ.update(QUIET)
    logging.captureWarnings(True)  # of the packages that Rasa is pinned to
    logging.getLogger("py.warnings").setLevel(logging.ERROR)

    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)


def decision(parsed: dict[str, Any], entries: Collection[str]) -> Decision:
    """Rasa's output as a decision; an intent that is no entry (`/restart`) answers nothing."""
    candidates = tuple(
        Candidate(intent["name"], float(intent["confidence"]))
        for intent in parsed.get("intent_ranking", [])
        if intent["name"] in entries
    )
    name = (parsed.get("intent") or {}).get("name")
    if name == FALLBACK or name not in {c.entry for c in candidates}:
        return NoMatch(candidates)
    return Answer(name, candidates)
