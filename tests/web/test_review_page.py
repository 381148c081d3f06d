"""The review page in a real browser: by keyboard alone, on any window, and for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from bot import clock
from bot.faq.load import load_book
from bot.review.decisions import Decisions
from bot.review.store import ReviewStore, Turn
from tests.channels.site import copy_of
from tests.conftest import serve
from tests.web.chat import NARROW, PHONE, ZOOMED, refuse
from tests.web.conftest import OpenPage
from tests.web.review import (
    DECISION,
    QUEUE,
    fields,
    group,
    heads,
    message,
    open_review,
    opened,
    question,
    shoot,
    take_decisions,
    wait_with,
)

MARKUP = "<img src=x onerror=alert(1)>"
SIX = [f"お知らせはいつ届きますか、{number}番目の言い方" for number in range(1, 8)]
ALL = group(*SIX, shown={"entry2": 3}, reasons={"no_match": 5, "unhelpful": 3, "wrong": 1})
OUTSIDE = group("手当はいくらですか", topic="topic1")
MARKED = group(question("［個人番号］で調べてください", redacted=True), "番号で調べて")


@pytest.fixture
def page(new_page: OpenPage, server_url: str) -> Page:
    return open_review(new_page, server_url, ALL, OUTSIDE, MARKED)


# ---- What is shown


def test_groups_say_who_asked_why_and_where_it_may_belong(page: Page) -> None:
    first, second, _ = heads(page).all()
    for text in (
        SIX[0],
        "7人（7通りの文）",
        "回答なし 5件、役に立たなかった 3件",
        "項目1の見出し（90％）",
    ):
        expect(first).to_contain_text(text)
    expect(second).to_contain_text("対象外：話題1")
    expect(page.locator("#count")).to_have_text("3まとまり・10件の質問が、判断を待っています。")
    expect(opened(page)).to_contain_text("表示して役に立たなかった回答：項目2の見出し（3回）")


def test_five_texts_are_chosen_and_the_others_are_at_hand(page: Page) -> None:
    checks = opened(page).get_by_role("checkbox")
    expect(checks).to_have_count(5)
    opened(page).get_by_text("ほか 2件").click()
    expect(checks).to_have_count(7)
    assert [check.is_checked() for check in checks.all()] == [True] * 5 + [False] * 2


def test_text_stays_text(new_page: OpenPage, server_url: str) -> None:
    entry = {"id": MARKUP, "label": MARKUP, "category": MARKUP}
    bad = group(MARKUP, candidates=[{**entry, "confidence": 0.5}], shown={MARKUP: 1})
    page = open_review(new_page, server_url, bad, entries=[entry], read_only=MARKUP)
    expect(heads(page)).to_contain_text(MARKUP)
    expect(page.locator("img")).to_have_count(0)


def test_other_languages_are_named(new_page: OpenPage, server_url: str) -> None:
    page = open_review(new_page, server_url, group("¿Puedo tirarlo?", language="es"))
    expect(heads(page)).to_contain_text("スペイン語")


def test_without_questions_it_says_so(new_page: OpenPage, server_url: str) -> None:
    page = open_review(new_page, server_url)
    expect(page.locator("#count")).to_have_text("判断を待っている質問はありません。")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(message(page)).to_have_text("まとまりを開いてください。")


def test_the_period_can_be_changed(page: Page) -> None:
    with page.expect_request(lambda request: "days=7" in request.url):
        page.get_by_label("期間").select_option("7")


def test_edits_that_are_not_published_are_announced(page: Page) -> None:
    banner = page.get_by_text("まだ公開していない変更があります。")
    expect(banner).to_be_hidden()
    take_decisions(page)
    page.keyboard.press("a")
    expect(banner).to_be_visible()


# ---- Deciding by keyboard


def test_a_group_is_added_where_it_may_belong_and_confirmed_in_place(page: Page) -> None:
    decisions = take_decisions(page)
    page.get_by_label("担当者名").fill("山田")
    heads(page).first.focus()
    page.keyboard.press("a")
    said = "項目「項目1の見出し」に5件の文を追加しました（data/faq.yml:12）。"
    done = page.locator(".decided")
    expect(done).to_contain_text(said)
    expect(done).to_contain_text(SIX[4])
    expect(message(page)).to_have_text(said)
    expect(heads(page).first).to_be_focused()  # the next one, which is open
    expect(opened(page)).to_contain_text("手当はいくらですか")
    assert decisions == [
        {
            "what": "example",
            "entry": "entry1",
            "questions": [f"key {text}" for text in SIX],
            "texts": SIX[:5],
            "by": "山田",
        }
    ]


def test_the_keys_move_choose_and_put_off(page: Page) -> None:
    decisions = take_decisions(page)
    for key in ("j", "ArrowDown", "j", "k"):
        page.keyboard.press(key)
    expect(opened(page)).to_contain_text("手当はいくらですか")
    expect(heads(page).nth(1)).to_be_focused()
    expect(heads(page).nth(1)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("3")
    page.keyboard.press("a")
    expect(page.locator(".decided")).to_have_count(1)
    page.keyboard.press("s")
    expect(page.locator(".decided")).to_have_count(2)
    page.keyboard.press("i")
    expect(page.locator(".decided")).to_have_count(3)
    assert [(one["what"], one.get("entry")) for one in decisions] == [
        ("example", "entry3"),
        ("skip", None),
        ("ignore", None),
    ]
    expect(page.get_by_text("今後は表示しません。").first).to_be_visible()
    expect(page.get_by_role("button", name="続きを読み込む")).to_be_focused()


def test_another_entry_can_be_chosen_from_all(page: Page) -> None:
    decisions = take_decisions(page)
    opened(page).get_by_label("ほかの項目").select_option("entry7")
    expect(opened(page).locator("[type=radio]:checked")).to_have_count(0)
    heads(page).first.focus()
    page.keyboard.press("a")
    expect(page.locator(".decided")).to_have_count(1)
    opened(page).get_by_label("ほかの項目").select_option("entry7")
    opened(page).get_by_role("radio").nth(1).check()
    heads(page).first.focus()
    page.keyboard.press("a")
    expect(page.locator(".decided")).to_have_count(2)
    assert [one["entry"] for one in decisions] == ["entry7", "entry2"]


def test_a_text_is_mended_left_out_or_taken_away(page: Page) -> None:
    decisions = take_decisions(page)
    page.keyboard.press("e")
    expect(fields(page).first).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("akns 直した文")  # letters are no commands here
    page.keyboard.press("Escape")
    expect(heads(page).first).to_be_focused()
    opened(page).get_by_role("checkbox").nth(1).uncheck()
    opened(page).get_by_role("button", name="外す").nth(2).click()
    expect(fields(page).nth(2)).to_be_disabled()
    heads(page).first.focus()
    page.keyboard.press("a")
    expect(page.locator(".decided")).to_have_count(1)
    assert decisions[0]["texts"] == ["akns 直した文", SIX[3], SIX[4]]
    assert decisions[0]["questions"] == [f"key {text}" for text in SIX if text != SIX[2]]


def test_a_text_with_marks_cannot_be_chosen_until_it_is_mended(page: Page) -> None:
    heads(page).nth(2).click()
    check = opened(page).get_by_role("checkbox").first
    expect(check).to_be_disabled()
    expect(opened(page)).to_contain_text("番号を伏せています。")
    fields(page).first.fill("番号で調べてください")
    expect(check).to_be_enabled()
    expect(check).to_be_checked()
    fields(page).first.fill("［記号・番号］で調べてください")
    expect(check).to_be_disabled()
    expect(check).not_to_be_checked()


def test_a_new_entry_is_made_in_the_groups_place(page: Page) -> None:
    decisions = take_decisions(page)
    page.keyboard.press("n")
    expect(page.get_by_role("textbox", name="id")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("form", name="新しい項目")).to_be_hidden()
    page.keyboard.press("n")
    form = page.get_by_role("form", name="新しい項目")
    form.get_by_label("id").fill("Wrong Id")
    form.get_by_label("分類").fill("分類1")
    form.get_by_label("回答").fill("来月です。\nお待ちください。")
    form.get_by_role("button", name="項目を追加").click()
    assert decisions == []  # the browser points to the id
    form.get_by_label("id").fill("arrival")
    form.get_by_role("button", name="項目を追加").click()
    expect(page.locator(".decided")).to_contain_text("項目「arrival」に5件の文を追加しました")
    assert decisions[0]["new_entry"] == {
        "id": "arrival",
        "category": "分類1",
        "question": SIX[0],
        "answer": "来月です。\nお待ちください。",
    }


def test_out_of_scope_goes_to_a_topic_or_makes_one(page: Page) -> None:
    decisions = take_decisions(page)
    page.keyboard.press("o")
    form = page.get_by_role("form", name="対象外の話題")
    expect(form.get_by_label("話題", exact=True)).to_be_focused()
    expect(form.get_by_label("名前")).to_be_hidden()
    form.get_by_label("話題", exact=True).select_option("topic7")
    form.get_by_role("button", name="対象外にする").click()
    expect(page.locator(".decided")).to_contain_text("対象外の話題「話題7」に5件の文を")
    page.keyboard.press("o")
    form.get_by_label("話題", exact=True).select_option("新しい話題を作る")
    form.get_by_label("id").fill("parking")
    form.get_by_label("名前").fill("駐車場")
    form.get_by_label("種類").select_option("elsewhere")
    form.get_by_role("button", name="対象外にする").click()
    expect(page.locator(".decided").nth(1)).to_contain_text("対象外の話題「駐車場」に1件の文を")
    assert decisions[0]["topic"] == "topic7"
    assert decisions[1]["new_topic"] == {"id": "parking", "name": "駐車場", "kind": "elsewhere"}
    assert "topic" not in decisions[1]


def test_what_was_there_already_is_said(page: Page) -> None:
    take_decisions(page, texts=[])
    page.keyboard.press("a")
    expect(page.locator(".decided")).to_contain_text("に、もうありました")


def test_the_keys_are_listed_and_rest_while_they_are(page: Page) -> None:
    decisions = take_decisions(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("i")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Control+a")
    assert decisions == []


# ---- Errors, other people, access


def test_a_fault_is_said_and_the_group_stays_as_it_was(page: Page) -> None:
    fault = "data/faq.yml:12 〔hotline〕 例文は、reissue の例文と同じです。"
    page.route(DECISION, lambda route: refuse(route, 422, "content_fault", fault))
    fields(page).first.fill("直した文")
    heads(page).first.focus()
    page.keyboard.press("a")
    expect(message(page)).to_have_text(fault)
    expect(fields(page).first).to_have_value("直した文")
    expect(fields(page).first).to_be_enabled()
    page.unroute(DECISION)
    take_decisions(page)
    page.keyboard.press("a")
    expect(page.locator(".decided")).to_have_count(1)


def test_what_somebody_else_decided_is_said_and_the_list_read_anew(page: Page) -> None:
    said = "この質問は、すでに佐藤さんが「対象外」にしました。"
    page.route(DECISION, lambda route: refuse(route, 409, "already_decided", said))
    wait_with(page, OUTSIDE)
    page.keyboard.press("a")
    expect(heads(page)).to_have_count(1)
    expect(message(page)).to_have_text(said)


@pytest.mark.parametrize(
    ("fail", "words"),
    [
        (lambda route: route.abort(), "通信できませんでした"),
        (lambda route: route.fulfill(status=502, body="<h1>Bad"), "いま処理できません"),
        (lambda route: route.fulfill(body="[]"), "いま処理できません"),
    ],
    ids=["offline", "nonsense", "other_shape"],
)
def test_an_error_is_said(page: Page, fail: Callable[[Route], None], words: str) -> None:
    page.unroute(QUEUE)
    page.route(QUEUE, fail)
    page.get_by_label("期間").select_option("7")
    expect(message(page)).to_contain_text(words)
    expect(heads(page)).to_have_count(3)


def test_where_nothing_can_be_written_it_only_shows(new_page: OpenPage, server_url: str) -> None:
    why = "data に書き込めないため、ここでは見るだけです。"
    page = open_review(new_page, server_url, ALL, OUTSIDE, read_only=why)
    decisions = take_decisions(page)
    expect(page.get_by_text(why)).to_be_visible()
    expect(opened(page)).to_contain_text(SIX[0])
    expect(opened(page).get_by_role("button", name="言い方として追加")).to_have_count(0)
    expect(fields(page)).to_have_count(0)
    for key in ("a", "i", "n", "j"):
        page.keyboard.press(key)
    expect(opened(page)).to_contain_text("手当はいくらですか")
    assert decisions == []
    shoot(page, "read-only")


def test_the_name_stays_in_the_tab_and_the_proxys_goes_before(page: Page) -> None:
    page.get_by_label("担当者名").fill("山田")
    page.reload()
    expect(page.get_by_label("担当者名")).to_have_value("山田")
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("document.cookie") == ""
    wait_with(page, ALL, by="sato")
    page.reload()
    expect(page.locator("#named")).to_have_text("sato")
    expect(page.get_by_label("担当者名")).to_be_hidden()
    decisions = take_decisions(page)
    page.keyboard.press("s")
    expect(page.locator(".decided")).to_have_count(1)
    assert decisions[0]["by"] is None


@pytest.fixture(scope="module")
def real(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A server of its own that wants a token, with a question that waits."""
    folder = copy_of(project, tmp_path_factory.mktemp("reviewed"))
    with serve(folder, FAQ_LOOKUP_TOKEN="a-token") as url:
        store = ReviewStore.open(f"sqlite:///{folder}/var/review.db")
        for number, text in enumerate(
            ("紙のお知らせはいつまで手元に置くの", "🎈傷病手当はいくら？")
        ):
            turn = Turn(f"c{number}", "1", text, "no_match", None, 0.1, "ja")
            store.add_turn(turn, clock.now())
        store.engine.dispose()
        yield folder, url


