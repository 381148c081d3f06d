"""A call from its first word to the next one, by keyboard, with the real server."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import OpenPage
from tests.web.lookup import (
    CONTACT,
    DISCARD,
    FREEDIAL,
    NOTE,
    PORTAL,
    clipboard,
    field,
    find_with,
    heading,
    hit,
    hits,
    message,
    open_lookup,
    search,
    selected,
    shown,
    take_verdicts,
)


@pytest.fixture
def page(new_page: OpenPage, server_url: str) -> Page:
    return open_lookup(new_page, server_url)


def test_a_whole_call_without_the_mouse(page: Page) -> None:
    page.keyboard.type("捨てて いい", delay=20)
    expect(heading(page)).to_have_text(DISCARD)
    expect(page.locator("#count")).to_have_text("5件")
    page.keyboard.press("ArrowDown")
    expect(selected(page)).not_to_contain_text(DISCARD)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(message(page)).to_contain_text("回答をコピーしました")
    assert "大切に保管頂きますようお願いいたします" in clipboard(page)
    with page.expect_response("**/api/lookup/verdict") as reported:
        page.keyboard.press("Alt+y")
    assert reported.value.ok, reported.value.text()
    expect(message(page)).to_have_text("ありがとうございます。")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")
    expect(field(page)).to_be_focused()
    expect(hits(page)).to_have_count(0)
    expect(shown(page)).to_be_hidden()
    expect(message(page)).to_have_text("")
    page.keyboard.type("外国語")
    expect(shown(page).get_by_role("link", name="0120-0178-26")).to_be_visible()
    expect(shown(page).locator(".status").first).to_contain_text("受付")
    expect(shown(page)).to_contain_text("英語、中国語")


def test_digits_are_typed_in_the_field_and_open_with_alt_or_outside(page: Page) -> None:
    page.keyboard.type("下4")
    search(page, "桁")
    expect(field(page)).to_have_value("下4桁")
    expect(heading(page)).to_contain_text("下4桁")
    page.keyboard.press("Alt+3")
    expect(selected(page)).to_contain_text("3")
    expect(hits(page).nth(2)).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_attribute("aria-activedescendant", "hit-3")
    expect(field(page)).to_have_value("下4桁")
    shown(page).focus()
    page.keyboard.press("2")
    expect(hits(page).nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("x")  # whoever types on means the field
    expect(field(page)).to_have_value("下4桁x")


def test_the_arrows_go_round_and_keep_the_focus(page: Page) -> None:
    search(page, "再交付")
    page.keyboard.press("ArrowUp")
    expect(hits(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(hits(page).first).to_have_attribute("aria-selected", "true")
    hits(page).nth(3).click()
    expect(hits(page).nth(3)).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_be_focused()


def test_page_keys_scroll_the_entry_and_another_begins_at_its_top(page: Page) -> None:
    search(page, "マイナポータルで確認する手順")
    expect(shown(page).locator(".steps > ol > li")).to_have_count(3)
    expect(shown(page)).to_contain_text("健保 連太郎")
    page.keyboard.press("PageDown")
    assert shown(page).evaluate("e => e.scrollTop") > 200
    page.keyboard.press("PageUp")
    assert shown(page).evaluate("e => e.scrollTop") == 0
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowDown")
    assert shown(page).evaluate("e => e.scrollTop") == 0


def test_a_related_entry_opens_by_its_number_and_is_what_is_copied(page: Page) -> None:
    said = take_verdicts(page)
    search(page, "捨てて いい")
    page.keyboard.press("Alt+6")
    expect(heading(page)).to_have_text("マイナポータルで資格情報を確認する手順")
    expect(field(page)).to_be_focused()
    expect(shown(page)).to_contain_text(NOTE)
    page.keyboard.press("Enter")
    expect(message(page)).to_contain_text("コピーしました：マイナポータルで")
    assert "【手順1】" in clipboard(page)
    page.keyboard.press("Alt+y")
    expect(message(page)).to_have_text("ありがとうございます。")
    assert said[0]["entry"] == "check_on_portal"
    assert said[0]["shown"][0] == "may_discard"
    page.keyboard.press("Alt+1")
    expect(heading(page)).to_have_text(DISCARD)


COPIED = f"""\
■ ご質問
reissue の質問ですか。

■ 回答
一行目です。
二行目です。

■ 手順
【手順1】開く。
画面を開きます。
表示される項目：記号、番号
※注意です。

■ お問い合わせ先
総合窓口
電話：{FREEDIAL}
受付時間：平日 9:30～20:00／土日祝 9:30～17:30
つながらない場合は別の番号があります。

■ 参考ページ
マイナポータル
https://myna.go.jp/certificates

出典：Q&A Q1"""


@pytest.mark.parametrize("clipboard_api", [True, False], ids=["clipboard", "fallback"])
def test_copies_read_well_and_hold_no_internal_note(page: Page, clipboard_api: bool) -> None:
    fields = [{"name": "記号", "example": "1"}, {"name": "番号", "example": "2"}]
    step = {
        "title": "【手順1】開く。",
        "text": "画面を開きます。",
        "fields": fields,
        "notes": ["注意です。"],
    }
    more = {"answer": "一行目です。\n二行目です。\n", "agent_note": "秘密", "steps": [step]}
    find_with(page, hit("reissue", contacts=[CONTACT], links=[PORTAL], **more), hit("other"))
    if not clipboard_api:
        page.evaluate(
            "() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }"
        )
    search(page, "再交付")
    page.keyboard.press("Enter")
    expect(message(page)).to_have_text("回答をコピーしました：reissue の見出し")
    assert clipboard(page) == COPIED
    page.keyboard.press("Shift+Enter")
    expect(message(page)).to_contain_text("電話番号・URLをコピーしました")
    assert clipboard(page) == f"総合窓口：{FREEDIAL}\nhttps://myna.go.jp/certificates"
    expect(field(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Enter")
    expect(message(page)).to_have_text("この回答に電話番号・URLはありません。")


def test_the_dialog_lists_the_keys_and_closes_by_escape(page: Page, server_url: str) -> None:
    dialog = page.get_by_role("dialog", name="キー操作")
    for key in ("?", "F1"):
        page.keyboard.press(key)
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(field(page)).to_be_focused()
    search(page, "再交付")
    page.keyboard.type("?")
    expect(field(page)).to_have_value("再交付?")
    page.keyboard.press("F1")
    expect(dialog).to_contain_text(f"{server_url}/lookup?q=")
    expect(dialog).to_contain_text(f'javascript:void open("{server_url}/lookup?q="')
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(field(page)).to_have_value("再交付?")


def test_every_key_is_in_the_dialog(page: Page) -> None:
    page.keyboard.press("F1")
    keys = page.get_by_role("dialog").get_by_role("rowheader").all_inner_texts()
    listed = {re.sub(r"\s", "", key) for key in keys}
    assert {"↓↑", "Enter", "Shift＋Enter", "Esc", "Alt＋Y", "Alt＋N", "Alt＋M"} <= listed
    assert {"PageDownPageUp", "Alt＋1～5", "Alt＋6～9", "Alt＋E", "Alt＋D", "?F1"} <= listed


def test_an_address_with_words_searches_and_is_cleaned(new_page: OpenPage, server_url: str) -> None:
    page = open_lookup(new_page, server_url, query="?q=捨てて+いい")
    expect(field(page)).to_have_value("捨てて いい")
    expect(heading(page)).to_have_text(DISCARD)
    assert page.url == f"{server_url}/lookup"
