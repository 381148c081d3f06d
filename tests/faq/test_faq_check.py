"""Notices: what is right today and will not stay so."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from faq_folder import Folder

from bot.faq import check, stray_addresses
from bot.faq.check import check_book
from bot.faq.entry import Contact, Contrast, Entry, FaqBook, Field, Phone, Step, Topic
from bot.faq.notice import Notice, Place
from bot.faq.past_dates import past_dates
from bot.faq.store import make_book
from bot.faq.wordings import claimed

TODAY = date(2026, 11, 23)
ENTRY = Entry(
    "missing_dependent",
    "資格情報のお知らせ",
    "家族の分がありませんが、なぜですか。",
    "対象者のデータに反映されない方がいます。",
    ("家族の分がない", "子どもの分は", "妻の分が入っていない", "扶養家族の分", "届かない"),
    reviewed=TODAY,
)
CONTACT = Contact(
    "hotline", "総合", ("ja",), "Q&A 最終ページ", TODAY, phones=(Phone("0120-95-0178"),)
)


def notices(entry: Entry, contact: Contact = CONTACT, today: date = TODAY) -> list[Notice]:
    return list(check_book(make_book((entry,), (contact,), ()), today))


def only(entry: Entry, contact: Contact = CONTACT, today: date = TODAY) -> Notice:
    (notice,) = notices(entry, contact, today)
    return notice


def test_all_is_well(book: FaqBook) -> None:
    assert check_book(book, TODAY) == ()


def test_official_answer_3_is_out_of_date() -> None:
    official = (
        "事務処理の関係上、対象者のデータに反映されない方がいます。"
        "該当者の方については令和6年12月以降に改めて通知予定です。詳細は別途お知らせいたします。"
    )
    notice = only(replace(ENTRY, answer=official))
    assert notice == Notice(
        "past_date",
        Place("faq.yml", id="missing_dependent"),
        "answer の「令和6年12月」は過ぎています。内容がいまも正しいか確かめてください。",
    )
    assert (
        notices(replace(ENTRY, answer=official), today=date(2024, 12, 31))[0].code == "future_date"
    )


def test_the_place_is_file_and_line(folder: Folder) -> None:
    folder.change("faq.yml", "以下のとおりです。", "令和６年春からです。")
    (notice,) = check_book(folder.load(), TODAY)
    assert str(notice).startswith("data/faq.yml:32 〔check_on_portal〕 answer の「令和6年春」は")


def test_valid_later_and_no_longer() -> None:
    notice = only(replace(ENTRY, valid_from=date(2026, 11, 24)))
    assert notice.code == "not_yet_valid"
    assert "2026-11-24 から" in notice.message
    notice = only(replace(ENTRY, valid_until=date(2026, 11, 22)))
    assert notice.code == "expired"
    assert "valid_until を延ばし" in notice.message
    assert notices(replace(ENTRY, valid_from=TODAY, valid_until=TODAY)) == []


@pytest.mark.parametrize(
    "text",
    ["0120-95-0178 へ", "０１２０－９５－０１７８", "0120ー95ー0178", "0120(95)0178", "0120950178"],
)
def test_a_number_of_a_contact_in_a_text(text: str) -> None:
    notice = only(replace(ENTRY, answer=f"電話は{text}です。"))
    assert notice.code == "phone_in_text"
    assert "文章から消し、contacts に hotline と書いてください。" in notice.message


def test_numbers_and_addresses_in_every_text() -> None:
    step = Step("03-1234-5678に電話", "画面を見る。", (), ("https://example.jp/a を開く",))
    entry = replace(ENTRY, answer="www.example.com へ", short="050-3818-1250", steps=(step,))
    found = notices(entry)
    assert [notice.code for notice in found] == [
        "url_in_text", "phone_in_text", "phone_in_text", "url_in_text",
    ]  # fmt: skip
    assert [notice.message.split(" に", 1)[0] for notice in found] == [
        "answer", "short", "steps", "steps",
    ]  # fmt: skip
    assert "「https://example.jp/a」" in found[-1].message
    assert "links にその id" in found[-1].message


@pytest.mark.parametrize(
    "text",
    [
        "個人番号の下4桁です。",
        "保険者番号 00000000、番号 0004321",
        "2024-12-02",
        "PDF.jpg を開く",
        "Q6のA6参照",
        "12桁の 1234-5678-9012 です",
    ],
)
def test_other_digits_are_no_numbers(text: str) -> None:
    codes = {notice.code for notice in notices(replace(ENTRY, answer=text))}
    assert not codes & {"phone_in_text", "url_in_text"}


LISTED = replace(
    CONTACT,
    phones=(Phone("0120-95-0178"), Phone("0120-0178-26"), Phone("0120-0178-27")),
    url="https://www.example.jp/card/apply/",
)


@pytest.mark.parametrize(
    "number",
    [
        "0120-95-0179",
        "0120-95-0187",
        "0120(95)0078",
        "0120-95-017",
        "01209501788",
        "0120ー95ー0718",
    ],
)
def test_a_number_that_is_nearly_one_of_a_contact(number: str) -> None:
    notice = only(replace(ENTRY, answer=f"電話は{number}です。"), LISTED)
    assert notice.code == "conflicting_contact"
    assert "contacts.yml の hotline の 0120-95-0178 と少しだけ違います。" in notice.message


def test_of_contacts_with_close_numbers_each_is_right() -> None:
    found = notices(replace(ENTRY, answer="0120-0178-26 か 0120-0178-27 へ。"), LISTED)
    assert [notice.code for notice in found] == ["phone_in_text", "phone_in_text"]


@pytest.mark.parametrize("number", ["0120-12-3456", "03-1234-5678", "0120-96-1278"])
def test_another_number_is_no_slip(number: str) -> None:
    assert only(replace(ENTRY, answer=f"電話は{number}です。"), LISTED).code == "phone_in_text"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://www.example.jp/card/apply/", "url_in_text"),
        ("http://example.jp/card/apply", "url_in_text"),
        ("www.EXAMPLE.jp/card/apply/", "url_in_text"),
        ("https://www.example.jp/card/", "conflicting_contact"),
        ("example.jp", "conflicting_contact"),
        ("https://card.example.jp/card/apply/", "url_in_text"),
        ("https://other.example.com/card/apply/", "url_in_text"),
    ],
)
def test_another_page_of_the_same_site(url: str, code: str) -> None:
    notice = only(replace(ENTRY, answer=f"{url} を開く。"), LISTED)
    assert notice.code == code
    assert ("同じサイトの別のページです" in notice.message) == (code == "conflicting_contact")


def test_agents_and_contacts_may_name_numbers_that_are_right() -> None:
    right = "内線の代わりに 03-1234-5678、0120-95-0178、https://www.example.jp/card/apply/"
    assert notices(replace(ENTRY, agent_note=right), replace(LISTED, note=right)) == []
    notice = only(replace(ENTRY, agent_note="0120-95-0177 とは言わない"), LISTED)
    assert (notice.code, notice.message.split(" ")[0]) == ("conflicting_contact", "agent_note")
    notice = only(ENTRY, replace(LISTED, about="旧番号 0120-95-0177"))
    assert str(notice.place) == "contacts.yml 〔hotline〕"


def test_buttons_and_contrasts_are_texts_too() -> None:
    contrast = Contrast("hotline", "令和6年12月のお知らせですか、お電話ですか。")
    found = notices(replace(ENTRY, choice="0120-95-0178 に電話", contrasts=(contrast,)))
    assert [(notice.code, notice.message.split(" ", 1)[0]) for notice in found] == [
        ("phone_in_text", "choice"), ("past_date", "contrasts"),
    ]  # fmt: skip


def test_example_screens_are_examples() -> None:
    step = Step("確認する", "表示されます。", (Field("保存日時", "2024年2月6日 時点"),))
    assert notices(replace(ENTRY, steps=(step,))) == []


def test_reviews() -> None:
    assert only(replace(ENTRY, reviewed=None)).code == "review_missing"
    assert notices(replace(ENTRY, reviewed=date(2025, 11, 23))) == []
    notice = only(replace(ENTRY, reviewed=date(2025, 11, 22)))
    assert notice.code == "review_old"
    assert "2025-11-22" in notice.message and "1年" in notice.message
    assert only(replace(ENTRY, reviewed=date(2026, 11, 24))).code == "future_date"
    leap, checked = date(2028, 2, 29), replace(CONTACT, verified=date(2028, 2, 1))
    assert notices(replace(ENTRY, reviewed=date(2027, 2, 28)), checked, leap) == []


def test_contacts_are_compared_every_90_days() -> None:
    assert notices(ENTRY, replace(CONTACT, verified=date(2026, 8, 25))) == []
    notice = only(ENTRY, replace(CONTACT, verified=date(2026, 8, 24)))
    assert notice.code == "contact_unverified"
    assert str(notice.place) == "contacts.yml 〔hotline〕"
    assert "90 日" in notice.message and "Q&A 最終ページ" in notice.message
    assert only(ENTRY, replace(CONTACT, verified=date(2027, 1, 1))).code == "future_date"


def test_few_examples() -> None:
    notice = only(replace(ENTRY, examples=ENTRY.examples[:4]))
    assert notice.code == "few_examples"
    assert "4 件しか" in notice.message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("令和6年12月以降", "令和6年12月"),
        ("令和６年１２月", "令和6年12月"),
        ("令和六年十二月", "令和六年十二月"),
        ("二〇二四年十二月", "二〇二四年十二月"),
        ("2024年12月2日に", "2024年12月2日"),
        ("令和元年5月", "令和元年5月"),
        ("平成31年4月30日", "平成31年4月30日"),
        ("昭和 36 年 4 月", "昭和 36 年 4 月"),
        ("令和6年春からは", "令和6年春"),
        ("令和6年の夏", "令和6年の夏"),
        ("2025年冬", "2025年冬"),
        ("令和7年度", "令和7年度"),
        ("2025年末まで", "2025年末"),
        ("2024/12/2", "2024/12/2"),
        ("2024-12-02", "2024-12-02"),
        ("R6.12.2", "R6.12.2"),
        ("2024年11〜12月", "2024年11~12月"),
        ("2026年10月", "2026年10月"),
        ("2026年11月22日", "2026年11月22日"),
        ("2024年11月から2024年12月まで", "2024年11月"),
    ],
)
def test_past(text: str, found: str) -> None:
    assert past_dates(text, TODAY)[:1] == (found.replace("~", "〜") if "〜" in text else found,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026年11月",
        "2026年11月23日",
        "令和8年11月",
        "令和8年度",
        "令和8年冬",
        "令和9年春",
        "2026年末",
        "令和6年に始まった制度",
        "2024年",
        "12月2日",
        "2024年13月",
        "2024年2月30日",
        "20240401",
        "050-2024-1250",
        "2024年12月2日から2027年3月31日まで",
        "令和六十十年一月",
    ],
)
def test_not_past(text: str) -> None:
    assert past_dates(text, TODAY) == ()


@pytest.mark.parametrize("module", [check, stray_addresses], ids=lambda module: module.__name__)
def test_every_code_is_documented(module: ModuleType) -> None:
    documented = set(re.findall(r"^\| `([a-z_]+)`", module.__doc__ or "", re.MULTILINE))
    source = Path(str(module.__file__)).read_text("utf-8")
    assert documented
    assert set(re.findall(r'Notice\("([a-z_]+)"', source)) == documented


def test_a_wording_that_an_entry_has_too_leaves_its_topic() -> None:
    shared = ("家族の分が　ない？", "妻の分は届きますか", "医療費")
    topic = Topic("family", "家族", "near", shared)
    entry = replace(ENTRY, tests=("妻の分は届きますか。",))
    book = make_book((entry,), (CONTACT,), (topic,))
    assert claimed(book) == dict.fromkeys(shared[:2], "missing_dependent")
    first, second = check_book(book, TODAY)
    assert (first.code, second.code) == ("claimed_wording", "claimed_wording")
    assert str(first.place) == "out_of_scope.yml 〔family〕"
    assert first.message == (
        "対象外の例文「家族の分が　ない？」は、項目 missing_dependent の言い方と同じです。"
        "項目のほうを使い、対象外としては学習しません。"
    )


def test_every_notice_of_a_folder_has_a_line(folder: Folder) -> None:
    folder.change(
        "faq.yml", "以下のとおりです。", "令和６年春から 0120-95-0179 と www.example.jp です。"
    )
    folder.change("faq.yml", "    reviewed: 2026-11-23\n    tests", "    tests")
    folder.change("contacts.yml", "verified: 2026-11-23", "verified: 2026-01-01")
    folder.change("out_of_scope.yml", "休職中の手当", "シュレッダーにかけたい。")
    found = check_book(folder.load(), TODAY)
    assert {notice.code for notice in found} == {
        *("past_date", "conflicting_contact", "url_in_text", "review_missing"),
        *("contact_unverified", "claimed_wording"),
    }
    assert all(notice.place.line and notice.place.id for notice in found)
    claim = found[-1].place
    line = folder.line_of("out_of_scope.yml", "シュレッダー")
    column = folder.text("out_of_scope.yml").splitlines()[line - 1].index("シュレッダー") + 1
    assert claim == Place("data/out_of_scope.yml", line, column, "sickness_allowance")


def test_marks_alone_are_claimed_by_no_entry() -> None:
    book = make_book(
        (replace(ENTRY, tests=("？",)),), (CONTACT,), (Topic("x", "x", "near", ("?",)),)
    )
    assert claimed(book) == {}
