"""The chat in a real browser: Chromium, and pages opened in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.web.chat import DESKTOP, FAILED_REQUEST, PHONE

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium (Debian: chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[OpenPage]:
    """Makes a page in a fresh context; in the end nothing may have gone wrong in any."""
    contexts = []
    faults: list[str] = []

    def fault(text: str) -> None:
        if FAILED_REQUEST not in text:
            faults.append(text)

    def new(viewport: dict[str, int] = DESKTOP, **options: Any) -> Page:
        phone = viewport is PHONE
        options = {"has_touch": phone, "is_mobile": phone, **options}
        context = browser.new_context(
            viewport=viewport, locale="ja-JP", reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        # Chromium starts to intercept a while after it is told to: a page that began without
        # could let the first request through that a test means to answer.
        page.route("**/never-asked-for", lambda route: route.abort())
        page.set_default_timeout(10_000)
        page.on("console", lambda m: fault(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: fault(str(error)))
        return page

    yield new
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def open_chat(new_page: OpenPage, server_url: str) -> OpenPage:
    """Opens the chat page, which asks nothing of any other server.

    `prepare` is called with the page before it is opened.
    """
    strangers: list[str] = []

    def open_page(
        viewport: dict[str, int] = DESKTOP,
        prepare: Callable[[Page], Any] = lambda page: None,
        **options: Any,
    ) -> Page:
        page = new_page(viewport, **options)
        page.on("request", lambda r: r.url.startswith(server_url) or strangers.append(r.url))
        prepare(page)
        page.goto(f"{server_url}/chat/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert strangers == []
        return page

    return open_page


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, open_chat: OpenPage) -> Page:
    """The chat page, on a desktop and on a phone."""
    return open_chat(request.param)


@pytest.fixture
def desktop(open_chat: OpenPage) -> Page:
    """The chat page where the size of the window makes no difference."""
    return open_chat()