def test_with_the_token_of_the_lookup_page_one_reviews_and_the_file_changes(
    new_page: OpenPage, real: tuple[Path, str]
) -> None:
    folder, url = real
    page = new_page()
    page.goto(f"{url}/review")
    token = page.get_by_role("textbox", name="アクセストークン")
    token.fill("wrong")
    page.keyboard.press("Enter")
    expect(message(page)).to_have_text("アクセストークンが違います。")
    token.fill("a-token")
    page.keyboard.press("Enter")
    expect(heads(page)).to_have_count(2)
    page.get_by_role("link", name="回答検索").click()
    page.get_by_role("link", name="回答できなかった質問を見直す").click()
    expect(heads(page)).to_have_count(2)
    expect(token).to_be_hidden()
    page.get_by_label("担当者名").fill("山田")
    heads(page).filter(has_text="手元に置くの").click()
    if opened(page).count() == 0:
        heads(page).filter(has_text="手元に置くの").click()
    opened(page).get_by_role("radio", name="捨て").check()
    page.keyboard.press("a")
    expect(page.locator(".decided")).to_contain_text("1件の文を追加しました（data/faq.yml:")
    expect(page.get_by_text("まだ公開していない変更があります。")).to_be_visible()
    examples = load_book(folder / "data").entry("may_discard").examples
    assert "紙のお知らせはいつまで手元に置くの" in examples
    store = ReviewStore.open(f"sqlite:///{folder}/var/review.db")
    (decision,) = Decisions(store.engine).latest().values()
    assert (decision.by, decision.target) == ("山田", "may_discard")
    store.engine.dispose()
    page.reload()
    expect(heads(page)).to_have_count(1)


