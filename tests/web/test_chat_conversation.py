"""The conversation: ratings, reloads and its end."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.chat import (
    ANSWER,
    CAUTION,
    HELPFUL,
    NO_MATCH,
    QUESTION,
    answer,
    answer_with,
    ask,
    ask_and_wait,
    first,
    log,
    mine,
    question_box,
    reply,
)
from tests.web.conftest import OpenPage

ENDED = "前の会話を終了しました"


def stored(page: Page) -> str:
    return str(page.evaluate("JSON.stringify(sessionStorage)"))


# ---- Was it helpful?


def test_a_rating_goes_out_with_session_entry_and_message(page: Page) -> None:
    with page.expect_request("**/api/chat") as question:
        ask(page, QUESTION)
    with page.expect_request("**/api/feedback") as sent:
        page.get_by_role("button", name="はい").click()
    verdict = sent.value.post_data_json
    assert verdict == {
        "session": verdict["session"],
        "entry": "may_discard",
        "helpful": True,
        "message_id": question.value.post_data_json["message_id"],
    }
    assert sent.value.response().ok
    expect(log(page).get_by_text("ありがとうございます")).to_be_visible()


@pytest.mark.parametrize("kind", ["answer", "no_match"])
def test_not_helpful_offers_other_questions_and_the_telephone(page: Page, kind: str) -> None:
    others = [{"id": "reissue", "label": "お知らせの再交付"}]
    message = answer(alternatives=others) if kind == "answer" else NO_MATCH
    asked = answer_with(page, message)
    ask(page, "質問です")
    page.route("**/api/feedback", lambda route: route.fulfill(body='{"status":"ok"}'))
    page.get_by_role("button", name="いいえ").click()
    group = page.get_by_role("group", name=HELPFUL)
    expect(group.get_by_text("お役に立てず申し訳ありません")).to_be_visible()
    group.get_by_role("button", name="お知らせの再交付").click()
    expect(mine(page)).to_have_count(2)
    group.first.get_by_role("button", name="電話の窓口を見る").click()
    expect(mine(page)).to_have_count(3)
    assert [body.get("choice") for body in asked] == [None, "reissue", "hotline"]


def test_a_rating_pressed_twice_is_sent_once(desktop: Page) -> None:
    ask_and_wait(desktop)
    sent: list[str] = []
    desktop.on("request", lambda r: r.url.endswith("/feedback") and sent.append(r.url))
    desktop.get_by_role("button", name="はい").dblclick()
    expect(log(desktop).get_by_text("ありがとうございます")).to_be_visible()
    assert len(sent) == 1


def test_a_rating_that_fails_can_be_pressed_again(desktop: Page) -> None:
    ask_and_wait(desktop)
    desktop.route("**/api/feedback", lambda route: route.abort())
    desktop.get_by_role("button", name="はい").click()
    expect(log(desktop).get_by_text("評価を送れませんでした")).to_be_visible()
    desktop.unroute("**/api/feedback")
    desktop.get_by_role("button", name="はい").click()
    expect(log(desktop).get_by_text("ありがとうございます")).to_be_visible()


# ---- Reload, restart, end


def test_a_reload_draws_the_conversation_again_without_announcing_it(page: Page) -> None:
    ask_and_wait(page)
    page.get_by_role("button", name="はい").click()
    expect(log(page).get_by_text("ありがとうございます")).to_be_visible()
    page.add_init_script(
        """new MutationObserver(() => {
          const log = document.querySelector("faq-chat")?.shadowRoot?.querySelector("[role=log]");
          if (!log || window.watched) return;
          window.watched = true;
          window.live = log.getAttribute("aria-live");
        }).observe(document, { childList: true, subtree: true });"""
    )
    page.reload()
    expect(log(page).get_by_text(ANSWER)).to_be_visible()
    expect(mine(page)).to_have_text([f"あなたのご質問：{QUESTION}"])
    expect(log(page).get_by_text("ありがとうございます")).to_be_visible()
    expect(log(page).locator(".turn").first.get_by_role("button")).to_have_count(4)
    expect(log(page)).to_have_attribute("aria-live", "polite")
    with page.expect_request("**/api/chat") as sent:
        ask(page, "マイナポータルのURLは")
    assert sent.value.post_data_json["session"]
    expect(mine(page)).to_have_count(2)


def test_a_question_under_way_is_asked_again_after_a_reload(desktop: Page) -> None:
    asked: list[dict[str, Any]] = []
    desktop.route("**/api/chat", lambda r: asked.append(r.request.post_data_json))
    ask(desktop, QUESTION)
    expect(mine(desktop)).to_have_count(1)
    desktop.unroute("**/api/chat")
    with desktop.expect_request("**/api/chat") as sent:
        desktop.reload()
    assert sent.value.post_data_json == asked[0]
    expect(log(desktop).get_by_text(ANSWER)).to_be_visible()
    expect(mine(desktop)).to_have_count(1)


def test_restart_gives_up_what_is_under_way(page: Page) -> None:
    ask_and_wait(page)
    held: list[Route] = []
    page.route("**/api/chat", lambda route: held.append(route))
    ask(page, "次の質問です")
    expect(mine(page)).to_have_count(2)
    page.get_by_role("button", name="はじめから").click()
    reply(first(page, held), answer("遅れた回答"))
    page.unroute("**/api/chat")
    expect(mine(page)).to_have_count(0)
    expect(page.get_by_text(CAUTION)).to_be_visible()
    assert "session" not in json.loads(stored(page)) and QUESTION not in stored(page)
    with page.expect_request("**/api/chat") as sent:
        ask(page, QUESTION)
    assert set(sent.value.post_data_json) == {"text", "message_id"}
    expect(log(page).get_by_text(ANSWER)).to_be_visible()
    expect(log(page).get_by_text("遅れた回答")).to_have_count(0)


@pytest.mark.parametrize("how", ["timer", "reload", "wake"])
def test_an_idle_conversation_ends_with_a_word(open_chat: OpenPage, how: str) -> None:
    page = open_chat(prepare=lambda page: page.clock.install())
    answer_with(page, answer())
    ask_and_wait(page)
    page.clock.fast_forward("29:00")
    expect(mine(page)).to_have_count(1)
    ask_and_wait(page, "もう一つ")
    page.clock.fast_forward("29:00")
    expect(mine(page)).to_have_count(2)
    question_box(page).fill("書きかけ")  # writing is use too
    page.clock.fast_forward("29:00")
    expect(mine(page)).to_have_count(2)
    if how == "timer":
        page.clock.fast_forward("02:00")
    elif how == "reload":
        page.add_init_script("const now = Date.now; Date.now = () => now() + 31 * 60_000")
        page.reload()
    else:
        page.evaluate("const now = Date.now; Date.now = () => now() + 120_000")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.clock.run_for(200)
    expect(log(page).get_by_text(ENDED)).to_be_visible()
    expect(mine(page)).to_have_count(0)
    assert "もう一つ" not in stored(page)
    if how != "reload":
        expect(question_box(page)).to_have_value("書きかけ")


def test_denied_storage_does_not_hinder(open_chat: OpenPage) -> None:
    denied = "Storage.prototype.getItem = Storage.prototype.setItem = () => { throw 1 }"
    page = open_chat(prepare=lambda page: page.add_init_script(denied))
    ask_and_wait(page)
    expect(log(page).get_by_text(ANSWER)).to_be_visible()


def test_a_reply_is_announced_once_and_the_question_with_it(desktop: Page) -> None:
    log(desktop).evaluate(
        """e => {
          window.added = [];
          new MutationObserver((records) => records.forEach((record) =>
            window.added.push(...[...record.addedNodes].map((node) => node.className))))
            .observe(e, { childList: true, subtree: true });
        }"""
    )
    expect(log(desktop)).to_have_attribute("aria-live", "polite")
    answer_with(desktop, answer())
    ask_and_wait(desktop)
    added = desktop.evaluate("window.added")
    assert [name for name in added if name] == ["turn", "typing", "card answer", "feedback"]
