"""What the tests of the review page share: its parts, and a queue made up for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from tests.web.chat import SCREENSHOTS

SCREEN = {"width": 1280, "height": 800}
QUEUE = "**/api/review?days=*"
DECISION = "**/api/review/decision"
ENTRIES = [
    {"id": f"entry{number}", "label": f"項目{number}の見出し", "category": f"分類{number % 2}"}
    for number in range(1, 8)
]
TOPICS = [{"id": f"topic{number}", "name": f"話題{number}"} for number in range(1, 9)]
KINDS = [{"id": "near", "name": "近い話題"}, {"id": "elsewhere", "name": "ほかの分野"}]


def question(text: str, **more: Any) -> dict[str, Any]:
    given = {"key": f"key {text}", "text": text, "people": 1, "last": "2026-11-24T10:32:00+09:00"}
    return {**given, "redacted": False, **more}


def group(*texts: str | dict[str, Any], **more: Any) -> dict[str, Any]:
    """One group as the API gives it."""
    questions = [question(one) if isinstance(one, str) else one for one in texts]
    return {
        "representative": questions[0]["text"],
        "language": "ja",
        "people": len(questions),
        "last": "2026-11-24T10:32:00+09:00",
        "reasons": {"no_match": len(questions)},
        "shown": {},
        "questions": questions,
        "candidates": [
            {"id": entry["id"], "label": entry["label"], "confidence": 0.9 / number}
            for number, entry in enumerate(ENTRIES[:5], 1)
        ],
        "topics": TOPICS[:3],
        "topic": None,
        **more,
    }


def queue(*groups: dict[str, Any], **more: Any) -> dict[str, Any]:
    questions = sum(len(one["questions"]) for one in groups)
    return {
        "by": None,
        "days": 28,
        "groups": list(groups),
        "waiting": {"groups": len(groups), "questions": questions, "left_out": 0},
        "read_only": None,
        "unpublished": False,
        "entries": ENTRIES,
        "topics": TOPICS,
        "kinds": KINDS,
        **more,
    }


def wait_with(page: Page, *groups: dict[str, Any], **more: Any) -> None:
    """Lets these groups wait."""
    body = json.dumps(queue(*groups, **more))
    page.unroute(QUEUE)
    page.route(QUEUE, lambda route: route.fulfill(body=body, content_type="application/json"))


def take_decisions(page: Page, **written: Any) -> list[dict[str, Any]]:
    """Carries every decision out in the server's place; what was decided is in the list."""
    decisions: list[dict[str, Any]] = []

    def handle(route: Route) -> None:
        said = route.request.post_data_json
        decisions.append(said)
        made = said.get("new_entry") or said.get("new_topic") or {}
        target = said.get("entry") or said.get("topic") or made.get("id")
        where = {
            "target": target,
            "texts": said.get("texts"),
            "where": "data/faq.yml:12",
            **written,
        }
        body = {"written": where if target else None, "unpublished": bool(target)}
        route.fulfill(body=json.dumps(body), content_type="application/json")

    page.route(DECISION, handle)
    return decisions


def open_review(
    new_page: Callable[..., Page],
    server_url: str,
    *groups: dict[str, Any],
    viewport: dict[str, int] = SCREEN,
    **more: Any,
) -> Page:
    page = new_page(viewport)
    wait_with(page, *groups, **more)
    page.goto(f"{server_url}/review")
    expect(page.locator("#groups")).to_have_attribute("aria-busy", "false")
    return page


def heads(page: Page) -> Locator:
    return page.locator(".head")


def opened(page: Page) -> Locator:
    """The group that is open."""
    return page.locator(".group.open")


def fields(page: Page) -> Locator:
    return opened(page).get_by_role("textbox", name="質問の文")


def message(page: Page) -> Locator:
    return page.locator("#message")


def shoot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"review-{name}.png")