# ---- For everybody, on any window


def plain(page: Page) -> None:
    expect(opened(page)).to_be_visible()


def unfolded(page: Page) -> None:
    opened(page).get_by_text("ほか 2件").click()
    opened(page).get_by_role("button", name="外す").first.click()


def new_entry(page: Page) -> None:
    page.keyboard.press("n")
    expect(page.get_by_role("form", name="新しい項目")).to_be_in_viewport()


def new_topic(page: Page) -> None:
    page.keyboard.press("o")
    page.get_by_label("話題", exact=True).select_option("新しい話題を作る")


def marked(page: Page) -> None:
    heads(page).nth(2).click()


def decided(page: Page) -> None:
    take_decisions(page)
    page.keyboard.press("a")
    expect(page.locator(".decided")).to_have_count(1)


def failed(page: Page) -> None:
    page.route(
        DECISION, lambda route: refuse(route, 422, "content_fault", "同じ文があります。" * 5)
    )
    page.keyboard.press("a")
    expect(message(page)).to_contain_text("同じ文があります。")


def keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


STATES: list[Callable[[Page], None]] = [
    plain, unfolded, new_entry, new_topic, marked, decided, failed, keys,
]  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(page: Page, state: Callable[[Page], None]) -> None:
    state(page)
    shoot(page, state.__name__)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert small_targets(page) == []


