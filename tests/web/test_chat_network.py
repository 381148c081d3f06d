"""A network that fails, a server that is busy, and a session that it no longer knows."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.chat import (
    ANSWER,
    OFFLINE,
    QUESTION,
    RETRY,
    ask,
    ask_and_wait,
    first,
    log,
    mine,
    question_box,
    refuse,
)
from tests.web.conftest import OpenPage

BUSY = "混み合っています。30秒後にもう一度お試しください。"


def test_offline_keeps_every_question_and_sends_it_again(page: Page) -> None:
    asked: list[dict[str, Any]] = []
    page.on("request", lambda r: r.url.endswith("/api/chat") and asked.append(r.post_data_json))
    page.context.set_offline(True)
    ask(page, QUESTION)
    expect(log(page).get_by_text(OFFLINE)).to_be_visible()
    assert len(asked) == 2
    page.context.set_offline(False)
    question_box(page).fill("次の質問")
    page.get_by_role("button", name=RETRY).click()
    expect(log(page).get_by_text(ANSWER)).to_be_visible()
    expect(log(page).get_by_text(OFFLINE)).to_have_count(0)
    expect(mine(page)).to_have_count(1)
    expect(question_box(page)).to_have_value("次の質問")
    assert len({body["message_id"] for body in asked}) == 1


@pytest.mark.parametrize("failure", ["network", 502, 503, 504])
def test_one_failure_is_bridged_without_a_word(desktop: Page, failure: str | int) -> None:
    asked: list[dict[str, Any]] = []

    def fail_once(route: Route) -> None:
        asked.append(route.request.post_data_json)
        if len(asked) > 1:
            route.continue_()
        elif failure == "network":
            route.abort()
        else:
            refuse(route, int(failure), "not_ready", "準備中です。")

    desktop.route("**/api/chat", fail_once)
    ask(desktop, QUESTION)
    expect(log(desktop).get_by_text(ANSWER)).to_be_visible()
    expect(log(desktop).locator(".failure")).to_have_count(0)
    assert len(asked) == 2 and asked[0] == asked[1]


def test_a_proxy_s_error_page_is_an_error_with_a_way_on(desktop: Page) -> None:
    desktop.route("**/api/chat", lambda route: route.fulfill(status=500, body="<h1>Oh</h1>"))
    ask(desktop, QUESTION)
    expect(log(desktop).get_by_text("ただいまお答えできません")).to_be_visible()
    expect(desktop.get_by_role("button", name=RETRY)).to_be_visible()


def test_too_many_questions_wait_as_long_as_the_server_says(open_chat: OpenPage) -> None:
    page = open_chat(prepare=lambda page: page.clock.install())
    headers = {"Retry-After": "30"}
    page.route("**/api/chat", lambda r: refuse(r, 429, "too_many", BUSY, **headers))
    ask(page, QUESTION)
    expect(log(page).get_by_text(BUSY)).to_be_visible()
    retry = page.get_by_role("button", name=RETRY)
    expect(retry).to_be_disabled()
    expect(retry).to_have_text("もう一度送る（30秒後に押せます）")
    page.unroute("**/api/chat")
    page.clock.fast_forward("00:31")
    retry.click()
    expect(log(page).get_by_text(ANSWER)).to_be_visible()
    expect(mine(page)).to_have_count(1)


def test_two_questions_at_once_are_one_conversation_in_order(desktop: Page) -> None:
    held: list[Route] = []
    sent: list[dict[str, Any]] = []

    def hold_the_first(route: Route) -> None:
        sent.append(route.request.post_data_json)
        held.append(route) if not held else route.continue_()

    desktop.route("**/api/chat", hold_the_first)
    ask(desktop, QUESTION)
    ask(desktop, "マイナポータルのURLを教えてください")
    expect(log(desktop).locator(".typing")).to_have_count(2)
    first(desktop, held).continue_()
    expect(log(desktop).locator(".typing")).to_have_count(0)
    turns = log(desktop).locator(".turn")
    expect(turns.nth(1)).to_contain_text(ANSWER)
    expect(turns.nth(2).locator(".mine")).to_contain_text("URL")
    assert ["session" in body for body in sent] == [False, True]


def test_an_ended_session_is_replaced_without_a_word(desktop: Page) -> None:
    ask_and_wait(desktop)
    desktop.evaluate(
        """for (const [key, value] of Object.entries(sessionStorage))
             sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(value), session: "old" }))"""
    )
    desktop.reload()
    asked: list[dict[str, Any]] = []
    desktop.on("request", lambda r: r.url.endswith("/chat") and asked.append(r.post_data_json))
    ask(desktop, QUESTION)
    expect(log(desktop).get_by_text(ANSWER)).to_have_count(2)
    assert [body.get("session") for body in asked] == ["old", None]
    assert asked[0]["message_id"] == asked[1]["message_id"]
