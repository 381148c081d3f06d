"""The call centre's channel lets in only those who may see agents' notes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest

from bot.channels.errors import ApiError
from bot.channels.lookup import (
    MAX_HITS,
    LookupChannel,
    _day,
    _limit,
)
from bot.channels.lookup_view import certainty
from bot.channels.staff import TOKEN_VARIABLE, USER_HEADER_VARIABLE
from bot.review.store import LookupVerdict, ReviewStore
from tests.channels.client import get, post

STORE: Any = None  # admission has no use for one


def admitted(channel: LookupChannel, ip: str = "127.0.0.1", **headers: str) -> bool:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request: Any = SimpleNamespace(ip=ip, headers=named)
    try:
        channel._admit(request)
    except ApiError as error:
        assert (error.status, error.code) == (403, "forbidden")
        return False
    return True


def test_with_a_token_everybody_who_has_it_is_let_in() -> None:
    channel = LookupChannel("a token", None, STORE)
    assert admitted(channel, ip="192.0.2.1", authorization="Bearer a token")
    assert not admitted(channel)
    assert not admitted(channel, authorization="Bearer another")
    assert not admitted(channel, authorization="Bearer \udcff")
    assert not admitted(channel, authorization="Bearer ")


@pytest.mark.parametrize("value", [None, ""])
def test_without_a_token_only_this_machine_is_let_in(
    value: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An empty variable, as `docker compose` makes of an unset one, is no token."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(TOKEN_VARIABLE, value)
    channel = LookupChannel.from_credentials(None)
    assert admitted(channel)
    assert admitted(channel, ip="::1")
    assert not admitted(channel, ip="192.0.2.1")
    assert not admitted(channel, x_forwarded_for="192.0.2.1")
    assert admitted(channel, host="localhost:5005")
    assert not admitted(channel, host="a-name-that-points-here.example.jp")


def test_a_proxys_user_is_let_in_where_the_header_is_named() -> None:
    channel = LookupChannel(None, "X-Remote-User", STORE)
    assert admitted(channel, ip="192.0.2.1", X_Remote_User="agent7")
    assert not admitted(channel, X_Remote_User=" ")
    assert not admitted(channel)  # nor this machine: the proxy may run on it
    both = LookupChannel("a token", "X-Remote-User", STORE)
    assert admitted(both, authorization="Bearer a token")
    assert admitted(both, X_Remote_User="agent7")
    assert not admitted(both)
    assert not admitted(LookupChannel(None, "X-Remote-User", STORE), authorization="Bearer ")


def test_the_header_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(USER_HEADER_VARIABLE, "X-Remote-User")
    channel = LookupChannel.from_credentials(None)
    assert admitted(channel, X_Remote_User="agent7")
    assert not admitted(channel)


@pytest.mark.parametrize("text", ["1", "5", "020", str(MAX_HITS)])
def test_a_limit_within_bounds(text: str) -> None:
    assert _limit(text) == int(text)


@pytest.mark.parametrize("text", ["0", "21", "", "x", "1.5", "９", "0" * 8 + "9" * 30, "1" * 5000])
def test_any_other_limit_is_refused(text: str) -> None:
    with pytest.raises(ApiError) as refused:
        _limit(text)
    assert refused.value.code == "invalid_field"


def test_a_day_is_a_date() -> None:
    assert _day("2027-04-01") == date(2027, 4, 1)
    for text in ("2027-4-1", "tomorrow", "2027-02-30", "２０２７-04-01", "0"):
        with pytest.raises(ApiError) as refused:
            _day(text)
        assert refused.value.code == "invalid_field"


def test_certainty_is_confidence_in_words() -> None:
    assert [certainty(c) for c in (1.0, 0.8, 0.79, 0.05, 0.04, 0.0)] == [
        *("sure", "sure", "likely", "likely", "unsure", "unsure")
    ]


def look_up(url: str, query: str, **more: str) -> Any:
    rest = "".join(f"&{name}={value}" for name, value in more.items())
    return get(f"{url}/api/lookup?q={quote(query)}{rest}").body


SAME = [
    ("再交付", "さいこうふ", "saikoufu", "ｻｲｺｳﾌ", "サイコウフ", "再交"),
    ("下4桁", "下４桁", "しもよんけた", "simo4keta"),
    ("紛失", "ふんしつ", "funshitu", "ﾌﾝｼﾂ"),
    ("扶養", "ふよう", "fuyou", "ﾌﾖｳ"),
    ("退職", "たいしょく", "taishoku", "ﾀｲｼｮｸ"),
    ("フリーダイヤル", "ふりーだいやる", "furiidaiyaru", "ﾌﾘｰﾀﾞｲﾔﾙ"),
    ("ip電話", "ＩＰ電話", "IPでんわ"),
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda s: s[0])
def test_however_it_is_typed_the_first_result_is_the_same(
    server_url: str, spellings: tuple[str, ...]
) -> None:
    first = {text: look_up(server_url, text)["hits"][0]["id"] for text in spellings}
    assert len(set(first.values())) == 1, first


def test_a_hit_says_what_to_mark_and_how_sure_it_is(server_url: str) -> None:
    hit = look_up(server_url, "捨てていい お知らせ")["hits"][0]
    assert hit["id"] == "may_discard"
    assert "お知らせ" in hit["words"]
    assert hit["certainty"] == certainty(hit["confidence"])
    assert hit["related"] == [{"id": "check_on_portal", "label": hit["related"][0]["label"]}]


def test_an_unchanged_reply_is_not_sent_again(server_url: str) -> None:
    url = f"{server_url}/api/lookup?q={quote('再交付')}"
    first = get(url)
    again = get(url, **{"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, "")
    other = get(f"{server_url}/api/lookup?q=a", **{"If-None-Match": first.headers["etag"]})
    assert other.status == 200


def test_an_entry_is_looked_up_by_its_id(server_url: str) -> None:
    entry = get(f"{server_url}/api/lookup/entries/notice_after_disqualification").body
    assert "may_discard" in entry["agent_note"]
    assert get(f"{server_url}/api/lookup/entries/none").error == "unknown_entry"
    assert get(f"{server_url}/api/lookup/entries/reissue?on=x").error == "invalid_field"


def test_verdicts_are_kept_redacted(server_url: str, project: Path) -> None:
    said = {"query": "番号は 1234-5678-9012 再交付", "shown": ["reissue"], "verdict": "found"}
    url = f"{server_url}/api/lookup/verdict"
    assert post(url, {**said, "entry": "reissue"}).body == {"status": "ok"}
    kept = ReviewStore.open(f"sqlite:///{project}/var/review.db").lookups()[-1]
    assert kept == LookupVerdict("番号は ［個人番号］ 再交付", ("reissue",), "found", "reissue")


@pytest.mark.parametrize(
    "change",
    [
        {"query": ""},
        {"shown": "reissue"},
        {"shown": ["unknown"]},
        {"shown": [["reissue"]]},
        {"shown": ["reissue"] * 21},
        {"verdict": "perhaps"},
        {"entry": 5},
    ],
)
def test_a_bad_verdict_is_refused(server_url: str, change: dict[str, Any]) -> None:
    said = {"query": "再交付", "shown": ["reissue"], "verdict": "found", **change}
    assert post(f"{server_url}/api/lookup/verdict", said).error == "invalid_field"


def test_notes_for_agents_never_leave_by_the_members_channels(server_url: str) -> None:
    hits = look_up(server_url, "お知らせ", limit="20")["hits"]
    notes = {hit["id"]: hit["agent_note"] for hit in hits if hit["agent_note"]}
    assert notes
    for id, note in notes.items():
        chat = post(f"{server_url}/api/chat", {"choice": id})
        pages = [chat, get(f"{server_url}/faq/{id}"), get(f"{server_url}/api/entries")]
        assert not [page for page in pages if note[:20] in str(page.body)]
