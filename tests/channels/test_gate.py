"""Turns pass, a closed gate lets none under way, and it never stays closed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.channels.gate import Gate


def run(work: Callable[[Gate], Awaitable[None]]) -> None:
    async def whole() -> None:
        await asyncio.wait_for(work(Gate()), timeout=5)

    asyncio.run(whole())


def test_turns_go_side_by_side() -> None:
    async def work(gate: Gate) -> None:
        async with gate.turn(), gate.turn():
            pass

    run(work)


def test_it_closes_when_the_turns_under_way_are_over_and_new_ones_wait() -> None:
    async def work(gate: Gate) -> None:
        said: list[str] = []
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def old() -> None:
            async with gate.turn():
                begun.set()
                await go_on.wait()
                said.append("old")

        async def new() -> None:
            async with gate.turn():
                said.append("new")

        async def swap() -> None:
            async with gate.closed(patience=2):
                said.append("swapped")

        first = asyncio.create_task(old())
        await begun.wait()
        swapping = asyncio.create_task(swap())
        await asyncio.sleep(0)
        second = asyncio.create_task(new())
        await asyncio.sleep(0.05)
        assert said == []
        go_on.set()
        await asyncio.gather(first, swapping, second)
        assert said == ["old", "swapped", "new"]

    run(work)


def test_a_turn_that_hangs_does_not_keep_it_closed() -> None:
    async def work(gate: Gate) -> None:
        async with gate.turn():
            with pytest.raises(TimeoutError):
                async with gate.closed(patience=0.05):
                    raise AssertionError("a turn is under way")
            async with gate.turn():
                pass

    run(work)


def test_a_turn_that_fails_is_over() -> None:
    async def work(gate: Gate) -> None:
        with pytest.raises(RuntimeError):
            async with gate.turn():
                raise RuntimeError
        async with gate.closed(patience=0.05):
            pass
        async with gate.turn():
            pass

    run(work)
