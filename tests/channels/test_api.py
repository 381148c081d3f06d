"""The JSON API: bad input gets a clear error, nothing private is kept, nothing is open that
should not be."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.channels.client import get, post


def test_health(server_url: str) -> None:
    assert get(f"{server_url}/health/live").body == {"status": "live"}
    assert get(f"{server_url}/health/ready").body == {"status": "ready", "version": None}


def test_root_leads_to_the_chat_page(server_url: str) -> None:
    root = get(f"{server_url}/")
    assert (root.status, root.headers["location"]) == (302, "/chat/")
    assert "<faq-chat" in get(f"{server_url}/chat/").body


@pytest.mark.parametrize(
    "path",
    ["/model/parse", "/conversations/x/tracker", "/version", "/webhooks/rest/webhook", "/domain"],
)
def test_rasas_own_api_is_closed(server_url: str, path: str) -> None:
    assert post(f"{server_url}{path}", {}).status in (404, 405)
    assert get(f"{server_url}{path}").status == 404


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"", 400, "invalid_json"),
        (b"not json", 400, "invalid_json"),
        (b"\xff\xfe", 400, "invalid_json"),
        (b"[1]", 400, "invalid_json"),
        (b"null", 400, "invalid_json"),
        (b"[" * 10_000, 400, "invalid_json"),
        (b'{"text": 5}', 422, "invalid_field"),
        (b'{"text": null}', 422, "invalid_field"),
        (b"{}", 422, "invalid_field"),
        (b'{"text": ["a"]}', 422, "invalid_field"),
        (b'{"text": "a", "session": 7}', 422, "invalid_field"),
        (b'{"text": "a", "session": "forged"}', 401, "invalid_session"),
        (b'{"text": "a", "session": "\\ud800"}', 401, "invalid_session"),
        (b'{"choice": "no_such_entry"}', 404, "unknown_entry"),
        (b'{"choice": "\\ud800"}', 404, "unknown_entry"),
        (b'{"text": "' + b"a" * 501 + b'"}', 413, "too_long"),
        (b'{"text": "' + b"a" * 1_000_000 + b'"}', 413, "body_too_large"),
    ],
)
def test_bad_input_gets_a_clear_error(server_url: str, raw: bytes, status: int, code: str) -> None:
    response = post(f"{server_url}/api/chat", raw=raw)
    assert (response.status, response.error) == (status, code)
    assert response.body["error"]["message"]


@pytest.mark.parametrize(
    "text",
    ["\ud800", "\x00", "a\x00b", "🙂🙂", "\u202eabc", "𠮷", "​", "/restart", "/faq", '/faq{"a": 1}'],
)
def test_odd_text_gets_a_reply(server_url: str, text: str) -> None:
    response = post(f"{server_url}/api/chat", {"text": text})
    assert response.status == 200
    assert response.types in (["no_match"], ["notice"])


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_empty_text_gets_a_hint(server_url: str, text: str) -> None:
    response = post(f"{server_url}/api/chat", {"text": text})
    assert response.types == ["notice"]


MY_NUMBER = "９８７６ー5432-1098"


def test_my_number_is_neither_matched_nor_kept(server_url: str, project: Path) -> None:
    asked = {"text": f"番号は{MY_NUMBER}です。お知らせは捨ててもいいですか"}
    response = post(f"{server_url}/api/chat", asked)
    assert response.types == ["notice"]
    assert "入力せずに" in response.message("notice")["text"]
    for file in [project / "server.log", *(project / "var").iterdir()]:
        content = file.read_bytes()
        for trace in (MY_NUMBER.encode(), b"987654321098", b"5432-1098"):
            assert trace not in content, file


def test_hotline_number_in_a_question_survives(server_url: str) -> None:
    response = post(f"{server_url}/api/chat", {"text": "IP電話から 0120-95-0178 につながりません"})
    assert response.types[0] in ("answer", "choices")


def test_log_never_holds_what_a_user_wrote(server_url: str, project: Path) -> None:
    post(f"{server_url}/api/chat", {"text": "ひみつのことば を覚えておいて"})
    assert "ひみつのことば" not in (project / "server.log").read_text()


def test_conversation_is_in_the_database(server_url: str, project: Path) -> None:
    post(f"{server_url}/api/chat", {"text": "お知らせは捨ててもいいですか"})
    with sqlite3.connect(project / "var/conversations.db") as database:
        (count,) = database.execute("select count(*) from events").fetchone()
    database.close()
    assert count > 0


def test_feedback_is_kept_for_review(server_url: str, project: Path) -> None:
    session = post(f"{server_url}/api/chat", {"text": "お知らせは捨ててもいいですか"}).body[
        "session"
    ]
    verdict: dict[str, Any] = {"session": session, "entry": "may_discard", "helpful": False}
    sent = post(f"{server_url}/api/feedback", {**verdict, "comment": f"私は{MY_NUMBER}です"})
    assert sent.body == {"status": "ok"}
    with sqlite3.connect(project / "var/review.db") as database:
        query = "select entry, helpful, comment from verdicts order by id desc limit 1"
        row = database.execute(query).fetchone()
    database.close()
    assert row == ("may_discard", 0, "私は［個人番号］です")


def test_a_comment_that_no_database_takes_is_kept_all_the_same(server_url: str) -> None:
    session = post(f"{server_url}/api/chat", {"text": "お知らせ"}).body["session"]
    verdict = {"session": session, "entry": "reissue", "helpful": True, "comment": "a\ud800\x00b"}
    assert post(f"{server_url}/api/feedback", verdict).body == {"status": "ok"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"session": None}, "invalid_session"),
        ({"session": "forged"}, "invalid_session"),
        ({"entry": "nothing"}, "unknown_entry"),
        ({"helpful": "yes"}, "invalid_field"),
        ({"comment": 5}, "invalid_field"),
    ],
)
def test_bad_feedback_is_refused(server_url: str, change: dict[str, Any], code: str) -> None:
    session = post(f"{server_url}/api/chat", {"text": "お知らせ"}).body["session"]
    verdict = {"session": session, "entry": "reissue", "helpful": True, **change}
    assert post(f"{server_url}/api/feedback", verdict).error == code


def test_lookup_ranks_entries(server_url: str) -> None:
    found = get(f"{server_url}/api/lookup?q=%E5%86%8D%E4%BA%A4%E4%BB%98&limit=2").body  # 再交付
    assert found["query"] == "再交付"
    assert found["hits"][0]["id"] == "reissue"
    assert len(found["hits"]) == 2
    assert get(f"{server_url}/api/lookup?q=").body["hits"] == []
    assert get(f"{server_url}/api/lookup?q=a&on=2027-13-01").error == "invalid_field"


@pytest.mark.parametrize("limit", ["0", "21", "x", "-1", "1.5", "９"])
def test_lookup_refuses_a_bad_limit(server_url: str, limit: str) -> None:
    from urllib.parse import quote

    assert get(f"{server_url}/api/lookup?q=a&limit={quote(limit)}").error == "invalid_field"


def test_lookup_is_closed_to_forwarded_requests(server_url: str) -> None:
    response = get(f"{server_url}/api/lookup?q=a", **{"X-Forwarded-For": "192.0.2.1"})
    assert (response.status, response.error) == (403, "forbidden")
