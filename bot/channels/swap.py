"""Follow the published version: the next model takes the place of the served one.

The model is loaded beside the old one, in a thread.  Then turns wait for a moment in which none
is under way, and the dialogue, its responses and the content change together.  A message that
comes meanwhile is answered some milliseconds later; none is refused.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from pathlib import Path
from typing import Any, Final

from rasa.core.agent import Agent
from rasa.core.processor import MessageProcessor

from bot.channels.gate import TURNS, Gate
from bot.match.model import FaqModel
from bot.match.versions import Switch, Versions
from bot.nlu import served

LOOK_EVERY: Final = 1.0  # seconds
TRY_AGAIN: Final = 60.0  # seconds after a version could not be loaded
PATIENCE: Final = 2.0  # seconds for the turns under way; some 20 ms are usual

log = logging.getLogger(__name__)


class Follower:
    """Looks for another published version, for ever."""

    def __init__(self, versions: Versions, number: int | None, gate: Gate = TURNS) -> None:
        self._versions = versions
        self._number = number
        self._gate = gate
        self._failed: Switch | None = None
        self._again = 0.0
        self._complaint = ""

    async def follow(self, app: Any) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self._look(app.ctx.agent)
                self._complaint = ""
            except Exception as error:  # the old model goes on answering
                if repr(error) != self._complaint:  # not once a second
                    log.exception("the published version could not be taken over")
                self._complaint = repr(error)

    async def _look(self, agent: Agent) -> None:
        switch = await asyncio.get_running_loop().run_in_executor(None, self._last)
        if switch is None or switch.version == self._number:
            return
        if switch == self._failed and time.monotonic() < self._again:
            return
        self._failed, self._again = switch, time.monotonic() + TRY_AGAIN
        try:
            await self._take_over(agent, switch.version)
        except TimeoutError:  # of a busy moment, not of the version
            self._again = 0.0
            raise

    def _last(self) -> Switch | None:
        history = self._versions.history()
        return history[-1] if history else None

    async def _take_over(self, agent: Agent, number: int) -> None:
        loop = asyncio.get_running_loop()
        archive = self._versions.archive(number)
        processor, model = await loop.run_in_executor(None, _loaded, agent, archive)
        async with self._gate.closed(PATIENCE):
            _swap(agent, processor)
            served.publish(model, number)
        self._number = number
        log.warning("version %s is served now", number)
        gc.unfreeze()  # what the first model leaves behind was set aside at the start


def _loaded(agent: Agent, archive: Path) -> tuple[MessageProcessor, FaqModel]:
    with served.held_back() as models:
        processor = MessageProcessor(
            archive,
            agent.tracker_store,
            agent.lock_store,
            agent.nlg,
            action_endpoint=agent.action_endpoint,
            http_interpreter=agent.http_interpreter,
        )
    return processor, models[-1]


def _swap(agent: Agent, processor: MessageProcessor) -> None:
    """As `Agent.load_model` does, with a processor that is there already."""
    agent.processor = processor
    agent.domain = processor.domain
    agent.tracker_store.domain = processor.domain
    if hasattr(agent.nlg, "responses"):
        agent.nlg.responses = processor.domain.responses
