"""What the tests of the lookup page share: its parts, and results made up for them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote_plus, urlsplit

from playwright.sync_api import Locator, Page, Response, Route, expect

from tests.web.chat import SCREENSHOTS

SCREEN = {"width": 1280, "height": 720}
SEARCHES = re.compile(r"/api/lookup\?q=")
VERDICTS = "**/api/lookup/verdict"

DISCARD = "お知らせは捨ててよいか、保管が必要か"
NOTE = "内部メモ（お客様には伝えません）"
FREEDIAL = "0120-95-0178"

CONTACT = {
    "type": "contact",
    "name": "総合窓口",
    "phones": [{"number": FREEDIAL, "label": None, "tel": "tel:0120950178"}],
    "languages": ["ja"],
    "hours": "平日 9:30～20:00\n土日祝 9:30～17:30",
    "open": False,
    "status": "受付時間外（次は明日9:30から）",
    "note": "つながらない場合は別の番号があります。",
    "url": None,
}
PORTAL = {"id": "portal_url", "name": "マイナポータル", "url": "https://myna.go.jp/certificates"}


def hit(id: str, **more: Any) -> dict[str, Any]:
    """One hit as the API gives it."""
    return {
        "id": id,
        "category": "資格情報のお知らせ",
        "question": f"{id} の質問ですか。",
        "label": f"{id} の見出し",
        "answer": f"{id} の公式の回答です。",
        "short": None,
        "easy": None,
        "agent_note": None,
        "confidence": 0.5,
        "certainty": "likely",
        "steps": [],
        "contacts": [],
        "links": [],
        "related": [],
        "source": "Q&A Q1",
        "reviewed": "2026-11-23",
        "valid_from": None,
        "valid_until": None,
        "words": [],
        **more,
    }


def found(route: Route, *hits: dict[str, Any]) -> None:
    """Answers a search in the server's place."""
    body = {"query": asked(route)["q"], "on": "2026-11-24", "hits": hits}
    route.fulfill(body=json.dumps(body), content_type="application/json")


def asked(route: Route) -> dict[str, str]:
    """The parameters of a request."""
    return {name: one for name, (one,) in parse_qs(urlsplit(route.request.url).query).items()}


def find_with(page: Page, *hits: dict[str, Any]) -> list[dict[str, str]]:
    """Lets any search find these; what was searched for is in the list."""
    searches: list[dict[str, str]] = []

    def handle(route: Route) -> None:
        searches.append(asked(route))
        found(route, *hits)

    page.route(SEARCHES, handle)
    return searches


def answers(text: str) -> Callable[[Response], bool]:
    """Tells the response to a search for this text."""
    return lambda response: f"/api/lookup?q={quote_plus(text)}&" in response.url


def take_verdicts(page: Page) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = []

    def handle(route: Route) -> None:
        said.append(route.request.post_data_json)
        route.fulfill(body='{"status":"ok"}', content_type="application/json")

    page.route(VERDICTS, handle)
    return said


def count_searches(page: Page) -> list[str]:
    """The texts that are searched for from now on."""
    texts: list[str] = []

    def note(address: str) -> None:
        if SEARCHES.search(address):
            texts.append(parse_qs(urlsplit(address).query)["q"][0])

    page.on("request", lambda request: note(request.url))
    return texts


def open_lookup(
    new_page: Callable[..., Page],
    server_url: str,
    viewport: dict[str, int] = SCREEN,
    prepare: Callable[[Page], Any] = lambda page: None,
    query: str = "",
    **options: Any,
) -> Page:
    page = new_page(viewport, **options)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    prepare(page)
    page.goto(f"{server_url}/lookup{query}")
    expect(field(page)).to_be_focused()
    return page


def field(page: Page) -> Locator:
    return page.get_by_role("combobox")


def hits(page: Page) -> Locator:
    return page.get_by_role("option")


def selected(page: Page) -> Locator:
    return page.get_by_role("option", selected=True)


def shown(page: Page) -> Locator:
    """The entry in full."""
    return page.get_by_role("article")


def heading(page: Page) -> Locator:
    return shown(page).get_by_role("heading", level=2)


def message(page: Page) -> Locator:
    return page.locator("#message")


def search(page: Page, text: str) -> None:
    """Types a text; the results are those for all that the field holds then."""
    field(page).focus()
    with page.expect_response(answers(field(page).input_value() + text)):
        page.keyboard.insert_text(text)
    expect(hits(page).first).to_be_visible()
    expect(page.get_by_role("listbox")).to_have_attribute("aria-busy", "false")


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def shoot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"lookup-{name}.png")
