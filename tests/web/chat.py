"""What the tests of the chat share: its parts on the page, and replies made up for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

ROOT = Path(__file__).parents[2]
ELEMENT = ROOT / "bot" / "web" / "chat" / "faq-chat.js"
SCREENSHOTS = ROOT / "build" / "screenshots"

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

CONTACT = {
    "type": "contact",
    "name": "総合窓口",
    "phones": [{"number": "0120-95-0178", "label": None, "tel": "tel:0120950178"}],
    "open": False,
    "status": "受付時間外（次は明日9:30から）",
    "languages": ["ja", "en"],
}
NO_MATCH = {
    "type": "no_match",
    "text": "お答えできません。",
    "contacts": [CONTACT],
    "nearest": [{"id": "reissue", "question": "再交付されますか。", "label": "お知らせの再交付"}],
    "categories": [
        {"name": "お問い合わせ先", "entries": [{"id": "hotline", "label": "電話番号と受付時間"}]}
    ],
}


def answer(text: str = "承認された回答です。", **more: Any) -> dict[str, Any]:
    return {"type": "answer", "id": "may_discard", "question": "質問", "text": text, **more}


def reply(route: Route, *messages: dict[str, Any], **more: Any) -> None:
    """Answers a request in the server's place."""
    body = json.dumps({"session": "token", "expires_in": 1800, "messages": messages, **more})
    route.fulfill(body=body, content_type="application/json")


def refuse(route: Route, status: int, code: str, message: str, **headers: str) -> None:
    body = json.dumps({"error": {"code": code, "message": message}})
    route.fulfill(status=status, body=body, content_type="application/json", headers=headers)


def answer_with(page: Page, *messages: dict[str, Any]) -> list[dict[str, Any]]:
    """Lets the reply to any question be these messages; what was asked is found in the list."""
    asked: list[dict[str, Any]] = []

    def handle(route: Route) -> None:
        asked.append(route.request.post_data_json)
        reply(route, *messages)

    page.route("**/api/chat", handle)
    return asked


def suggest_with(page: Page, *labels: str) -> list[str]:
    """Lets the suggestions always be these; the texts suggested for are found in the list."""
    texts: list[str] = []
    body = json.dumps({"suggestions": [{"id": f"id{n}", "label": x} for n, x in enumerate(labels)]})

    def handle(route: Route) -> None:
        texts.append(route.request.post_data_json["text"])
        route.fulfill(body=body, content_type="application/json")

    page.route("**/api/suggest", handle)
    return texts


def first(page: Page, held: list[Route]) -> Route:
    """The first request that a handler holds back."""
    for _ in range(200):
        if held:
            return held[0]
        page.wait_for_timeout(20)
    raise AssertionError("no request came")


def question_box(page: Page) -> Locator:
    return page.get_by_role("textbox")


def log(page: Page) -> Locator:
    return page.get_by_role("log")


def mine(page: Page) -> Locator:
    """What the member asked, as shown."""
    return log(page).locator(".mine")


def suggestions(page: Page) -> Locator:
    return page.get_by_role("group", name="こちらのご質問ですか").get_by_role("button")


def ask(page: Page, text: str) -> None:
    question_box(page).fill(text)
    page.keyboard.press("Enter")


def ask_and_wait(page: Page, text: str = QUESTION) -> None:
    ask(page, text)
    expect(log(page).locator(".typing")).to_have_count(0)
    expect(log(page).locator(".card").last).to_be_visible()


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


def shoot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"chat-{name}.png")
