"""The chat page in a real browser, against a running server (fixture `server_url`)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium (Debian: chromium)")

ELEMENT = Path(__file__).parents[2] / "bot" / "web" / "chat" / "faq-chat.js"
MAX_ELEMENT = 30_000  # bytes; members come by phone

QUESTION = "お知らせは捨ててもいいですか"
ANSWER = "大切に保管をお願いします"
CAUTION = "マイナンバー（個人番号）は入力しないでください"
OFFLINE = "通信できませんでした"
RETRY = "もう一度送る"
HELPFUL = "役に立ちましたか"

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 568}
ZOOMED = {"width": 640, "height": 400}  # the desktop at 200 %

# What Chromium itself reports of a request that a test let fail on purpose.
FAILED_REQUEST = "Failed to load resource"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_chat(browser: Browser, server_url: str) -> Iterator[Callable[..., Page]]:
    """Opens the page in a fresh context; in the end nothing may have gone wrong in any."""
    contexts = []
    faults: list[str] = []

    def fault(text: str) -> None:
        if FAILED_REQUEST not in text:
            faults.append(text)

    def open_page(viewport: dict[str, int] = DESKTOP, **options: Any) -> Page:
        context = browser.new_context(
            viewport=viewport, locale="ja-JP", reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: fault(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: fault(str(error)))
        page.on("requestfinished", lambda r: r.url.startswith(server_url) or fault(r.url))
        page.goto(server_url.rstrip("/") + "/chat/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(open_chat: Callable[..., Page]) -> Page:
    return open_chat()


def question_box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="ご質問をお書きください")


def log(page: Page) -> Locator:
    return page.get_by_role("log")


def ask(page: Page, text: str) -> None:
    question_box(page).fill(text)
    page.keyboard.press("Enter")


def answer_with(page: Page, *messages: dict[str, Any]) -> None:
    """Let the server's reply to any question be these messages."""
    body = json.dumps({"session": "token", "messages": messages})
    page.route("**/api/chat", lambda r: r.fulfill(body=body, content_type="application/json"))


def overflow(page: Page) -> int:
    """Pixels by which the page or the conversation is wider than the window."""
    return int(
        page.evaluate(
            """() => {
              const root = document.querySelector("faq-chat").shadowRoot;
              const boxes = [document.documentElement, ...root.querySelectorAll(".scroller, form")];
              return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
            }"""
        )
    )


def test_the_element_is_small() -> None:
    assert ELEMENT.stat().st_size < MAX_ELEMENT


def test_the_greeting_warns_and_offers_the_frequent_questions(page: Page) -> None:
    expect(page.get_by_text(CAUTION)).to_be_visible()
    expect(page.get_by_text("ご案内の改善のために利用します")).to_be_visible()
    expect(log(page).get_by_role("button")).to_have_count(4)


def test_keyboard_alone_asks_reads_on_and_rates(page: Page) -> None:
    for _ in range(10):
        page.keyboard.press("Tab")
        if question_box(page).evaluate("e => e === e.getRootNode().activeElement"):
            break
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(log(page).get_by_text(ANSWER)).to_be_visible()
    expect(question_box(page)).to_be_focused()
    expect(question_box(page)).to_have_value("")
    official = log(page).get_by_text("本通知の右下にある")
    expect(official).to_be_hidden()
    log(page).locator("summary").focus()
    page.keyboard.press("Enter")
    expect(official).to_be_visible()
    question_box(page).focus()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="いいえ")).to_be_focused()
    page.keyboard.press("Enter")
    expect(log(page).get_by_text("お役に立てず申し訳ありません")).to_be_visible()
    expect(question_box(page)).to_be_focused()


