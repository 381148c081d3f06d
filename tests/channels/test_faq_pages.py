"""The FAQ as plain pages: what they show, what they never show, and what a form may send."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from sanic.response import HTTPResponse

from actions.choices import WHICH
from bot import clock
from bot.channels import faq_pages, faq_search
from bot.channels.notices import EMPTY, REDACTED
from bot.faq.entry import Entry, FaqBook
from bot.faq.load import load_book
from bot.match.decision import Answer, Candidate, Choices, NoMatch
from bot.match.matcher import Matcher
from bot.match.model import FaqModel
from bot.nlu import served
from tests.channels.client import Response, get
from tests.conftest import ROOT

NOTE = "電話の担当者だけの覚え書き"
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=clock.JAPAN)  # a Tuesday
MARKUP = '</script><script>alert("1")</script><b>&amp;'


@pytest.fixture(scope="module")
def book() -> FaqBook:
    """The project's own content, with a note for agents on every entry."""
    loaded = load_book(ROOT / "data")
    noted = tuple(replace(entry, agent_note=NOTE) for entry in loaded.entries)
    return FaqBook(noted, loaded.contacts, loaded.topics, "")


@pytest.fixture(autouse=True)
def ten_o_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def serve(book: FaqBook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `book` the served one; pages of entries have no use for the matcher."""
    monkeypatch.setattr(served, "_model", FaqModel(book, cast(Matcher, None)))


def small(*entries: Entry) -> FaqBook:
    return FaqBook(entries, (), (), "")


def entry(id: str, **more: Any) -> Entry:
    return Entry(id, "分類", f"{id}の質問", "回答です。", ("例",), **more)


def page_of(work: Awaitable[HTTPResponse]) -> str:
    response = asyncio.run(faq_pages._answered(work, root="./"))  # type: ignore[arg-type]
    return bytes(response.body).decode()


class Parsed(HTMLParser):
    """What the tests ask of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.data: list[Any] = []  # of scripts, read as JSON
        self.texts: list[str] = []
        self._script: str | None = None
        self.feed(html)
        self.text = "".join("".join(self.texts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")
        if tag == "script":
            assert dict(attrs) == {"type": "application/ld+json"}
            self._script = ""

    def handle_data(self, data: str) -> None:
        if self._script is None:
            self.texts.append(data)
        else:
            self._script += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.data.append(json.loads(self._script or ""))
            self._script = None


def squeezed(text: str) -> str:
    return "".join(text.split())


# What the pages show


def test_a_page_holds_the_official_words_and_all_that_belongs_to_them(
    book: FaqBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(book, monkeypatch)
    for e in book.entries:
        page = Parsed(page_of(faq_pages._entry(e.id)))
        for text in (e.question, e.answer, e.short, e.easy, e.source):
            assert squeezed(text or "") in page.text, (e.id, text)
        for step in e.steps:
            assert squeezed(step.text) in page.text
            assert all(squeezed(note) in page.text for note in step.notes)
            assert all(squeezed(f.name + (f.example or "")) in page.text for f in step.fields)
        phones = [p.number for c in e.contacts for p in book.contact(c).phones]
        assert {f"tel:{number.replace('-', '')}" for number in phones} <= set(page.links)
        assert {book.contact(c).url for c in e.links} <= set(page.links)
        assert {f"../faq/{r}" for r in e.related} <= set(page.links)
        assert "確認日：2026年11月23日" in page.text


def test_a_line_says_whether_it_is_open_now(book: FaqBook, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(book, monkeypatch)
    assert "受付中（本日20:00まで）" in page_of(faq_pages._entry("hotline"))
    monkeypatch.setattr(clock, "now", lambda: NOW.replace(hour=21))
    assert "受付時間外（次は明日9:30から）" in page_of(faq_pages._entry("hotline"))


def test_the_list_has_all_entries_by_category(
    book: FaqBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(book, monkeypatch)
    page = Parsed(page_of(faq_pages._index()))
    assert sorted(x for x in page.links if x.startswith("./faq/")) == sorted(
        f"./faq/{e.id}" for e in book.entries
    )
    assert page.tags.count("h2") == len({e.category for e in book.entries})
    for e in book.entries:
        assert squeezed(e.label) in page.text
        assert squeezed(e.question) in page.text
    assert "./chat/" in page.links
    assert "個人番号）は入力しないでください" in page.text


def test_notes_for_agents_are_shown_nowhere(book: FaqBook, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(book, monkeypatch)
    ids = tuple(e.id for e in book.entries)
    candidates = tuple(Candidate(id, 0.5) for id in ids)
    decisions = [Answer(id, candidates) for id in ids]
    results = [*decisions, Choices(ids[:3], candidates), NoMatch(candidates)]
    pages = [page_of(faq_pages._entry(id)) for id in ids] + [page_of(faq_pages._index())]
    for decision in results:
        result = faq_search.Result.of("質問", decision, book, NOW)
        pages.append(bytes(faq_pages._result("質問", result).body).decode())
    assert len(pages) == 2 * len(ids) + 3
    assert not [page for page in pages if NOTE in page]


def test_what_does_not_hold_today_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    today = NOW.date()
    now = entry("now", valid_until=today, related=("past", "later"))
    past = entry("past", valid_until=today.replace(day=23))
    later = entry("later", valid_from=today.replace(day=25))
    serve(small(now, past, later), monkeypatch)
    assert "nowの質問" in page_of(faq_pages._index())
    for page in (page_of(faq_pages._index()), page_of(faq_pages._entry("now"))):
        assert "pastの質問" not in page
        assert "laterの質問" not in page
    for id in ("past", "later", "unknown"):
        assert faq_pages.NOT_FOUND in page_of(faq_pages._entry(id))


def test_without_the_optional_parts_there_are_no_empty_headings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    serve(small(entry("plain")), monkeypatch)
    page = Parsed(page_of(faq_pages._entry("plain")))
    assert [t for t in page.tags if t in ("h1", "h2", "h3")] == ["h1", "h2"]
    assert "出典" not in page.text


def test_markup_in_texts_stays_text(monkeypatch: pytest.MonkeyPatch) -> None:
    e = replace(entry("bad", short=MARKUP, choice=MARKUP), question=MARKUP, answer=MARKUP)
    serve(small(e), monkeypatch)
    for page in (page_of(faq_pages._index()), page_of(faq_pages._entry("bad"))):
        parsed = Parsed(page)
        assert parsed.tags.count("script") == 1
        assert "b" not in parsed.tags
        question = parsed.data[0]["mainEntity"][0]
        assert question["name"] == question["acceptedAnswer"]["text"] == MARKUP
    sheet = faq_search.Result.of("質問", Answer("bad", (Candidate("bad", 1),)), small(e), NOW)
    asked = Parsed(bytes(faq_pages._result(MARKUP, sheet).body).decode())
    assert squeezed(MARKUP) in asked.text
    assert "script" not in asked.tags


def test_structured_data_is_schema_org_s_faq_page(
    book: FaqBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(book, monkeypatch)
    pages = {"": page_of(faq_pages._index())}
    pages |= {e.id: page_of(faq_pages._entry(e.id)) for e in book.entries}
    for id, html in pages.items():
        (data,) = Parsed(html).data
        assert (data["@context"], data["@type"]) == ("https://schema.org", "FAQPage")
        shown = [e for e in book.entries if id in ("", e.id)]
        assert [q["name"] for q in data["mainEntity"]] == [e.question for e in shown]
        for question, e in zip(data["mainEntity"], shown, strict=True):
            assert question["@type"] == "Question"
            assert question["acceptedAnswer"]["@type"] == "Answer"
            assert question["acceptedAnswer"]["text"].startswith(e.answer.strip())


# What a question leads to


def words(result: faq_search.Result) -> str:
    assert result.text is not None
    return result.text.text


def test_choices_ask_with_the_contrast_in_its_order(book: FaqBook) -> None:
    ids = ("check_on_portal", "reissue")
    result = faq_search.Result.of("質問", Choices(ids, ()), book, NOW)
    assert words(result) == book.contrast(*map(book.entry, ids))
    assert [item.id for item in result.items] == ["reissue", "check_on_portal"]
    both = faq_search.Result.of("質問", Choices(ids, (), both=True), book, NOW)
    assert "2つ" in words(both)
    assert [item.id for item in both.items] == list(ids)
    three = faq_search.Result.of("質問", Choices((*ids, "hotline"), ()), book, NOW)
    assert words(three) == WHICH


def test_a_foreigner_gets_the_line_in_his_language(book: FaqBook) -> None:
    asked = "Can I throw this notice away?"
    decision = Answer("may_discard", (Candidate("may_discard", 0.9),))
    result = faq_search.Result.of(asked, decision, book, NOW)
    assert result.notice is not None and result.notice.lang == "en"
    assert [card["id"] for card in result.contacts] == ["foreign_language_line"]
    none = faq_search.Result.of(asked, NoMatch(decision.candidates, None), book, NOW)
    assert none.text is not None and none.text.lang == "en"


def test_nearest_questions_only_where_the_topic_is_near(book: FaqBook) -> None:
    candidates = tuple(Candidate(e.id, 0.1) for e in book.entries)
    near = faq_search.Result.of("質問", NoMatch(candidates), book, NOW)
    assert len(near.items) == faq_search.NEAREST
    assert [card["id"] for card in near.contacts] == ["hotline"]
    far = next(topic.id for topic in book.topics if topic.kind == "elsewhere")
    elsewhere = faq_search.Result.of("質問", NoMatch(candidates, far), book, NOW)
    assert (elsewhere.items, elsewhere.contacts) == ((), ())


# The server


def test_pages_come_with_their_headers(server_url: str) -> None:
    for path in ("/faq", "/faq/hotline", "/faq/unknown"):
        answer = get(server_url + path)
        assert answer.status == (404 if "unknown" in path else 200)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-cache"
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'")
        assert "script" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_unknown_entries_are_a_page_with_a_way_back(server_url: str) -> None:
    for id in ("unknown", "%00", "%ED%A0%80", "%zz", "a" * 3000, "%E3%81%82", "..%2f..%2fetc"):
        answer = get(f"{server_url}/faq/{id}")
        assert answer.status == 404, id
        assert faq_pages.NOT_FOUND in answer.body
        assert "../faq" in Parsed(answer.body).links


def test_head_slash_and_style(server_url: str) -> None:
    for path in ("/faq", "/faq/hotline"):
        head = ask(server_url + path, None, method="HEAD")
        assert (head.status, head.body) == (200, "")
    slash = get(f"{server_url}/faq/")
    assert (slash.status, slash.headers["location"]) == (302, "../faq")
    style = get(f"{server_url}/faq/static/faq.css")
    assert style.status == 200
    assert style.headers["content-type"].startswith("text/css")


def test_a_question_that_has_an_answer_gets_it_at_once(server_url: str) -> None:
    answer = search(server_url, "お知らせは捨ててもいいですか")
    assert answer.status == 200
    assert "本通知の右下にある「資格情報のお知らせ」を切り取って" in answer.body
    assert answer.headers["cache-control"] == "no-store"
    assert "./faq/check_on_portal" in Parsed(answer.body).links


def test_two_questions_are_choices_and_anything_else_has_contacts(server_url: str) -> None:
    both = search(server_url, "捨てていいですか。また、マイナポータルでの確認方法も教えて")
    links = Parsed(both.body).links
    assert {"./faq/may_discard", "./faq/check_on_portal"} <= set(links)
    none = search(server_url, "高額療養費の申請方法")
    assert "tel:0120950178" in Parsed(none.body).links
    assert "お近くの質問" in none.body


def test_numbers_are_neither_matched_nor_shown_back(server_url: str, project: Path) -> None:
    answer = search(server_url, "マイナンバーは 1234-5678-9012 です。捨ててもいいですか")
    assert answer.status == 200
    assert REDACTED["text"] in answer.body
    assert "5678" not in answer.body
    assert "捨ててもいいですか\n" not in answer.body
    assert "5678" not in (project / "server.log").read_text()


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "\0", "\x1b\x07"])
def test_nothing_asked_is_said_kindly(server_url: str, text: str) -> None:
    assert EMPTY["text"] in search(server_url, text).body


def test_too_much_is_refused_in_words(server_url: str) -> None:
    assert search(server_url, "𠮷" * 500).status == 200
    long = search(server_url, "あ" * 501)
    assert (long.status, faq_pages.TOO_LONG in long.body) == (413, True)
    huge = ask(f"{server_url}/faq", b"q=" + b"a" * 20_000)
    assert (huge.status, faq_pages.TOO_LARGE in huge.body) == (413, True)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 200),
        (b"x=1", 200),
        (b"q", 200),
        (b"q=%", 200),
        (b"q=%zz%E3%81", 200),
        (b"q=%ED%A0%80%00%FF", 200),
        (b"q=\xff\xfe\x00", 200),
        ("q=捨てていい？&q=もう一度".encode(), 200),
        (b"q=" + b"%0A" * 400, 200),
        (b"&q=a;b&&==&", 200),
        (b"a=1&" * 1000, 400),
    ],
)
def test_broken_forms_are_pages_all_the_same(server_url: str, body: bytes, status: int) -> None:
    answer = ask(f"{server_url}/faq", body)
    assert answer.status == status
    assert "<h1>" in answer.body


@pytest.mark.parametrize("type_", ["", "application/json", "multipart/form-data; boundary=x"])
def test_other_content_types_are_refused(server_url: str, type_: str, project: Path) -> None:
    answer = ask(f"{server_url}/faq", b"--x\r\nhimitsu\r\n", type_=type_)
    assert (answer.status, "<h1>" in answer.body) == (415, True)
    assert "himitsu" not in answer.body + (project / "server.log").read_text()


def test_a_fault_of_ours_is_a_page_and_logs_no_text(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail() -> HTTPResponse:
        raise RuntimeError("himitsu")

    assert faq_pages.FAILED in page_of(fail())
    assert "RuntimeError" in caplog.text
    assert "himitsu" not in caplog.text


def search(server_url: str, text: str) -> Response:
    return ask(f"{server_url}/faq", urlencode({"q": text}).encode())


def ask(
    url: str, body: bytes | None, method: str = "POST", type_: str = faq_pages.FORM
) -> Response:
    request = urllib.request.Request(url, body, {"Content-Type": type_}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return _response(answer)
    except urllib.error.HTTPError as error:
        with error:
            return _response(error)


def _response(answer: Any) -> Response:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Response(answer.status, answer.read().decode(), headers)
