"""A good folder becomes a book; its model, its fingerprint, its speed."""

from __future__ import annotations

import copy
import doctest
import importlib
import pickle
import pkgutil
import time as clock
from dataclasses import FrozenInstanceError
from datetime import date, time
from pathlib import Path

import pytest
import yaml
from faq_folder import BOOK, Folder

import bot.faq
from bot.faq.entry import FaqBook, Field, Hours, MonthDay, Phone, Span, Step, YearlySpan
from bot.faq.load import FILES, OPTIONAL, load_book

DATA = Path(__file__).parents[2] / "data"


def test_an_entry_with_everything(book: FaqBook) -> None:
    entry = book.entry("may_discard")
    assert entry.question == "このお知らせは廃棄していいですか。"
    assert entry.answer == (
        "大切に保管してください。\nマイナンバーカードと一緒に携帯いただくのが良いと思います。"
    )
    assert entry.short == "大切に保管してください。\nカードと一緒にお持ちください。"
    assert entry.contacts == ("hotline",)
    assert entry.links == ("portal_url",)
    assert entry.related == ("check_on_portal",)
    assert entry.tests == ("処分してかまいませんか",)
    assert (entry.valid_from, entry.reviewed) == (date(2024, 2, 1), date(2026, 11, 23))
    assert book.wordings(entry) == (entry.question, *entry.examples)
    assert not set(entry.tests) & set(book.wordings(entry))


def test_an_entry_with_little(book: FaqBook) -> None:
    entry = book.entry("check_on_portal")
    assert (entry.short, entry.agent_note, entry.source, entry.valid_from) == (None,) * 4
    assert (entry.contacts, entry.links, entry.related, entry.tests) == ((),) * 4
    assert entry.steps[0].notes == ("マイナンバーカードによる認証が必要です。",)
    assert entry.steps[1] == Step(
        "画面を確認する。",
        "資格情報が表示されます。",
        (Field("番号", "0004321"), Field("氏名カナ", None)),
    )


def test_further_wordings_are_examples_behind_the_own_ones(book: FaqBook) -> None:
    entry = book.entry("may_discard")
    assert entry.examples[:5] == (
        "捨ててもいいですか", "お知らせ 破棄 可否", "いつまで取っておけばいい？", "もういらないよね",
        "sutetemo ii?",
    )  # fmt: skip
    assert entry.examples[5:] == ("シュレッダーにかけたい", "ゴミに出せますか")
    assert book.wordings(entry) == (entry.question, *entry.examples)


def test_where_a_wording_stands_changes_nothing(folder: Folder, book: FaqBook) -> None:
    folder.change("wordings.yml", "シュレッダーにかけたい, ", "")
    folder.change("faq.yml", "sutetemo ii?", "sutetemo ii?\n      - シュレッダーにかけたい")
    assert folder.load() == book
    assert folder.load().fingerprint == book.fingerprint


def test_the_fingerprint_sees_further_wordings(folder: Folder, book: FaqBook) -> None:
    folder.change("wordings.yml", "# Further", "# Still further")
    assert folder.load().fingerprint == book.fingerprint
    folder.change("wordings.yml", "ゴミに出せますか", "ごみ箱に入れたい")
    assert folder.load().fingerprint != book.fingerprint


def test_what_a_button_says(book: FaqBook) -> None:
    assert book.entry("check_on_portal").label == "資格情報を画面で見たい"
    assert book.entry("may_discard").choice is None
    assert book.entry("may_discard").label == book.entry("may_discard").question


def test_a_contrast_holds_both_ways(book: FaqBook) -> None:
    discard, portal = book.entries
    assert discard.contrasts == ()
    assert book.contrast(discard, portal) == book.contrast(portal, discard)
    assert book.contrast(portal, discard) == "お手元の紙のことですか、画面での確認のことですか。"
    assert book.contrast(portal, portal) is None


def test_contacts_are_resolved(book: FaqBook) -> None:
    hotline = book.contact("hotline")
    assert hotline.phones == (Phone("0120-95-0178", "総合"),)
    assert hotline.hours == Hours(
        Span(time(9, 30), time(20, 0)),
        Span(time(9, 30), time(17, 30)),
        YearlySpan(MonthDay(12, 29), MonthDay(1, 3)),
    )
    assert book.contact("card_lost_stop").phones == hotline.phones
    assert book.contact("card_lost_stop").hours == Hours(always=True)
    assert book.contact("foreign_language_line").hours == hotline.hours
    assert book.contact("portal_url").hours is None


def test_what_is_not_there_is_a_key_error(book: FaqBook) -> None:
    for find in (book.entry, book.contact, book.topic):
        with pytest.raises(KeyError):
            find("nobody")
    assert book.topic("noise").kind == "gibberish"


def test_nothing_can_be_changed(book: FaqBook) -> None:
    with pytest.raises(FrozenInstanceError):
        book.entries[0].answer = "x"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        book.entries = ()  # type: ignore[misc]


def test_a_book_can_be_hashed_copied_and_pickled(book: FaqBook) -> None:
    assert hash(book) == hash(load_book(BOOK))
    again = pickle.loads(pickle.dumps(book))
    assert again == book == copy.deepcopy(book)
    assert again.entry("may_discard") == book.entry("may_discard")


