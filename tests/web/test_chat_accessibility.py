"""Everybody can use the chat: axe, small and zoomed windows, large text, contrast; screenshots."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web.chat import (
    CONTACT,
    DESKTOP,
    NARROW,
    NO_MATCH,
    PHONE,
    ZOOMED,
    answer,
    answer_with,
    ask,
    ask_and_wait,
    log,
    overflow,
    question_box,
    shoot,
    suggest_with,
    suggestions,
)
from tests.web.conftest import OpenPage

SMALLEST = 24  # pixels, WCAG 2.2, 2.5.8
LARGE = 44


def start(page: Page) -> None:
    expect(log(page).get_by_role("button")).to_have_count(4)


def answered(page: Page) -> None:
    ask_and_wait(page)
    for summary in log(page).locator("summary").all():
        summary.click()


def steps(page: Page) -> None:
    ask_and_wait(page, "マイナポータルで資格情報を確認するには")
    expect(log(page).get_by_role("heading", name="確認の手順")).to_be_visible()


def not_matched(page: Page) -> None:
    answer_with(page, NO_MATCH)
    ask_and_wait(page, "天気は")
    log(page).locator("summary").click()


def rated(page: Page) -> None:
    answer_with(page, answer(alternatives=[{"id": "reissue", "label": "お知らせの再交付"}]))
    ask_and_wait(page)
    page.route("**/api/feedback", lambda route: route.fulfill(body='{"status":"ok"}'))
    page.get_by_role("button", name="いいえ").click()
    expect(page.get_by_role("button", name="電話の窓口を見る")).to_be_visible()


def contacts(page: Page) -> None:
    answer_with(page, CONTACT, {**CONTACT, "open": True, "status": "受付中（20:00まで）"})
    ask_and_wait(page, "電話番号は")


def choices(page: Page) -> None:
    found = [{"id": "a", "label": "お知らせの再交付"}, {"id": "b", "label": "捨ててよいか"}]
    answer_with(page, {"type": "choices", "text": "どちらですか。", "choices": found})
    ask_and_wait(page, "お知らせ")


def suggested(page: Page) -> None:
    suggest_with(page, "お知らせの再交付", "捨ててよいか", "扶養に入った家族の分が入っていない")
    question_box(page).fill("再交付")
    expect(suggestions(page)).to_have_count(3)


def warned(page: Page) -> None:
    ask(page, "1234-5678-9012")
    expect(page.get_by_role("alert")).to_contain_text("送信していません")


def failed(page: Page) -> None:
    page.route("**/api/chat", lambda route: route.abort())
    ask(page, "届きません")
    expect(log(page).locator(".failure")).to_be_visible()


def english(page: Page) -> None:
    ask_and_wait(page, "How can I get the notice reissued?")
    page.get_by_role("button", name="English").click()


def bubble(page: Page) -> None:
    page.locator("faq-chat").evaluate("e => e.setAttribute('mode', 'bubble')")
    page.get_by_role("button", name=re.compile("ご質問 ?チャット")).click()
    ask_and_wait(page)


STATES = [
    start, answered, steps, not_matched, rated, contacts, choices, suggested, warned, failed,
    english, bubble,
]  # fmt: skip


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(
    open_chat: OpenPage, state: Callable[[Page], None], viewport: dict[str, int]
) -> None:
    page = open_chat(viewport, bypass_csp=True)  # axe itself sets styles
    state(page)
    shoot(page, f"{state.__name__}-{viewport['width']}")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("size", ["標準", "特大"])
@pytest.mark.parametrize("viewport", [NARROW, PHONE, ZOOMED, DESKTOP], ids=lambda v: v["width"])
def test_nothing_scrolls_sideways_and_targets_are_large(
    open_chat: OpenPage, viewport: dict[str, int], size: str
) -> None:
    page = open_chat(viewport)
    page.get_by_role("button", name=size).click()
    ask_and_wait(page, "https://example.jp/" + "a" * 300)
    steps(page)
    suggested(page)
    for summary in log(page).locator("summary").all():
        summary.click()
    assert overflow(page) <= 0
    for button in page.get_by_role("button").or_(page.get_by_role("link")).all():
        box = button.bounding_box()
        assert box and min(box["width"], box["height"]) >= LARGE, button.inner_text()
    for summary in log(page).locator("summary").all():
        box = summary.bounding_box()
        assert box and box["height"] >= SMALLEST
    shoot(page, f"{'normal' if size == '標準' else 'largest'}-{viewport['width']}")


@pytest.mark.parametrize("viewport", [NARROW, ZOOMED], ids=lambda v: v["width"])
def test_the_panel_fills_small_windows(open_chat: OpenPage, viewport: dict[str, int]) -> None:
    page = open_chat(viewport)
    bubble(page)
    page.get_by_role("button", name="特大").click()
    assert page.get_by_role("dialog").bounding_box() == {"x": 0, "y": 0, **viewport}
    assert overflow(page) <= 0
    shoot(page, f"bubble-largest-{viewport['width']}")


def test_the_focus_is_seen_on_everything(open_chat: OpenPage) -> None:
    page = open_chat()
    answered(page)
    seen = 0
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        outline = page.evaluate(
            """() => {
              const node = document.querySelector("faq-chat").shadowRoot.activeElement;
              return node && !node.matches(".scroller") && getComputedStyle(node).outlineStyle;
            }"""
        )
        if outline:
            assert outline == "solid"
            seen += 1
    assert seen > 10


def test_forced_colours_keep_every_border(open_chat: OpenPage) -> None:
    page = open_chat(forced_colors="active")
    answered(page)
    for name in (".mine", ".card", ".choice", ".tool"):
        style = page.locator(name).first.evaluate("e => getComputedStyle(e).borderTopStyle")
        assert style == "solid", name
    shoot(page, "forced-colours")


def test_motion_is_only_for_those_who_like_it(open_chat: OpenPage) -> None:
    page = open_chat()
    page.route("**/api/chat", lambda route: None)
    ask(page, "動きません")
    dot = page.locator(".typing i").first
    assert dot.evaluate("e => getComputedStyle(e).animationName") == "none"
    smooth = "e => getComputedStyle(e).scrollBehavior"
    assert page.locator(".scroller").evaluate(smooth) == "auto"
    page.emulate_media(reduced_motion="no-preference")
    assert dot.evaluate("e => getComputedStyle(e).animationName") == "breathe"


def test_japanese_breaks_at_the_ends_of_phrases(page: Page) -> None:
    """Chromium does so only where it knows the language, of which `all: initial` would rob it."""
    styles = page.evaluate(
        """() => {
          const root = document.querySelector("faq-chat").shadowRoot;
          const style = getComputedStyle(root.querySelector(".card p"));
          return [style.wordBreak, style.webkitLocale];
        }"""
    )
    assert styles == ["auto-phrase", '"ja"']
