"""The chat in a page of another origin, as a part of it and as a bubble, under a strict policy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.chat import (
    ANSWER,
    DESKTOP,
    HELPFUL,
    OFFLINE,
    PHONE,
    QUESTION,
    RETRY,
    ask,
    ask_and_wait,
    log,
    mine,
    overflow,
    question_box,
    shoot,
)
from tests.web.conftest import OpenPage
from tests.web.site import Site, serve_site


@pytest.fixture(scope="module")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("embedded") / "project"
    shutil.copytree(project, folder, symlinks=True)
    with serve_site(folder) as site:
        yield site


@pytest.fixture
def open_site(new_page: OpenPage, site: Site) -> Callable[..., Page]:
    def open_page(attributes: str = "", viewport: dict[str, int] = DESKTOP, **options: Any) -> Page:
        site.attributes = attributes
        page = new_page(viewport, **options)
        page.goto(site.url)
        return page

    return open_page


def bubble(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile("ご質問 ?チャット"))


def panel(page: Page) -> Locator:
    return page.get_by_role("dialog", name="「資格情報のお知らせ」のご質問")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_as_a_part_of_the_page_it_answers(
    open_site: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = open_site("", viewport)
    ask_and_wait(page)
    expect(log(page).get_by_text(ANSWER)).to_be_visible()
    page.get_by_role("button", name="はい").click()
    expect(log(page).get_by_text("ありがとうございます")).to_be_visible()
    assert overflow(page) <= 0
    shoot(page, f"embedded-{viewport['width']}")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_bubble_opens_and_closes(
    open_site: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = open_site('mode="bubble"', viewport)
    expect(panel(page)).to_be_hidden()
    expect(bubble(page)).to_have_attribute("aria-expanded", "false")
    shoot(page, f"bubble-closed-{viewport['width']}")
    bubble(page).click()
    expect(panel(page)).to_be_visible()
    expect(panel(page)).not_to_have_attribute("aria-modal", "true")
    heading = panel(page).get_by_role("heading", level=1)
    expect(heading if viewport is PHONE else question_box(page)).to_be_focused()
    shoot(page, f"bubble-open-{viewport['width']}")
    box = panel(page).bounding_box()
    assert box is not None
    if viewport is PHONE:
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 360, 740)
    else:
        assert box["x"] > 640 and box["x"] + box["width"] <= 1280 - 10
    ask_and_wait(page)
    shoot(page, f"bubble-answer-{viewport['width']}")
    page.get_by_role("button", name="閉じる").click()
    expect(panel(page)).to_be_hidden()
    expect(bubble(page)).to_be_focused()
    bubble(page).click()
    expect(mine(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(bubble(page)).to_be_focused()
    page.reload()
    bubble(page).click()
    expect(log(page).get_by_text(ANSWER)).to_be_visible()


def test_the_bubble_asks_nothing_before_it_is_opened(open_site: Callable[..., Page]) -> None:
    page = open_site('mode="bubble"')
    requests: list[str] = []
    page.on("request", lambda r: "/api/" in r.url and requests.append(r.url))
    expect(bubble(page)).to_be_visible()
    assert requests == []
    bubble(page).click()
    expect(log(page).get_by_role("button")).to_have_count(4)


def test_keyboard_alone_opens_asks_chooses_rates_and_closes(
    open_site: Callable[..., Page],
) -> None:
    page = open_site('mode="bubble"')
    expect(bubble(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(bubble(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(question_box(page)).to_be_focused()
    page.keyboard.type("再交付")
    suggestions = page.get_by_role("group", name="こちらのご質問ですか").get_by_role("button")
    expect(suggestions.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name=HELPFUL)).to_be_visible()
    expect(question_box(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="はい")).to_be_focused()
    page.keyboard.press("Enter")
    expect(log(page).get_by_text("ありがとうございます")).to_be_visible()
    page.keyboard.press("Escape")
    expect(bubble(page)).to_be_focused()
    expect(panel(page)).to_be_hidden()


def test_attributes_are_followed_when_they_change(open_site: Callable[..., Page]) -> None:
    page = open_site('mode="bubble" position="left" heading="お尋ねください" greeting="ようこそ。"')
    left = bubble(page).bounding_box()
    assert left is not None and left["x"] < 100
    bubble(page).click()
    expect(page.get_by_role("dialog", name="お尋ねください")).to_be_visible()
    expect(page.get_by_text("ようこそ。")).to_be_visible()
    element = page.locator("faq-chat")
    element.evaluate("e => e.setAttribute('position', 'right')")
    right = bubble(page).bounding_box()
    assert right is not None and right["x"] > 1100
    question_box(page).fill("書きかけ")
    element.evaluate("e => e.setAttribute('lang', 'en')")
    expect(page.get_by_role("textbox", name="Your question")).to_have_value("書きかけ")
    element.evaluate("e => e.setAttribute('faq', '/all')")
    link = page.get_by_role("link", name="All questions and answers")
    assert (link.get_attribute("href") or "").endswith("/all")
    element.evaluate("e => e.removeAttribute('mode')")
    expect(page.get_by_role("dialog")).to_have_count(0)
    element.evaluate("e => document.body.append(e)")
    expect(page.get_by_role("heading", name="お尋ねください")).to_be_visible()


def test_without_javascript_the_link_stays(open_site: Callable[..., Page]) -> None:
    page = open_site('mode="bubble"', java_script_enabled=False)
    expect(page.get_by_role("link", name="よくあるご質問")).to_be_visible()


def test_the_server_may_be_started_anew_in_mid_conversation(
    open_site: Callable[..., Page], site: Site
) -> None:
    page = open_site()
    ask_and_wait(page)
    site.stop()
    ask(page, "マイナポータルのURLを教えてください")
    expect(log(page).get_by_text(OFFLINE)).to_be_visible()
    site.start(FAQ_SECRET="another secret, so that no old token is valid any more")
    page.get_by_role("button", name=RETRY).click()
    expect(log(page).get_by_role("link", name="myna.go.jp").first).to_be_visible()
    expect(log(page).locator(".failure")).to_have_count(0)
    expect(mine(page)).to_have_count(2)
    expect(mine(page).first).to_contain_text(QUESTION)