@pytest.mark.parametrize("viewport", [ZOOMED, NARROW, PHONE], ids=["zoomed", "narrow", "phone"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_small_and_zoomed_windows_lose_nothing(
    new_page: OpenPage,
    server_url: str,
    request: pytest.FixtureRequest,
    viewport: dict[str, int],
    state: Callable[[Page], None],
) -> None:
    page = open_review(new_page, server_url, ALL, OUTSIDE, MARKED, viewport=viewport)
    state(page)
    shoot(page, request.node.callspec.id)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert small_targets(page) == []


def small_targets(page: Page) -> list[str]:
    """Controls that are smaller than a finger or an unsteady mouse needs (WCAG 2.2, 2.5.8)."""
    script = """() => [...document.querySelectorAll("button, input, select, textarea, a, summary")]
      .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 24)
      .map((e) => e.outerHTML.slice(0, 80))"""
    return list(page.evaluate(script))


def test_a_hundred_groups_are_shown_and_the_next_are_fetched(
    new_page: OpenPage, server_url: str
) -> None:
    groups: list[dict[str, Any]] = [group(f"質問その{number}") for number in range(2)]
    waiting = {"groups": 5, "questions": 9, "left_out": 4}
    page = open_review(new_page, server_url, *groups, waiting=waiting)
    expect(page.locator("#count")).to_contain_text("多い順に2まとまりを表示しています。")
    expect(page.locator("#count")).to_contain_text("回数の少ない4件は")
    take_decisions(page)
    page.keyboard.press("s")
    expect(page.locator(".decided")).to_have_count(1)
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="続きを読み込む")).to_be_focused()
    wait_with(page, group("次の質問"))
    page.keyboard.press("Enter")
    expect(heads(page)).to_contain_text(["次の質問"])
