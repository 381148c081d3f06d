"""While a member types: suggestions, and numbers that must not be sent."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.chat import (
    ask,
    ask_and_wait,
    first,
    log,
    mine,
    question_box,
    suggest_with,
    suggestions,
)

LABELS = ("お知らせの再交付", "捨ててよいか", "家族の分")
PAUSE_MS = 400  # longer than the element waits for the next key

# What may hold a My Number, in the ways people write one.
NUMBERS = [
    "123456789012",
    "１２３４ ５６７８ ９０１２",
    "私の番号は1234-5678-9012です",
    "1234－5678ー9012",
    "1234‐5678–9012",
    "1234.5678,9012",
    "一二三四五六七八九〇一二",
    "1234　5678・9012345",
]
HARMLESS = ["0120-95-0178", "2026年11月24日", "下4桁は何ですか", "12345678901"]


def type_into(page: Page, text: str) -> None:
    question_box(page).fill("")
    question_box(page).press_sequentially(text)


def test_up_to_three_suggestions_appear_and_one_is_chosen(page: Page) -> None:
    question_box(page).press_sequentially("再交付")
    expect(suggestions(page).first).to_be_visible()
    assert 1 <= suggestions(page).count() <= 3
    label = suggestions(page).first.inner_text()
    with page.expect_request("**/api/chat") as sent:
        suggestions(page).first.click()
    assert set(sent.value.post_data_json) == {"choice", "message_id"}
    expect(mine(page)).to_contain_text(label)
    expect(question_box(page)).to_have_value("")
    expect(suggestions(page)).to_have_count(0)


def test_one_request_when_the_member_pauses_and_none_for_one_letter(desktop: Page) -> None:
    texts = suggest_with(desktop, *LABELS)
    type_into(desktop, "再")
    desktop.wait_for_timeout(PAUSE_MS)
    assert texts == []
    type_into(desktop, "再交付できますか")
    expect(suggestions(desktop)).to_have_count(3)
    assert texts == ["再交付できますか"]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_neither_suggested_for_nor_sent(desktop: Page, number: str) -> None:
    requests: list[str] = []
    desktop.on("request", lambda r: requests.append(r.url) if r.method == "POST" else None)
    question_box(desktop).fill(number)
    desktop.wait_for_timeout(PAUSE_MS)
    desktop.keyboard.press("Enter")
    warning = desktop.locator("[role=alert]")
    expect(warning).to_contain_text("送信していません")
    expect(question_box(desktop)).to_have_value(number)
    expect(question_box(desktop)).to_have_attribute("aria-invalid", "true")
    expect(mine(desktop)).to_have_count(0)
    desktop.wait_for_timeout(PAUSE_MS)
    assert requests == []
    question_box(desktop).fill("お知らせは捨ててもいいですか")
    expect(warning).to_be_empty()
    expect(question_box(desktop)).to_have_attribute("aria-invalid", "false")


def test_other_numbers_are_sent(desktop: Page) -> None:
    for number in HARMLESS:
        ask_and_wait(desktop, number)
    expect(mine(desktop)).to_have_count(len(HARMLESS))


def test_the_server_is_the_second_line_and_the_page_forgets_the_number(desktop: Page) -> None:
    ask(desktop, "記号1234 番号567890をなくした")
    expect(log(desktop).get_by_text("読み取らずに消去しました")).to_be_visible()
    expect(mine(desktop)).to_contain_text("記号＊＊＊＊ 番号＊＊＊＊＊＊をなくした")
    assert "1234" not in desktop.evaluate("JSON.stringify(sessionStorage)")


def test_an_input_method_at_work_is_not_disturbed(desktop: Page) -> None:
    texts = suggest_with(desktop, *LABELS)
    session = desktop.context.new_cdp_session(desktop)
    question_box(desktop).focus()
    for kana in ("さいこ", "さいこうふ"):
        session.send(
            "Input.imeSetComposition", {"text": kana, "selectionStart": 0, "selectionEnd": 0}
        )
    desktop.wait_for_timeout(PAUSE_MS)
    assert texts == []
    session.send("Input.insertText", {"text": "再交付"})
    expect(suggestions(desktop)).to_have_count(3)
    assert texts == ["再交付"]


def test_a_late_reply_does_not_overtake_a_newer_one(desktop: Page) -> None:
    held: list[Route] = []

    def handle(route: Route) -> None:
        text = route.request.post_data_json["text"]
        if text == "再交付":
            held.append(route)
        else:
            route.fulfill(body=json.dumps({"suggestions": [{"id": "new", "label": "新しい"}]}))

    desktop.route("**/api/suggest", handle)
    with desktop.expect_request("**/api/suggest"):
        question_box(desktop).fill("再交付")
    question_box(desktop).fill("再交付の方法")
    expect(suggestions(desktop)).to_have_text(["新しい"])
    first(desktop, held).fulfill(body=json.dumps({"suggestions": [{"id": "old", "label": "古い"}]}))
    desktop.wait_for_timeout(100)
    expect(suggestions(desktop)).to_have_text(["新しい"])


@pytest.mark.parametrize("way", ["send", "escape", "empty", "number", "failure"])
def test_the_list_goes(page: Page, way: str) -> None:
    suggest_with(page, *LABELS)
    question_box(page).fill("再交付")
    expect(suggestions(page)).to_have_count(3)
    if way == "send":
        page.keyboard.press("Enter")
    elif way == "escape":
        page.keyboard.press("Escape")
    elif way == "failure":
        page.route("**/api/suggest", lambda route: route.abort())
        question_box(page).fill("再交付の")
    else:
        question_box(page).fill("" if way == "empty" else "123456789012")
    expect(suggestions(page)).to_have_count(0)
    if way == "send":
        page.wait_for_timeout(PAUSE_MS)
        expect(suggestions(page)).to_have_count(0)


def test_arrows_go_into_the_list_and_escape_comes_back(desktop: Page) -> None:
    suggest_with(desktop, *LABELS)
    box = question_box(desktop)
    box.fill("再交付")
    expect(suggestions(desktop)).to_have_count(3)
    for key, focused in (
        ("ArrowDown", suggestions(desktop).first),
        ("ArrowUp", box),
        ("ArrowUp", suggestions(desktop).last),
        ("ArrowDown", box),
        ("ArrowDown", suggestions(desktop).first),
        ("ArrowDown", suggestions(desktop).nth(1)),
        ("Escape", box),
    ):
        desktop.keyboard.press(key)
        expect(focused).to_be_focused()
    expect(suggestions(desktop)).to_have_count(0)
    expect(box).to_have_value("再交付")
    box.fill("再交付\nできますか")
    expect(suggestions(desktop)).to_have_count(3)
    desktop.keyboard.press("ArrowUp")
    expect(box).to_be_focused()


def test_the_number_of_suggestions_is_announced_once(desktop: Page) -> None:
    suggest_with(desktop, *LABELS)
    status = desktop.locator(".composer [role=status]")
    status.evaluate(
        """e => {
          window.announced = [];
          new MutationObserver(() => window.announced.push(e.textContent))
            .observe(e, { childList: true });
        }"""
    )
    type_into(desktop, "再交付")
    expect(status).to_have_text("候補が3件あります")
    with desktop.expect_response("**/api/suggest"):
        question_box(desktop).fill("再交付の")
    desktop.wait_for_timeout(50)
    assert desktop.evaluate("window.announced") == ["候補が3件あります"]