def test_validity_includes_both_ends(book: FaqBook) -> None:
    entry = book.entry("may_discard")
    days = (date(2024, 1, 31), date(2024, 2, 1), date(2027, 3, 31), date(2027, 4, 1))
    assert [entry.is_valid_on(day) for day in days] == [False, True, True, False]
    assert book.entry("check_on_portal").is_valid_on(date.min)


def test_a_yearly_span_within_a_year() -> None:
    summer = YearlySpan(MonthDay(8, 13), MonthDay(8, 15))
    days = (date(2026, 8, 12), date(2026, 8, 13), date(2026, 8, 15), date(2026, 8, 16))
    assert [summer.covers(day) for day in days] == [False, True, True, False]


def test_where_things_stand(folder: Folder) -> None:
    where = folder.load().where
    assert where["entries/may_discard"] == "data/faq.yml:3"
    assert where["entries/check_on_portal/answer"] == "data/faq.yml:32"
    assert where["entries/check_on_portal/choice"] == "data/faq.yml:44"
    assert where["wordings/may_discard"] == "data/wordings.yml:3"
    assert where["contacts/portal_url"] == "data/contacts.yml:29"
    assert where["topics/noise"] == "data/out_of_scope.yml:6"


def test_quoted_and_plain_are_the_same(folder: Folder, book: FaqBook) -> None:
    folder.change("faq.yml", "reviewed: 2026-11-23", "reviewed: '2026-11-23'")
    folder.change("contacts.yml", "0120-0178-26", '"0120-0178-26"')
    folder.change("contacts.yml", "weekday: 9:30-20:00", 'weekday: "9:30-20:00"')
    assert folder.load() == book


@pytest.mark.parametrize("number", ["0120000000", "0120-123-456", "03-1234-5678", "090-1234-5678"])
def test_numbers_that_yaml_may_take_for_numbers(folder: Folder, number: str) -> None:
    folder.change("contacts.yml", "0120-0178-26", number)
    assert folder.load().contact("foreign_language_line").phones == (Phone(number),)


def test_the_fingerprint_is_of_the_content(folder: Folder, book: FaqBook) -> None:
    folder.change("faq.yml", "entries:", "# another comment\nentries:")
    folder.change("faq.yml", "    category: マイナポータル\n", "")
    folder.change("faq.yml", "    steps:", "    category: マイナポータル\n    steps:")
    assert folder.load().fingerprint == book.fingerprint
    assert folder.load() == book
    folder.change("faq.yml", "もういらないよね", "もう要らないよね")
    assert folder.load().fingerprint != book.fingerprint


def test_the_fingerprint_is_the_same_everywhere(book: FaqBook) -> None:
    assert book.fingerprint == "3a4465c55c23e9ac3923abaed4bafcea32c0b49a55780fba501a3f5777463470"


def test_twelve_entries_take_no_time(folder: Folder) -> None:
    _write_many(folder, 12)
    load_book(BOOK)  # imports and caches
    start = clock.perf_counter()
    folder.load()
    assert clock.perf_counter() - start < 0.5  # 0.01 s on two cores; 0.1 s is the aim


def test_ten_thousand_entries_load(folder: Folder) -> None:
    if not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML without libyaml")
    _write_many(folder, 10_000)
    start = clock.perf_counter()
    book = folder.load()
    assert len(book.entries) == 10_000
    assert clock.perf_counter() - start < 30  # 4 s on two cores; 15 s is the aim


def _write_many(folder: Folder, count: int) -> None:
    lines = ["entries:"]
    for n in range(count):
        lines += [f"  - id: entry_{n}", "    category: 試験", f"    question: 質問の{n}番"]
        lines += ["    examples:", *(f"      - 言い方{one}の{n}番" for one in "あいうえお")]
        lines += [
            "    answer: |",
            f"      回答の{n}番です。",
            f"    related: [entry_{(n + 1) % count}]",
        ]
        lines += ["    contacts: [hotline]", "    reviewed: 2026-11-23"]
    folder.write("faq.yml", "\n".join(lines))
    more = [f"  - {{id: entry_{n}, examples: [ほかの言い方の{n}番]}}" for n in range(count)]
    folder.write("wordings.yml", "\n".join(["wordings:", *more]))


def test_the_examples_in_the_docs_run() -> None:
    tried = 0
    for module in pkgutil.iter_modules(bot.faq.__path__, "bot.faq."):
        result = doctest.testmod(importlib.import_module(module.name))
        assert result.failed == 0, module.name
        tried += result.attempted
    assert tried >= 10


def test_the_real_data_loads() -> None:
    if not all((DATA / FILES[key]).exists() for key in FILES.keys() - OPTIONAL):
        pytest.skip("data/ is not complete yet")
    book = load_book(DATA)
    assert {
        "last_four_digits", "notice_after_disqualification", "missing_dependent", "may_discard",
        "reissue", "check_on_portal", "hotline", "card_lost_stop", "foreign_language_line",
        "ip_phone_line", "card_application", "portal_url",
    } <= {entry.id for entry in book.entries}  # fmt: skip
