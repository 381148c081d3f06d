"""A message that is sent again gets the same reply, and counts once."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.channels.once import Key, Once
from tests.channels.client import Response, post
from tests.channels.site import RATE, Site
from tests.conftest import serve

KEY = ("conversation", "message")
OTHER = ("conversation", "another message")
QUESTION = "お知らせは捨ててもいいですか"


class Work:
    """Counts how often it was done; fails where it is told to."""

    def __init__(self, fails: int = 0) -> None:
        self.runs = 0
        self._fails = fails

    async def __call__(self) -> int:
        self.runs += 1
        run = self.runs
        await asyncio.sleep(0.01)
        if run <= self._fails:
            raise RuntimeError
        return run


def run(*keys: Key | None, work: Callable[[], Work] = Work, kept: int = 10) -> list[int]:
    """The results of one after the other."""

    async def results() -> list[int]:
        once: Once[int] = Once(kept)
        counted = work()
        return [await once.done(key, counted) for key in keys]

    return asyncio.run(results())


def test_the_same_key_runs_once() -> None:
    assert run(KEY, KEY, OTHER, KEY, OTHER) == [1, 1, 2, 1, 2]


def test_without_a_key_it_runs_each_time() -> None:
    assert run(None, None, KEY, None) == [1, 2, 3, 4]


def test_the_oldest_are_forgotten() -> None:
    assert run(KEY, ("a", ""), ("b", ""), KEY, ("b", ""), kept=2) == [1, 2, 3, 4, 3]


def test_callers_at_the_same_time_share_one_run() -> None:
    async def results() -> list[int]:
        once: Once[int] = Once()
        work = Work()
        return await asyncio.gather(*(once.done(KEY, work) for _ in range(5)))

    assert asyncio.run(results()) == [1, 1, 1, 1, 1]


def test_a_failure_is_told_to_all_and_forgotten() -> None:
    async def results() -> tuple[list[int | BaseException], int]:
        once: Once[int] = Once()
        work = Work(fails=1)
        failed = await asyncio.gather(
            *(once.done(KEY, work) for _ in range(3)), return_exceptions=True
        )
        return failed, await once.done(KEY, work)

    failed, later = asyncio.run(results())
    assert [type(error) for error in failed] == [RuntimeError] * 3
    assert later == 2


def test_work_goes_on_when_its_client_hangs_up() -> None:
    async def results() -> int:
        once: Once[int] = Once()
        work = Work()
        caller = asyncio.ensure_future(once.done(KEY, work))
        await asyncio.sleep(0)
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        return await once.done(KEY, work)

    assert asyncio.run(results()) == 1


# Over HTTP


def turns(site: Site, message: str) -> int:
    return len(site.rows("select 1 from turns where message = ?", message))


def exact(response: Response) -> str:
    assert response.status == 200, response.body
    return json.dumps(response.body)


def test_a_message_that_is_sent_again_gets_the_identical_reply(site: Site) -> None:
    asked = {"text": QUESTION, "session": site.token(), "message_id": uuid.uuid4().hex}
    first = site.visitor().post("/api/chat", asked)
    assert first.types == ["answer"]
    assert exact(site.visitor().post("/api/chat", asked)) == exact(first)
    assert turns(site, asked["message_id"]) == 1


def test_messages_sent_at_the_same_time_are_answered_once(site: Site) -> None:
    asked = {"text": QUESTION, "session": site.token(), "message_id": uuid.uuid4().hex}
    with ThreadPoolExecutor(4) as threads:
        replies = threads.map(lambda _: exact(site.visitor().post("/api/chat", asked)), range(4))
        assert len(set(replies)) == 1
    assert turns(site, asked["message_id"]) == 1


def test_another_conversation_with_the_same_id_gets_its_own_reply(site: Site) -> None:
    message = uuid.uuid4().hex
    for text, type_ in ((QUESTION, "answer"), ("今日の天気は？", "no_match")):
        asked = {"text": text, "session": site.token(), "message_id": message}
        assert site.visitor().post("/api/chat", asked).types == [type_]
    assert turns(site, message) == 2


def test_a_first_message_has_no_conversation_that_another_could_guess(site: Site) -> None:
    message = uuid.uuid4().hex
    for text, type_ in ((QUESTION, "answer"), ("今日の天気は？", "no_match")):
        reply = site.visitor().post("/api/chat", {"text": text, "message_id": message})
        assert reply.types == [type_]


def test_after_a_restart_there_is_a_reply_again_and_one_turn(site: Site) -> None:
    """A new process of the same project has forgotten the reply and shares the databases."""
    asked = {"text": QUESTION, "session": site.token(), "message_id": uuid.uuid4().hex}
    before = site.visitor().post("/api/chat", asked)
    with serve(site.folder, **site.environment(RATE)) as restarted:
        after = post(f"{restarted}/api/chat", asked)
    assert after.status == 200
    assert after.body["messages"] == before.body["messages"]
    assert turns(site, asked["message_id"]) == 1
