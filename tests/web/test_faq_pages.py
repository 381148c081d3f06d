"""The plain FAQ pages in a real browser without JavaScript, on narrow screens and on paper."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium (Debian: chromium)")

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"

DESKTOP = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 568}

# Each kind of page: where it is, and what to search for there.
KINDS = {
    "list": ("/faq", None),
    "steps": ("/faq/check_on_portal", None),
    "phones": ("/faq/foreign_language_line", None),
    "missing": ("/faq/unknown", None),
    "answer": ("/faq", "お知らせは捨ててもいいですか"),
    "choices": ("/faq", "捨てていいですか。また、マイナポータルでの確認方法も教えて"),
    "no-match": ("/faq", "高額療養費の申請方法"),
    "unbroken": ("/faq", "a" * 300),
    "notice": ("/faq", "マイナンバーは123456789012です"),
}
TARGET = 24  # CSS pixels: WCAG 2.2, 2.5.8
A_PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page in a fresh context; in the end no browser may have complained about any."""
    contexts = []
    faults: list[str] = []

    def open_page(viewport: dict[str, int] = DESKTOP, **options: Any) -> Page:
        context = browser.new_context(viewport=viewport, locale="ja-JP", **options)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    # The page of a missing entry is an error to the console, as it should be.
    assert [f for f in faults if "404" not in f] == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page(java_script_enabled=False)


def visit(page: Page, server_url: str, kind: str) -> None:
    path, question = KINDS[kind]
    page.goto(server_url + path)
    if question:
        search(page, question)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def search(page: Page, question: str) -> None:
    page.get_by_role("searchbox", name="ご質問をお書きください").fill(question)
    page.get_by_role("button", name="探す").click()
    expect(page.get_by_text("表示できませんでした")).to_have_count(0)


def test_from_the_list_to_an_entry_and_back(page: Page, server_url: str) -> None:
    page.goto(server_url + "/faq")
    page.get_by_role("link", name="お知らせは捨ててよいか、保管が必要か").click()
    expect(page).to_have_url(server_url + "/faq/may_discard")
    expect(page.get_by_role("heading", level=1)).to_contain_text("廃棄していいですか")
    page.get_by_role("link", name="マイナポータルで資格情報を確認する手順").click()
    expect(page.get_by_role("list").filter(has=page.get_by_role("table"))).to_have_count(1)
    page.get_by_role("link", name="ご質問の一覧へ戻る").click()
    expect(page).to_have_url(server_url + "/faq")


def test_the_whole_card_of_a_question_leads_there(page: Page, server_url: str) -> None:
    page.goto(server_url + "/faq")
    page.locator(".items li").nth(3).click(position={"x": 10, "y": 5})
    expect(page).to_have_url(server_url + "/faq/may_discard")


def test_words_searched_for_never_stand_in_an_address(page: Page, server_url: str) -> None:
    page.goto(server_url + "/faq")
    search(page, "お知らせは捨ててもいいですか")
    expect(page).to_have_url(server_url + "/faq")
    expect(page.get_by_text("大切に保管をお願いします")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("お知らせは捨ててもいいですか")
    search(page, "電話番号は123456789012ですか")
    expect(page.get_by_role("alert")).to_contain_text("読み取らずに消去しました")
    expect(page.get_by_role("searchbox")).to_have_value("")


def test_the_keyboard_skips_to_the_text(page: Page, server_url: str) -> None:
    page.goto(server_url + "/faq/hotline")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ移動する")).to_be_focused()
    expect(page.get_by_role("link", name="本文へ移動する")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="0120-95-0178")).to_be_focused()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_and_targets_are_large(
    page: Page, server_url: str, kind: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    visit(page, server_url, kind)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for target in page.locator("a:not(.skip), button, input").all():
        box = target.bounding_box()
        assert box and min(box["width"], box["height"]) >= TARGET, target.inner_text()


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_fault(new_page: Callable[..., Page], server_url: str, kind: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page = new_page()  # axe is JavaScript itself
    visit(page, server_url, kind)
    page.screenshot(path=SCREENSHOTS / f"faq-{kind}.png", full_page=True)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.set_viewport_size({"width": 320, "height": 568})
    page.screenshot(path=SCREENSHOTS / f"faq-{kind}-narrow.png", full_page=True)


def test_every_page_prints_on_one_sheet(page: Page, server_url: str) -> None:
    page.goto(server_url + "/faq")
    links = [link.get_attribute("href") for link in page.locator(".items a").all()]
    assert len(links) >= 12
    for path in ("/faq", *(f"/{link}" for link in links)):
        page.goto(server_url + path)
        sheets = len(A_PAGE.findall(page.pdf(prefer_css_page_size=True)))
        assert sheets == 1, path


def test_paper_holds_what_helps_there(page: Page, server_url: str) -> None:
    page.emulate_media(media="print")
    page.goto(server_url + "/faq")
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_role("search")).to_be_hidden()
    page.goto(server_url + "/faq/hotline")
    expect(page.get_by_text("0120-95-0178")).to_be_visible()
    expect(page.get_by_text("平日 9:30～20:00")).to_be_visible()
    expect(page.locator(".status")).to_be_hidden()
