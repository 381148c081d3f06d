"""Everybody can use the lookup page: axe, one screen, small and zoomed windows; screenshots."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.web.chat import NARROW, ZOOMED, refuse
from tests.web.conftest import OpenPage
from tests.web.lookup import (
    CONTACT,
    PORTAL,
    SCREEN,
    SEARCHES,
    field,
    find_with,
    heading,
    hit,
    hits,
    message,
    open_lookup,
    search,
    shoot,
    shown,
)

SMALLEST = 24  # pixels, WCAG 2.2, 2.5.8
SIGNS = ("shortTextContent", "nonBmp")


def start(page: Page) -> None:
    expect(page.get_by_role("heading", name="言葉を2つほど")).to_be_visible()


def answered(page: Page) -> None:
    search(page, "捨てて いい")


def noted(page: Page) -> None:
    search(page, "喪失 届いた")
    page.keyboard.press("Enter")
    expect(message(page)).to_contain_text("コピーしました")


def steps(page: Page) -> None:
    search(page, "マイナポータルで確認する手順")


def contacts(page: Page) -> None:
    opened = {**CONTACT, "name": "夜間窓口", "open": True, "status": "受付中（20:00まで）"}
    related = [{"id": "hotline", "label": "電話番号と受付時間"}]
    lines = hit("reissue", contacts=[CONTACT, opened], links=[PORTAL], related=related)
    find_with(page, {**lines, "valid_until": "2027-03-31", "easy": "やさしい文です。"})
    search(page, "電話番号")
    page.keyboard.press("Alt+e")


def doubtful(page: Page) -> None:
    find_with(page, *(hit(id, certainty="unsure") for id in "abcde"))
    search(page, "天気")


def dated(page: Page) -> None:
    page.get_by_label("基準日").fill("2027-04-01")
    search(page, "再交付")


def number(page: Page) -> None:
    search(page, "番号は")
    page.keyboard.insert_text("123456789012")
    expect(page.get_by_role("alert")).to_be_visible()


def failed(page: Page) -> None:
    search(page, "再交付")
    page.route(SEARCHES, lambda route: refuse(route, 429, "too_many", "混み合っています。"))
    field(page).focus()
    with page.expect_response(lambda response: response.status == 429):
        page.keyboard.insert_text("は")
    expect(message(page)).to_contain_text("混み合って")


def locked(page: Page) -> None:
    def refused(route: Route) -> None:
        refuse(route, 403, "forbidden", "利用できません。")

    page.route("**/api/lookup*", refused)
    page.reload()
    expect(page.get_by_role("textbox", name="アクセストークン")).to_be_focused()


def keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


STATES: list[Callable[[Page], None]] = [
    start, answered, noted, steps, contacts, doubtful, dated, number, failed, locked, keys,
]  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(
    new_page: OpenPage, server_url: str, state: Callable[[Page], None]
) -> None:
    page = open_lookup(new_page, server_url)
    state(page)
    shoot(page, state.__name__)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert unsure_contrasts(results.response) == []
    assert small_targets(page) == []


def test_one_screen_shows_the_results_and_the_first_answer(
    new_page: OpenPage, server_url: str
) -> None:
    page = open_lookup(new_page, server_url)
    search(page, "喪失 届いた")
    expect(heading(page)).to_be_visible()
    for part in (*hits(page).all(), shown(page).get_by_text("事務処理の関係上")):
        box = part.bounding_box()
        assert box
        assert box["y"] + box["height"] <= SCREEN["height"]
    assert not page.evaluate("document.documentElement.scrollHeight > innerHeight")


@pytest.mark.parametrize("viewport", [ZOOMED, NARROW], ids=["zoomed", "narrow"])
@pytest.mark.parametrize("state", [steps, contacts, keys, dated], ids=lambda state: state.__name__)
def test_small_and_zoomed_windows_lose_nothing(
    new_page: OpenPage,
    server_url: str,
    viewport: dict[str, int],
    state: Callable[[Page], None],
) -> None:
    page = open_lookup(new_page, server_url, viewport)
    state(page)
    name = "zoomed" if viewport is ZOOMED else "narrow"
    shoot(page, f"{name}-{state.__name__}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert small_targets(page) == []


def test_in_a_small_window_the_keys_bring_the_entry_into_view(
    new_page: OpenPage, server_url: str
) -> None:
    page = open_lookup(new_page, server_url, ZOOMED)
    steps(page)
    page.keyboard.press("Alt+1")
    expect(heading(page)).to_be_in_viewport()
    shoot(page, "zoomed-entry")
    for _ in range(2):
        page.keyboard.press("PageDown")
    expect(shown(page).locator(".steps li").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(field(page)).to_be_in_viewport()


def test_the_count_is_said_politely_and_not_again(page: Page) -> None:
    status = page.locator("#count")
    expect(status).to_have_attribute("role", "status")
    page.evaluate(
        """() => {
          window.said = [];
          new MutationObserver(() => said.push(document.getElementById("count").textContent))
            .observe(document.getElementById("count"), { childList: true, characterData: true,
              subtree: true });
        }"""
    )
    find_with(page, hit("a"), hit("b"), hit("c"))
    search(page, "再")
    search(page, "交付")
    assert page.evaluate("said") == ["3件"]


def test_the_focus_is_seen_everywhere(page: Page) -> None:
    find_with(page, hit("a", contacts=[CONTACT], links=[PORTAL], easy="やさしい文です。"))
    search(page, "再交付")
    seen = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        width, name = page.evaluate(
            """() => { const e = document.activeElement;
              return [parseFloat(getComputedStyle(e).outlineWidth), e.id || e.localName]; }"""
        )
        if name == "body":
            break
        assert width >= 2, name
        seen.add(name)
    assert {"day", "help", "entry", "summary", "a", "copy", "found", "missing"} <= seen


@pytest.fixture
def page(new_page: OpenPage, server_url: str) -> Page:
    return open_lookup(new_page, server_url)


def unsure_contrasts(response: dict[str, Any]) -> list[str]:
    """What axe cannot tell; single signs, such as the name of a key, it never can."""
    contrast = [one for one in response["incomplete"] if one["id"] == "color-contrast"]
    nodes = [node for one in contrast for node in one["nodes"]]
    return [node["html"] for node in nodes if node["any"][0]["data"]["messageKey"] not in SIGNS]


def small_targets(page: Page) -> list[str]:
    """Controls that are smaller than a finger or an unsteady mouse needs."""
    script = """(smallest) => [...document.querySelectorAll("button, input, a, summary, .hit")]
      .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < smallest)
      .map((e) => e.outerHTML.slice(0, 80))"""
    return list(page.evaluate(script, SMALLEST))
