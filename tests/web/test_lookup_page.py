"""The lookup page's entries, verdicts, date, access and errors."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.chat import refuse
from tests.web.conftest import OpenPage
from tests.web.lookup import (
    CONTACT,
    NOTE,
    PORTAL,
    SEARCHES,
    VERDICTS,
    clipboard,
    field,
    find_with,
    found,
    heading,
    hit,
    hits,
    message,
    open_lookup,
    search,
    shown,
    take_verdicts,
)


@pytest.fixture
def page(new_page: OpenPage, server_url: str) -> Page:
    return open_lookup(new_page, server_url)


def test_an_entry_says_all_there_is_the_note_first(page: Page) -> None:
    many = hit(
        "reissue",
        short="短い\n回答です。",
        easy="やさしい文です。",
        agent_note="内輪の話です。",
        certainty="sure",
        contacts=[{**CONTACT, "languages": ["en", "zh"]}],
        links=[PORTAL],
        related=[{"id": "hotline", "label": "電話番号"}],
        valid_from="2026-04-01",
        valid_until="2027-03-31",
    )
    find_with(page, many, hit("b", certainty="likely"), hit("c", certainty="unsure"))
    search(page, "再交付")
    parts = shown(page).locator("h3").all_inner_texts()
    assert parts[:3] == [NOTE, "お伝えする要点", "公式の回答"]
    for text in ("短い回答です。", "2026年4月1日～2027年3月31日", "英語、中国語", "Q&A Q1"):
        expect(shown(page)).to_contain_text(text)
    expect(shown(page).locator(".status")).to_have_text("受付時間外（次は明日9:30から）")
    expect(shown(page).get_by_role("link", name=PORTAL["url"])).to_be_visible()
    for option, word in zip(hits(page).all(), ("確実", "候補", "要確認"), strict=True):
        expect(option).to_contain_text(word)
    easy = shown(page).get_by_text("やさしい文です。")
    expect(easy).to_be_hidden()
    page.keyboard.press("Alt+e")
    expect(easy).to_be_visible()
    page.keyboard.press("Alt+3")
    expect(shown(page)).to_contain_text("お客様に確かめてから")


def test_matched_words_are_marked_longest_first_and_not_inside_of_endings(page: Page) -> None:
    label = "C++の<b>再交付</b>をお願いいたします（再交付後）"
    find_with(page, hit("reissue", label=label, words=["再交付", "いい", "再交付後", "C++"]))
    search(page, "再交付")
    assert heading(page).locator("mark").all_inner_texts() == ["C++", "再交付", "再交付後"]
    expect(heading(page)).to_have_text(label)


def test_text_stays_text_and_unsafe_links_are_left_out(page: Page) -> None:
    markup = "<img src=x onerror=alert(1)>"
    bad = {"id": "x", "name": markup, "url": "javascript:alert(1)"}
    contact = {**CONTACT, "phones": [{"number": markup, "label": markup, "tel": bad["url"]}]}
    find_with(page, hit("x", label=markup, answer=markup, links=[bad], contacts=[contact]))
    search(page, markup)
    expect(heading(page)).to_have_text(markup)
    expect(shown(page).locator("img, a")).to_have_count(0)


def test_doubt_is_said_where_nothing_is_likely(page: Page) -> None:
    doubt = page.get_by_text("どれも要確認です")
    find_with(page, hit("a", certainty="unsure"))
    search(page, "天気")
    expect(doubt).to_be_visible()
    page.unroute(SEARCHES)
    find_with(page, hit("a", certainty="unsure"), hit("b"))
    search(page, "は")
    expect(doubt).to_be_hidden()


# ---- Verdicts


def test_verdicts_say_no_more_than_query_entries_and_verdict_and_only_once(page: Page) -> None:
    said = take_verdicts(page)
    page.keyboard.press("Alt+m")
    expect(message(page)).to_have_text("先に検索してください。")
    find_with(page, hit("reissue"), hit("hotline"))
    search(page, "再交付")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Alt+n")
    expect(message(page)).to_have_text("報告しました。")
    page.get_by_role("button", name="該当なし").click()
    expect(field(page)).to_be_focused()
    page.keyboard.press("Alt+n")
    expect(message(page)).to_have_text("報告済みです。")
    common = {"query": "再交付", "shown": ["reissue", "hotline"]}
    assert said == [
        {**common, "verdict": "wrong", "entry": "hotline"},
        {**common, "verdict": "missing", "entry": None},
    ]


def test_a_verdict_that_was_not_taken_can_be_sent_again(page: Page) -> None:
    search(page, "再交付")
    page.route(VERDICTS, lambda route: refuse(route, 500, "internal", "記録できません。"))
    page.keyboard.press("Alt+y")
    expect(message(page)).to_have_text("記録できません。")
    page.unroute(VERDICTS)
    said = take_verdicts(page)
    page.keyboard.press("Alt+y")
    expect(message(page)).to_have_text("ありがとうございます。")
    assert len(said) == 1


# ---- The date


def test_another_day_is_announced_and_ends_with_the_call(page: Page) -> None:
    searches = find_with(page, hit("reissue"), hit("hotline"))
    banner = page.get_by_text("2027年4月1日の回答を表示しています（今日ではありません）")
    day = page.get_by_label("基準日")
    today = day.input_value()
    search(page, "再交付")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Alt+d")
    expect(day).to_be_focused()
    day.fill("2027-04-01")
    expect(banner).to_be_visible()
    expect(heading(page)).to_contain_text("hotline")  # still chosen
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(message(page)).to_contain_text("コピーしました")
    assert clipboard(page).startswith("（2027年4月1日時点のご案内です）")
    assert [one.get("on") for one in searches] == [None, "2027-04-01"]
    page.keyboard.press("Escape")
    expect(banner).to_be_hidden()
    expect(day).to_have_value(today)
    search(page, "再交付")
    assert "on" not in searches[-1]


def test_an_empty_day_is_today_and_the_button_leads_back(page: Page) -> None:
    searches = find_with(page, hit("reissue"))
    day = page.get_by_label("基準日")
    today = day.input_value()
    search(page, "再交付")
    for back in (lambda: day.fill(""), page.get_by_role("button", name="今日に戻す").click):
        day.fill("2027-04-01")
        expect(page.locator("#banner")).to_be_visible()
        back()
        expect(page.locator("#banner")).to_be_hidden()
        expect(day).to_have_value(today)
    assert [one.get("on") for one in searches] == [None, "2027-04-01", None, "2027-04-01", None]


def test_the_server_answers_as_of_a_day(page: Page) -> None:
    page.get_by_label("基準日").fill("2027-04-01")
    search(page, "捨てて いい")
    expect(hits(page)).to_have_count(5)


# ---- Access and errors


def test_the_access_token_is_asked_for_once_and_kept_in_the_tab(
    new_page: OpenPage, server_url: str
) -> None:
    def guard(route: Route) -> None:
        if route.request.headers.get("authorization") != "Bearer secret":
            refuse(route, 403, "forbidden", "このページは利用できません。")
        elif SEARCHES.search(route.request.url):
            found(route, hit("reissue"))
        else:
            route.fulfill(body='{"hits":[]}')

    page = new_page()
    page.route("**/api/lookup*", guard)
    page.goto(f"{server_url}/lookup")
    token = page.get_by_role("textbox", name="アクセストークン")
    expect(token).to_be_focused()
    for wrong in ("wrong", "全角"):
        token.fill(wrong)
        page.keyboard.press("Enter")
        expect(message(page)).to_have_text("アクセストークンが違います。")
    token.fill("secret")
    page.keyboard.press("Enter")
    expect(token).to_be_hidden()
    expect(field(page)).to_be_focused()
    search(page, "再交付")
    page.reload()
    search(page, "再交付")
    expect(token).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("document.cookie") == ""


def test_without_a_need_for_it_there_is_no_token_form(page: Page) -> None:
    search(page, "再交付")
    expect(page.get_by_role("textbox", name="アクセストークン")).to_be_hidden()


FAILURES: dict[str, tuple[Any, str]] = {
    "busy": (lambda r: refuse(r, 429, "too_many", "混み合っています。"), "混み合っています。"),
    "offline": (lambda r: r.abort(), "通信できませんでした"),
    "nonsense": (lambda r: r.fulfill(status=502, body="<h1>Bad"), "いま検索できません"),
    "other_shape": (lambda r: r.fulfill(body="[]"), "いま検索できません"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_an_error_is_said_and_the_results_stay(page: Page, failure: str) -> None:
    fail, words = FAILURES[failure]
    find_with(page, hit("reissue"))
    search(page, "再交付")
    page.unroute(SEARCHES)
    page.route(SEARCHES, fail)
    page.keyboard.insert_text("は")
    expect(message(page)).to_contain_text(words)
    expect(page.locator("#whose")).to_have_text("「再交付」の結果です")
    expect(hits(page)).to_have_count(1)
    page.keyboard.press("Enter")  # asks again, and copies nothing that is old
    expect(page.get_by_role("listbox")).to_have_attribute("aria-busy", "false")
    expect(message(page)).to_contain_text(words)
    page.unroute(SEARCHES)
    find_with(page, hit("hotline"))
    page.keyboard.press("Enter")
    expect(message(page)).to_contain_text("コピーしました：hotline")
