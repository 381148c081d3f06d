"""Nothing that says who somebody is reaches a disk, and nobody sees another's conversation."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from bot.channels.lookup import VERDICTS
from bot.channels.session import Sessions
from tests.channels.client import get, post
from tests.channels.site import RATE, SECRET, Site, Visitor, copy_of
from tests.channels.traces import traces
from tests.conftest import ROOT, serve

QUESTION = {"text": "お知らせは捨ててもいいですか"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
UNANSWERED = "今日の天気は？"
WORD = "himitsunokotoba"

MY_NUMBER = "987654321098"
SYMBOL, NUMBER = "31415926", "27182818"
SECRETS = (MY_NUMBER, MY_NUMBER[:8], MY_NUMBER[4:], SYMBOL, NUMBER)
SPELLINGS = (
    "私の番号は987654321098です",
    "９８７６５４３２１０９８",
    "マイナンバー：９８７６－５４３２－１０９８ 再交付してください",
    "9876 5432 1098 は捨ててもいいですか",
    "9876　5432　1098",
    "9876-5432-1098と記載",
    "９８７６ー5432‐１０９８",
    "9.8.7.6.5.4.3.2.1.0.9.8",
    "9 8 7 6 5 4 3 2 1 0 9 8",
    "九八七六五四三二一〇九八",
    "九八七六-五四三二-一〇九八です",
    "⑨⑧⑦⑥⑤④③②①⓪⑨⑧",
    "9876\n5432\n1098",
    "98\u200b76\u200b54\u200b32\u200b10\u200b98",
    "9876\x005432\ud8001098",
    "ABC987654321098XYZ",
    "９876５４32一〇98",
    "<b>9876</b> /faq 987654321098",
    "記号31415926番号27182818",
    "記号 ３１４１５９２６ 番号 ２７１８２８１８",
    "記号：3141-5926　番号：2718-2818（枝番）00",
    "保険証の記号は31415926です。番号は27182818です。再交付できますか",
    "記号三一四一五九二六・番号二七一八二八一八",
    "記号\u30003141 5926\n番号\u30002718 2818",
)
HOTLINES = ("0120-95-0178", "0120-0178-26", "050-3818-1250")

# A module beside the project's actions, in which one of them fails with what was asked.
BROKEN_ACTION = """
from actions.no_match import ActionNoMatch


def run(self, dispatcher, tracker, domain):
    raise RuntimeError(tracker.latest_message["text"])


ActionNoMatch.run = run
"""


@pytest.fixture(scope="module")
def loud(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server told to log all it can, one of whose actions is broken."""
    folder = tmp_path_factory.mktemp("privacy")
    site = Site(copy_of(project, folder / "project"))
    package = folder / "path" / "actions"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(f"__path__.append({str(ROOT / 'actions')!r})")
    (package / "broken.py").write_text(BROKEN_ACTION)
    debug = {"LOG_LEVEL": "DEBUG", "LOG_LEVEL_LIBRARIES": "DEBUG"}
    path = {"PYTHONPATH": str(package.parent)}
    with serve(site.folder, **site.environment(RATE), **debug, **path) as url:
        site.url = url
        yield site


def search(visitor: Visitor, text: str) -> None:
    """A form cannot hold half a character; a browser sends another in its place."""
    body = urlencode({"q": text.replace("\ud800", "\u200b")}).encode()
    assert visitor.post("/faq", raw=body, **FORM).status == 200


def test_personal_numbers_reach_no_file(loud: Site) -> None:
    began = time.time() - 1
    for text in SPELLINGS:
        visitor = loud.visitor()
        asked = visitor.post("/api/chat", {"text": text})
        assert asked.message("notice")["code"] == "redacted", ascii(text)
        token = asked.body["session"]
        again = visitor.post("/api/chat", {"text": text, "session": token, "message_id": "a"})
        assert again.types == ["notice"]
        assert visitor.post("/api/suggest", {"text": text}).body == {"suggestions": []}
        verdict = {"session": token, "helpful": False, "comment": text}
        assert visitor.post("/api/feedback", verdict).status == 200
        search(visitor, text)
        assert get(f"{loud.url}/api/lookup?q={quote(text, errors='replace')}").status == 200
        noted = {"query": text, "shown": ["reissue"], "verdict": VERDICTS[0]}
        assert post(f"{loud.url}/api/lookup/verdict", noted).body == {"status": "ok"}
    assert loud.rows("select count(*) from verdicts") == [(len(SPELLINGS),)]
    assert loud.rows("select text from turns") == []
    assert traces(loud.folder, SECRETS, since=began) == []


def test_the_search_finds_what_is_there(loud: Site, tmp_path: Path) -> None:
    """Or else finding nothing would mean nothing."""
    for number, text in enumerate(SPELLINGS):
        file = tmp_path / f"{number}.txt"
        file.write_text(text, encoding="utf-8", errors="replace")
        assert traces(tmp_path, SECRETS, since=0) != [], ascii(text)
        file.unlink()
    began = time.time() - 1
    loud.visitor().post("/api/chat", {"text": "2026年11月24日の4649"})
    assert {file.split(":")[0] for file in traces(loud.folder, ["4649"], since=began)} == {
        "conversations.db-wal",
        "review.db-wal",
    }


