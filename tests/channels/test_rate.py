"""Too many messages are refused, and nobody else notices."""

from __future__ import annotations

import time
import uuid

import pytest

from bot.channels import rate
from bot.channels.rate import A_SESSION, AN_ADDRESS, RATE_VARIABLE, RateError, RateLimits, Window
from tests.channels.client import Response
from tests.channels.site import RATE, Site

EMPTY = {"text": ""}  # counts like any other and costs next to nothing


def assert_too_many(response: Response) -> None:
    assert (response.status, response.error) == (429, "too_many")
    assert 50 <= int(response.headers["retry-after"]) <= 60


def test_a_conversation_that_sends_too_much_is_refused_and_others_are_served(site: Site) -> None:
    token = site.token()
    visitor = site.visitor()
    for _ in range(A_SESSION):
        assert visitor.post("/api/chat", {**EMPTY, "session": token}).status == 200
    assert_too_many(visitor.post("/api/chat", {**EMPTY, "session": token}))
    assert_too_many(visitor.post("/api/feedback", {"session": token, "helpful": True}))
    assert_too_many(site.visitor().post("/api/chat", {**EMPTY, "session": token}))
    assert visitor.post("/api/chat", {**EMPTY, "session": site.token()}).status == 200
    assert visitor.post("/api/chat", EMPTY).status == 200


def test_an_address_that_sends_too_much_is_refused_and_others_are_served(site: Site) -> None:
    visitor = site.visitor()
    for _ in range(RATE):
        assert visitor.post("/api/chat", EMPTY).status == 200
    assert_too_many(visitor.post("/api/chat", EMPTY))
    assert_too_many(visitor.post("/api/chat", {**EMPTY, "session": site.token()}))
    assert visitor.post("/api/suggest", {"text": ""}).status == 200  # counted by itself
    assert visitor.get("/faq").status == 200
    assert site.visitor().post("/api/chat", EMPTY).status == 200


def test_the_page_without_javascript_has_its_limit_too(site: Site) -> None:
    visitor = site.visitor()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for _ in range(RATE):
        assert visitor.post("/faq", raw=b"q=", **form).status == 200
    refused = visitor.post("/faq", raw=b"q=", **form)
    assert (refused.status, "<h1>" in refused.body) == (429, True)
    assert 50 <= int(refused.headers["retry-after"]) <= 60
    assert visitor.get("/faq").status == 200


def test_only_the_nearest_proxy_is_believed(site: Site) -> None:
    """What a client itself puts into X-Forwarded-For stands before what the proxy adds."""
    visitor = site.visitor()
    for number in range(RATE):
        forged = f"203.0.113.{number}, {visitor.address}"
        assert visitor.post("/api/chat", EMPTY, **{"X-Forwarded-For": forged}).status == 200
    assert_too_many(visitor.post("/api/chat", EMPTY))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_a_window_moves(clock: list[float]) -> None:
    window = Window(2)
    assert [window.wait("a"), window.wait("b")] == [0, 0]
    clock[0] += 20
    assert window.wait("a") == 0
    clock[0] += 15.5
    assert [window.wait("a"), window.wait("b")] == [25, 0]
    clock[0] += 24.5
    assert [window.wait("a"), window.wait("a")] == [0, 20]


def test_who_is_gone_is_forgotten(clock: list[float]) -> None:
    """A conversation's name is new each time: kept for ever, they would fill the memory."""
    window = Window(2)
    for _ in range(1000):
        window.wait(uuid.uuid4().hex)
        clock[0] += 1
    assert len(window._times) == 60


def test_a_refused_program_that_goes_on_is_let_in_again(clock: list[float]) -> None:
    window = Window(3)
    admitted = []
    for second in range(120):
        if window.wait("a") == 0:
            admitted.append(second)
        clock[0] += 1
    assert admitted == [0, 1, 2, 60, 61, 62]


@pytest.mark.parametrize(("value", "limit"), [("", AN_ADDRESS), (" 7 ", 7), ("1000000", 10**6)])
def test_the_environment_sets_the_limit_of_an_address(
    value: str, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RATE_VARIABLE, value)
    assert RateLimits.of_environment()._address._limit == limit
    assert rate.RateLimits.of_environment()._session._limit == A_SESSION


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "３００", "9" * 8])
def test_anything_else_is_refused_in_words(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RATE_VARIABLE, value)
    with pytest.raises(RateError, match="FAQ_RATE には"):
        RateLimits.of_environment()