def test_shift_enter_breaks_the_line_and_an_input_method_keeps_its_enter(page: Page) -> None:
    box = question_box(page)
    box.fill("捨てて")
    page.keyboard.press("Shift+Enter")
    expect(box).to_have_value("捨てて\n")
    for composing in ({"isComposing": True}, {"keyCode": 229}):
        box.dispatch_event("keydown", {"key": "Enter", "bubbles": True, **composing})
    expect(box).to_have_value("捨てて\n")
    expect(log(page).locator(".mine")).to_have_count(0)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_choice_shows_steps_and_the_open_line(
    open_chat: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = open_chat(viewport, has_touch=viewport is PHONE)
    page.get_by_role("button", name="マイナポータルで資格情報を確認するには").click()
    expect(log(page).get_by_role("heading", name="確認の手順")).to_be_visible()
    expect(log(page).locator("ol > li")).to_have_count(3)
    expect(log(page).get_by_role("link", name="0120-95-0178")).to_have_attribute(
        "href", "tel:0120950178"
    )
    expect(log(page).get_by_text("受付", exact=False).first).to_be_visible()


def test_feedback_goes_out_with_session_and_entry(page: Page) -> None:
    ask(page, QUESTION)
    with page.expect_request("**/api/feedback") as sent:
        page.get_by_role("button", name="はい").click()
    verdict = sent.value.post_data_json
    assert verdict == {"session": verdict["session"], "entry": "may_discard", "helpful": True}
    assert sent.value.response().ok
    expect(log(page).get_by_text("ありがとうございます")).to_be_visible()


def test_no_match_offers_a_person_and_the_nearest_questions(page: Page) -> None:
    contact = {
        "type": "contact",
        "name": "総合窓口",
        "phones": [{"number": "0120-95-0178", "label": None, "tel": "tel:0120950178"}],
        "open": False,
        "status": "受付時間外（次は明日9:30から）",
        "languages": ["ja", "en"],
    }
    nearest = [{"id": "reissue", "question": "再交付されますか。"}]
    reply = {"type": "no_match", "text": "お答えできません。"}
    answer_with(page, {**reply, "contacts": [contact], "nearest": nearest})
    ask(page, "天気は")
    expect(log(page).get_by_text("受付時間外（次は明日9:30から）")).to_be_visible()
    expect(log(page).get_by_text("日本語、英語")).to_be_visible()
    expect(log(page).get_by_role("heading", name="お近くの質問")).to_be_visible()
    expect(page.get_by_role("group", name=HELPFUL)).to_be_visible()
    with page.expect_request("**/api/chat") as sent:
        page.get_by_role("button", name="再交付されますか。").click()
    assert sent.value.post_data_json == {"choice": "reissue", "session": "token"}


def test_text_stays_text_and_unsafe_links_are_left_out(page: Page) -> None:
    markup = "<img src=x onerror=alert(1)>"
    bad = {"id": "x", "name": "押さないで", "url": "javascript:alert(1)"}
    answer_with(
        page,
        {"type": "answer", "id": "a", "question": markup, "text": markup, "links": [bad]},
        {"type": "of_a_later_version", "text": "知らない種類"},
    )
    ask(page, markup)
    expect(log(page).get_by_text("知らない種類")).to_be_visible()
    expect(log(page).get_by_text(markup)).to_have_count(2)
    expect(log(page).locator("img, a")).to_have_count(0)


def test_offline_keeps_every_question_and_sends_it_again(page: Page) -> None:
    page.route("**/api/chat", lambda route: route.abort())
    ask(page, QUESTION)
    expect(log(page).get_by_text(OFFLINE)).to_be_visible()
    expect(log(page).get_by_text(QUESTION, exact=True).last).to_be_visible()
    page.unroute("**/api/chat")
    question_box(page).fill("次の質問")
    page.get_by_role("button", name=RETRY).click()
    expect(log(page).get_by_text(ANSWER)).to_be_visible()
    expect(log(page).get_by_text(OFFLINE)).to_have_count(0)
    expect(log(page).locator(".mine")).to_have_count(1)
    expect(question_box(page)).to_have_value("次の質問")


def test_a_proxy_s_error_page_is_an_error_with_a_way_on(page: Page) -> None:
    page.route("**/api/chat", lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"))
    ask(page, QUESTION)
    expect(log(page).get_by_text("ただいまお答えできません")).to_be_visible()
    expect(page.get_by_role("button", name=RETRY)).to_be_visible()


def test_an_ended_session_is_replaced_without_a_word(page: Page) -> None:
    ask(page, QUESTION)
    expect(log(page).get_by_text(ANSWER)).to_be_visible()
    page.evaluate("Object.keys(sessionStorage).forEach((k) => sessionStorage.setItem(k, 'old'))")
    page.reload()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if r.url.endswith("/api/chat") else None)
    ask(page, QUESTION)
    expect(log(page).get_by_text(ANSWER)).to_be_visible()
    assert len(asked) == 2


def test_denied_storage_does_not_hinder(open_chat: Callable[..., Page]) -> None:
    page = open_chat()
    page.add_init_script(
        "Storage.prototype.getItem = Storage.prototype.setItem = () => { throw 1 }"
    )
    page.reload()
    ask(page, QUESTION)
    expect(log(page).get_by_text(ANSWER)).to_be_visible()


def test_two_questions_at_once_are_one_conversation_in_order(page: Page) -> None:
    held: list[Route] = []
    sent: list[dict[str, Any]] = []

    def hold_the_first(route: Route) -> None:
        sent.append(route.request.post_data_json)
        held.append(route) if not held else route.continue_()

    page.route("**/api/chat", hold_the_first)
    ask(page, QUESTION)
    ask(page, "マイナポータルのURLを教えてください")
    expect(log(page).locator(".typing")).to_have_count(2)
    held[0].continue_()
    expect(log(page).locator(".typing")).to_have_count(0)
    turns = log(page).locator(".turn")
    expect(turns.nth(1)).to_contain_text(ANSWER)
    expect(turns.nth(2).locator(".mine")).to_contain_text("URL")
    assert ["session" in body for body in sent] == [False, True]


def test_restart_gives_up_what_is_under_way(page: Page) -> None:
    page.route("**/api/chat", lambda route: None)
    ask(page, QUESTION)
    page.get_by_role("button", name="はじめから").click()
    page.unroute("**/api/chat")
    expect(log(page).locator(".mine")).to_have_count(0)
    expect(page.get_by_text(CAUTION)).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
    with page.expect_request("**/api/chat") as sent:
        ask(page, QUESTION)
    assert sent.value.post_data_json == {"text": QUESTION}
    expect(log(page).get_by_text(ANSWER)).to_be_visible()


def test_too_long_a_text_is_counted_kept_and_not_sent(page: Page) -> None:
    counter = page.locator(".counter")
    question_box(page).fill("あ" * 399)
    expect(counter).to_be_hidden()
    question_box(page).fill("𠮷" * 490)
    expect(counter).to_have_text("あと10文字入力できます")
    question_box(page).fill("あ" * 512)
    expect(counter).to_contain_text("12文字超えています")
    page.keyboard.press("Enter")
    expect(question_box(page)).to_have_value("あ" * 512)
    expect(log(page).locator(".mine")).to_have_count(0)


@pytest.mark.parametrize("viewport", [NARROW, PHONE, ZOOMED, DESKTOP], ids=lambda v: v["width"])
def test_nothing_scrolls_sideways_and_targets_are_large(
    open_chat: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = open_chat(viewport)
    ask(page, "https://example.jp/" + "a" * 300)
    expect(log(page).locator(".typing")).to_have_count(0)
    page.get_by_role("button", name="マイナポータルで資格情報を確認するには").click()
    expect(log(page).get_by_role("heading", name="確認の手順")).to_be_visible()
    for summary in log(page).locator("summary").all():
        summary.click()
    assert overflow(page) <= 0
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box and min(box["width"], box["height"]) >= 44, button.inner_text()