@pytest.mark.parametrize("number", HOTLINES)
def test_public_numbers_are_kept_as_they_are(loud: Site, number: str) -> None:
    began = time.time() - 1
    text = f"{number} にかけてもつながりません"
    visitor = loud.visitor()
    asked = visitor.post("/api/chat", {"text": text, "message_id": number})
    token = asked.body["session"]
    visitor.post("/api/feedback", {"session": token, "helpful": False, "comment": text})
    assert loud.rows("select text from turns where message = ?", number) == [(text,)]
    assert loud.rows("select comment from verdicts order by id desc limit 1") == [(text,)]
    assert traces(loud.folder, [number.replace("-", "")], since=began) != []


# What fails, fails without a word


@contextmanager
def missing(site: Site, database: str, table: str) -> Iterator[None]:
    with closing(sqlite3.connect(site.folder / f"var/{database}.db")) as connection:
        connection.execute(f"alter table {table} rename to gone")
        connection.commit()
        try:
            yield
        finally:
            connection.execute(f"alter table gone rename to {table}")
            connection.commit()


def assert_fails(site: Site, text: str, token: str, path: str = "/api/chat") -> str:
    """What the log says of it."""
    before = len(site.log())
    asked = {"text": f"{text} {WORD}", "comment": WORD, "helpful": True, "session": token}
    failed = site.visitor().post(path, {**asked, "message_id": "a"})
    assert (failed.status, failed.error) == (500, "internal")
    assert WORD not in failed.body["error"]["message"]
    said = site.log()[before:]
    assert WORD not in said
    assert QUESTION["text"] not in said
    assert "[parameters" not in said
    return said


def test_an_action_that_fails_is_an_error_and_the_log_does_not_quote_it(loud: Site) -> None:
    said = assert_fails(loud, UNANSWERED, loud.token())
    assert "action_no_match" in said
    assert "RuntimeError" in said
    assert "broken.py" in said  # where to look


@pytest.mark.parametrize(
    ("database", "table", "path"),
    [
        ("conversations", "events", "/api/chat"),
        ("review", "turns", "/api/chat"),
        ("review", "verdicts", "/api/feedback"),
    ],
)
def test_a_database_that_fails_is_an_error_and_the_log_does_not_quote_it(
    loud: Site, database: str, table: str, path: str
) -> None:
    token = loud.token()
    with missing(loud, database, table):
        said = assert_fails(loud, QUESTION["text"], token, path)
    assert "OperationalError" in said
    # What failed is forgotten: the same message is answered as soon as it can be.
    again = loud.visitor().post("/api/chat", {**QUESTION, "session": token, "message_id": "a"})
    assert again.types == ["answer"]


def test_a_search_that_fails_is_a_page_and_the_log_does_not_quote_it(loud: Site) -> None:
    before = len(loud.log())
    with missing(loud, "review", "turns"):
        body = urlencode({"q": f"{QUESTION['text']} {WORD}"}).encode()
        page = loud.visitor().post("/faq", raw=body, **FORM)
    assert (page.status, "<h1>" in page.body, WORD in page.body) == (500, True, False)
    said = loud.log()[before:]
    assert "OperationalError" in said
    assert WORD not in said


def test_anothers_conversation_cannot_be_had_by_guessing(site: Site) -> None:
    visitor = site.visitor()
    token = visitor.post("/api/chat", QUESTION).body["session"]
    id = Sessions(SECRET).resumed(token).id
    body, time, signature = token.split(".")
    other_body = Sessions(SECRET).new().token.split(".")[0]
    forged = [
        id,
        f'"{id}"',
        body,
        f"{body}.{time}",
        f"{body}.{time}.",
        f"{body}..{signature}",
        f"{other_body}.{time}.{signature}",
        f"{body}.{time[:-1]}{'A' if time[-1] != 'A' else 'B'}.{signature}",
        f"{body}.{time}.{signature[::-1]}",
        f"{token}.{signature}",
        token.lower(),
        f" {token}",
        f"{token}\n",
        Sessions("another secret").new().token,
    ]
    before = site.rows("select count(*) from verdicts")
    for session in forged:
        for path, asked in (("/api/chat", QUESTION), ("/api/feedback", {"helpful": True})):
            refused = site.visitor().post(path, {**asked, "session": session})
            assert (refused.status, refused.error) == (401, "invalid_session"), session
    assert site.rows("select count(*) from verdicts") == before
    turns = site.rows("select count(*) from turns where conversation = ?", id)
    assert turns == [(1,)]
    assert visitor.post("/api/chat", {**QUESTION, "session": token}).status == 200
