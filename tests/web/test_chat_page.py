"""The chat page: its start, questions and the replies to them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.chat import (
    ANSWER,
    CAUTION,
    DESKTOP,
    ELEMENT,
    HELPFUL,
    NO_MATCH,
    PHONE,
    QUESTION,
    answer,
    answer_with,
    ask,
    ask_and_wait,
    log,
    mine,
    question_box,
)
from tests.web.conftest import OpenPage

MAX_ELEMENT = 30_000  # bytes; members come by phone
USABLE_WITHIN_MS = 1000  # on a processor slowed four times


def test_the_element_is_small() -> None:
    assert ELEMENT.stat().st_size < MAX_ELEMENT


def test_the_greeting_warns_and_offers_the_frequent_questions(page: Page) -> None:
    expect(page.get_by_text(CAUTION)).to_be_visible()
    expect(page.get_by_text("ご案内の改善のために利用します")).to_be_visible()
    expect(log(page).get_by_role("button")).to_have_count(4)
    everything = log(page).get_by_role("link", name="ご質問と回答の一覧")
    assert (everything.get_attribute("href") or "").endswith("/faq")


@pytest.mark.parametrize("failure", ["offline", "error", "nonsense"])
def test_without_the_frequent_questions_the_chat_works(open_chat: OpenPage, failure: str) -> None:
    def fail(route: Route) -> None:
        if failure == "offline":
            route.abort()
        else:
            route.fulfill(status=500 if failure == "error" else 200, body="<h1>?</h1>")

    page = open_chat(prepare=lambda page: page.route("**/api/entries", fail))
    ask_and_wait(page)
    expect(log(page).get_by_text(ANSWER)).to_be_visible()
    expect(log(page).locator(".turn").first.get_by_role("button")).to_have_count(0)


def test_keyboard_alone_asks_reads_on_and_rates(desktop: Page) -> None:
    page = desktop
    for _ in range(20):
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
    log(page).locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(official).to_be_visible()
    question_box(page).focus()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="いいえ")).to_be_focused()
    page.keyboard.press("Enter")
    expect(log(page).get_by_text("お役に立てず申し訳ありません")).to_be_visible()
    expect(question_box(page)).to_be_focused()


def test_shift_enter_breaks_the_line_and_an_input_method_keeps_its_enter(desktop: Page) -> None:
    box = question_box(desktop)
    box.fill("捨てて")
    desktop.keyboard.press("Shift+Enter")
    expect(box).to_have_value("捨てて\n")
    for composing in ({"isComposing": True}, {"keyCode": 229}):
        box.dispatch_event("keydown", {"key": "Enter", "bubbles": True, **composing})
    expect(box).to_have_value("捨てて\n")
    expect(mine(desktop)).to_have_count(0)


def test_a_choice_shows_steps_and_the_line(page: Page) -> None:
    answer_with(page, {"type": "choices", "text": "どちらですか", "choices": [
        {"id": "check_on_portal", "label": "マイナポータルで確認する手順"}]})  # fmt: skip
    ask(page, "確認")
    page.unroute("**/api/chat")
    page.get_by_role("button", name="マイナポータルで確認する手順").click()
    expect(log(page).get_by_role("heading", name="確認の手順")).to_be_visible()
    expect(log(page).locator("ol > li")).to_have_count(3)
    phone = log(page).get_by_role("link", name="0120-95-0178").first
    expect(phone).to_have_attribute("href", "tel:0120950178")
    expect(log(page).locator(".status").first).to_contain_text("受付")


def test_what_stands_in_a_card_stands_below_one_another_and_within(page: Page) -> None:
    question = "紙のお知らせについてですか、マイナンバーカードについてですか。" * 3
    labels = ["お知らせの再交付（紛失・氏名変更など）", "マイナンバーカードの紛失・盗難、利用停止"]
    choices = [{"id": "x", "label": label} for label in labels]
    answer_with(
        page,
        {"type": "choices", "text": question, "choices": choices},
        NO_MATCH,
        {"type": "notice", "text": question},
        answer("回答です。\n" * 5, short="短い回答です。", source="Q&A"),
    )
    ask(page, "どちら")
    expect(log(page).get_by_text("短い回答です。")).to_be_visible()
    misplaced = log(page).evaluate(
        """log => [...log.querySelectorAll(".card")].flatMap(card => {
          const box = card.getBoundingClientRect();
          const parts = [...card.children].map(part => part.getBoundingClientRect())
            .filter(part => part.height);
          const inside = part => part.top >= box.top && part.bottom <= box.bottom + 1
            && part.left >= box.left && part.right <= box.right + 1;
          const below = (part, i) => i === 0 || part.top >= parts[i - 1].bottom - 1;
          return parts.every((part, i) => inside(part) && below(part, i)) ? [] : [card.innerText];
        })"""
    )
    assert misplaced == []


def test_an_answer_has_its_short_official_and_easy_wording(page: Page) -> None:
    easy = "この かみを\nすてないで ください。"
    answer_with(
        page,
        answer(
            "公式の文面です。",
            short="短い回答です。",
            easy=easy,
            source="Q&A",
            reviewed="2026-11-03",
        ),
    )
    ask(page, "質問です")
    expect(log(page).get_by_text("短い回答です。")).to_be_visible()
    expect(log(page).get_by_text("2026年11月3日")).to_be_visible()
    for summary, text in (
        ("公式の回答", "公式の文面です。"),
        ("やさしい日本語で読む", "すてないで"),
    ):
        expect(log(page).get_by_text(text)).to_be_hidden()
        log(page).get_by_text(summary).click()
        expect(log(page).get_by_text(text)).to_be_visible()


def test_no_match_offers_a_person_the_nearest_questions_and_all_others(page: Page) -> None:
    asked = answer_with(page, NO_MATCH)
    ask(page, "天気は")
    expect(log(page).get_by_text("受付時間外（次は明日9:30から）")).to_be_visible()
    expect(log(page).get_by_text("日本語、英語")).to_be_visible()
    expect(log(page).get_by_role("heading", name="お近くの質問")).to_be_visible()
    expect(page.get_by_role("group", name=HELPFUL)).to_be_visible()
    hidden = page.get_by_role("button", name="電話番号と受付時間")
    expect(hidden).to_be_hidden()
    log(page).locator("summary", has_text="お問い合わせ先").click()
    hidden.click()
    expect(mine(page)).to_have_count(2)
    page.get_by_role("button", name="お知らせの再交付").first.click()
    expect(mine(page)).to_have_count(3)
    assert [body.get("choice") for body in asked] == [None, "hotline", "reissue"]
    assert [body.get("session") for body in asked] == [None, "token", "token"]


def test_text_stays_text_and_unsafe_links_are_left_out(desktop: Page) -> None:
    markup = "<img src=x onerror=alert(1)>"
    bad = {"id": "x", "name": "押さないで", "url": "javascript:alert(1)"}
    replies: list[dict[str, Any]] = [
        {"type": "answer", "id": "a", "question": markup, "text": markup, "links": [bad]},
        {"type": "contact", "name": {"onclick": "alert(1)"}, "url": bad["url"]},
        {"type": "of_a_later_version", "text": "知らない種類"},
    ]
    answer_with(desktop, *replies)
    ask(desktop, markup)
    expect(log(desktop).get_by_text("知らない種類")).to_be_visible()
    expect(log(desktop).get_by_text(markup)).to_have_count(2)
    expect(log(desktop).locator("img, [onclick]")).to_have_count(0)
    expect(log(desktop).locator(".turn").last.locator("a")).to_have_count(0)


def test_too_long_a_text_is_counted_kept_and_not_sent(desktop: Page) -> None:
    counter = desktop.locator(".counter")
    question_box(desktop).fill("あ" * 399)
    expect(counter).to_be_hidden()
    question_box(desktop).fill("𠮷" * 490)
    expect(counter).to_have_text("あと10文字入力できます")
    question_box(desktop).fill("あ" * 512)
    expect(counter).to_contain_text("12文字超えています")
    desktop.keyboard.press("Enter")
    expect(question_box(desktop)).to_have_value("あ" * 512)
    expect(question_box(desktop)).to_have_attribute("aria-invalid", "true")
    expect(mine(desktop)).to_have_count(0)


def test_the_text_size_is_remembered(page: Page) -> None:
    def pressed(name: str) -> Any:
        return page.get_by_role("button", name=name, exact=True, pressed=True)

    def size() -> float:
        script = "e => parseFloat(getComputedStyle(e).fontSize)"
        return float(page.get_by_text(CAUTION).evaluate(script))

    normal = size()
    expect(pressed("標準")).to_be_visible()
    page.get_by_role("button", name="特大").click()
    expect(pressed("特大")).to_be_visible()
    expect(pressed("標準")).to_have_count(0)
    assert size() > 1.35 * normal
    page.reload()
    expect(pressed("特大")).to_be_visible()
    assert size() > 1.35 * normal


def test_the_controls_are_english_on_demand_and_what_is_japanese_says_so(page: Page) -> None:
    question_box(page).fill("書きかけ")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About the eligibility notice")
    expect(page.get_by_role("textbox", name="Your question")).to_have_value("書きかけ")
    ask_and_wait(page)
    expect(page.get_by_role("group", name="Was this helpful?")).to_be_visible()
    expect(page.locator(".root")).to_have_attribute("lang", "en")
    for text in (page.locator(".short"), mine(page).locator("span").last):
        assert text.evaluate("e => e.closest('[lang]').lang") == "ja"
    page.reload()
    expect(page.get_by_text("Read the full official answer")).to_be_visible()
    page.get_by_role("button", name="日本語").click()
    expect(page.get_by_role("group", name=HELPFUL)).to_be_visible()


def test_a_question_in_another_language_gets_notice_line_and_language_marks(page: Page) -> None:
    ask_and_wait(page, "How can I get the notice reissued?")
    turn = log(page).locator(".turn").last
    expect(turn.locator("[lang=en]").first).to_be_visible()
    expect(turn.get_by_role("link", name="0120-0178-26")).to_be_visible()
    expect(turn.locator(".mine span").last).to_have_attribute("lang", "en")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_it_is_usable_within_a_second_on_a_slow_phone(
    new_page: OpenPage, server_url: str, viewport: dict[str, int]
) -> None:
    page = new_page(viewport)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(
        """(function look() {
          const root = document.querySelector("faq-chat")?.shadowRoot;
          if (root?.querySelector("h1")?.offsetHeight && root.querySelector("textarea").offsetHeight)
            window.usable = performance.now();
          else requestAnimationFrame(look);
        })()"""
    )
    page.goto(f"{server_url}/chat/")
    page.wait_for_function("window.usable && performance.getEntriesByType('paint').length > 0")
    assert page.evaluate("window.usable") < USABLE_WITHIN_MS
    painted = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    assert page.evaluate(painted) < USABLE_WITHIN_MS


def test_without_javascript_the_page_leads_to_the_answers(
    new_page: OpenPage, server_url: str
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{server_url}/chat/")
    page.get_by_role("link", name="よくあるご質問").click()
    page.wait_for_url(f"{server_url}/faq")
