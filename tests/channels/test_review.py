"""The review channel: who may use it, what it shows, and what it writes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot import clock
from bot.channels.errors import ApiError
from bot.channels.review import MAX_DECISION, MAX_GROUPS, ReviewChannel, _days
from bot.channels.review_body import MAX_ANSWER, MAX_NAME, MAX_QUESTIONS, MAX_WORDING
from bot.channels.staff import Staff
from bot.faq.files import locked
from bot.faq.load import load_book
from bot.review.decisions import WORDS, Decisions
from bot.review.desk import DAYS, MOST_DAYS
from bot.review.reviewer import MOST_TEXTS
from bot.review.store import ReviewStore, Turn
from tests.channels.client import Response, get, post
from tests.channels.site import copy_of
from tests.conftest import serve
from tests.docs.test_openapi import OPENAPI, SCHEMAS

JSON = {"Content-Type": "application/json"}
TEXT = "紙のお知らせはいつまで手元に置けばいいの"


class Reviewed:
    """A server of its own, whose content tests may change."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        self.store = ReviewStore.open(f"sqlite:///{folder}/var/review.db")
        self._asked = 0

    def ask(self, text: str) -> None:
        self._asked += 1
        turn = Turn(f"c{self._asked}", "1", text, "no_match", None, 0.1, "ja")
        self.store.add_turn(turn, clock.now())

    def queue(self, **headers: str) -> Any:
        return get(f"{self.url}/api/review", **headers).body

    def texts(self) -> set[str]:
        return {q["text"] for group in self.queue()["groups"] for q in group["questions"]}

    def decide(self, **said: Any) -> Response:
        return post(f"{self.url}/api/review/decision", said, **JSON)


@pytest.fixture(scope="module")
def reviewed(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reviewed]:
    folder = copy_of(project, tmp_path_factory.mktemp("reviewed"))
    with serve(folder) as url:
        reviewed = Reviewed(folder, url)
        yield reviewed
        reviewed.store.engine.dispose()


def request(ip: str = "127.0.0.1", **headers: str) -> Any:
    return SimpleNamespace(ip=ip, headers={n.replace("_", "-"): v for n, v in headers.items()})


def refusal(channel: ReviewChannel, request: Any) -> str | None:
    try:
        channel._admit(request)
    except ApiError as error:
        return error.code
    return None


def test_admitted_is_who_may_look_up(tmp_path: Path) -> None:
    store: Any = SimpleNamespace(engine=None)
    open_here = ReviewChannel(Staff(None, None), store, tmp_path)
    assert refusal(open_here, request()) is None
    assert refusal(open_here, request(ip="192.0.2.1")) == "forbidden"
    assert refusal(open_here, request(x_forwarded_for="192.0.2.1")) == "forbidden"
    guarded = ReviewChannel(Staff("a token", "X-Remote-User"), store, tmp_path)
    assert refusal(guarded, request()) == "forbidden"
    assert refusal(guarded, request(authorization="Bearer a token")) is None
    assert refusal(guarded, request(X_Remote_User="yamada")) is None


def test_no_page_of_another_site_has_a_part_in_it(reviewed: Reviewed, tmp_path: Path) -> None:
    """Not even one that may embed the chat."""
    host = reviewed.url.partition("://")[2]
    store: Any = SimpleNamespace(engine=None)
    channel = ReviewChannel(Staff(None, None), store, tmp_path)
    partner = request(host=host, origin="https://www.example.jp")
    assert refusal(channel, partner) == "forbidden_origin"
    assert refusal(channel, request(host=host, origin="null")) == "forbidden_origin"
    assert refusal(channel, request(host=host, origin=f"http://{host}")) is None
    for origin in ("https://www.example.jp", "null"):
        given = {**JSON, "Origin": origin}
        said = {"what": "ignore", "questions": ["x"]}
        answer = post(f"{reviewed.url}/api/review/decision", said, **given)
        assert (answer.status, answer.error) == (403, "forbidden_origin")


@pytest.mark.parametrize(
    "type", ["text/plain", "application/x-www-form-urlencoded", "", "text/json;application/json"]
)
def test_a_form_is_no_decision(reviewed: Reviewed, type: str) -> None:
    said = {"what": "ignore", "questions": ["x"]}
    answer = post(f"{reviewed.url}/api/review/decision", said, **{"Content-Type": type})
    assert (answer.status, answer.error) == (400, "invalid_json")


def test_a_question_is_shown_with_where_it_may_belong(reviewed: Reviewed) -> None:
    reviewed.ask(TEXT)
    queue = reviewed.queue()
    group = next(g for g in queue["groups"] if g["representative"] == TEXT)
    assert group["candidates"][0]["id"] == "may_discard"
    assert (group["people"], group["reasons"]) == (1, {"no_match": 1})
    assert (queue["by"], queue["read_only"], queue["unpublished"]) == (None, None, False)
    known = {topic["id"] for topic in queue["topics"]}
    assert {topic["id"] for topic in group["topics"]} <= known
    assert "conversation" not in str(queue)


def test_a_decision_is_written_noted_and_told(reviewed: Reviewed) -> None:
    text = "保管期限の切れた紙は捨てるのですか"
    reviewed.ask(text)
    said = {"what": "example", "questions": [text], "texts": [text], "entry": "may_discard"}
    answer = reviewed.decide(**said, by=" 山田 ")
    assert answer.status == 200
    assert answer.body["unpublished"] is True
    written = answer.body["written"]
    assert (written["target"], written["texts"]) == ("may_discard", [text])
    assert written["where"].startswith("data/faq.yml:")
    assert text in load_book(reviewed.folder / "data").entry("may_discard").examples
    assert text not in reviewed.texts()
    assert reviewed.queue()["unpublished"] is True
    again = reviewed.decide(**said, by="佐藤")
    assert (again.status, again.error) == (409, "already_decided")
    assert "すでに山田さんが「言い方として追加」にしました" in again.body["error"]["message"]


def test_new_entries_and_topics_are_made(reviewed: Reviewed) -> None:
    entry = {
        "id": "parking",
        "category": "その他",
        "question": "駐車場は？",
        "answer": "あり\r\nます",
    }
    answer = reviewed.decide(
        what="new_entry", questions=["駐車場"], texts=["駐車場はどこ"], new_entry=entry
    )
    assert answer.status == 200, answer.body
    topic = {"id": "canteen", "name": "食堂", "kind": "elsewhere"}
    answer = reviewed.decide(
        what="out_of_scope", questions=["食堂"], texts=["食堂の献立"], new_topic=topic
    )
    assert answer.status == 200, answer.body
    answer = reviewed.decide(
        what="out_of_scope", questions=["献立"], texts=["今日の献立"], topic="canteen"
    )
    assert answer.status == 200, answer.body
    book = load_book(reviewed.folder / "data")
    assert book.entry("parking").answer.strip() == "あり\nます"
    assert book.entry("parking").reviewed == clock.today()
    assert book.topic("canteen").examples == ("食堂の献立", "今日の献立")
    queue = reviewed.queue()
    assert "parking" in {entry["id"] for entry in queue["entries"]}
    assert "canteen" in {topic["id"] for topic in queue["topics"]}


def test_what_is_put_off_or_ignored_is_gone(reviewed: Reviewed) -> None:
    for what, text in (("skip", "あとで決める質問です"), ("ignore", "もう出さない質問です")):
        reviewed.ask(text)
        assert text in reviewed.texts()
        answer = reviewed.decide(what=what, questions=[text])
        assert answer.status == 200
        assert answer.body["written"] is None
        assert text not in reviewed.texts()
    reviewed.ask("あとで決める質問です")
    reviewed.ask("もう出さない質問です")
    assert "あとで決める質問です" in reviewed.texts()
    assert "もう出さない質問です" not in reviewed.texts()


ENTRY = {"id": "x_y", "category": "c", "question": "q", "answer": "a"}
BAD: dict[str, tuple[dict[str, Any], int, str]] = {
    "nothing": ({}, 422, "invalid_field"),
    "what": ({"what": "perhaps"}, 422, "invalid_field"),
    "what_kind": ({"what": ["skip"]}, 422, "invalid_field"),
    "questions": ({"questions": "x"}, 422, "invalid_field"),
    "question": ({"questions": [1]}, 422, "invalid_field"),
    "no_question": ({"questions": ["？"]}, 422, "content_fault"),
    "many": ({"questions": ["x"] * (MAX_QUESTIONS + 1)}, 422, "invalid_field"),
    "texts": ({"texts": None}, 422, "invalid_field"),
    "long": ({"texts": ["x" * (MAX_WORDING + 1)]}, 413, "too_long"),
    "no_text": ({"texts": []}, 422, "content_fault"),
    "entry": ({"entry": None}, 422, "invalid_field"),
    "entry_kind": ({"entry": 5}, 422, "invalid_field"),
    "unknown": ({"entry": "nowhere"}, 422, "content_fault"),
    "name": ({"by": "x" * (MAX_NAME + 1)}, 413, "too_long"),
    "number": ({"texts": ["番号 1234 5678 9012"]}, 422, "content_fault"),
    "mark": ({"texts": ["［個人番号］です"]}, 422, "content_fault"),
    "new_entry": ({"what": "new_entry", "new_entry": "x"}, 422, "invalid_field"),
    "no_answer": (
        {"what": "new_entry", "new_entry": ENTRY | {"answer": " "}},
        422,
        "invalid_field",
    ),
    "long_answer": (
        {"what": "new_entry", "new_entry": ENTRY | {"answer": "あ" * (MAX_ANSWER + 1)}},
        413,
        "too_long",
    ),
    "bad_id": ({"what": "new_entry", "new_entry": ENTRY | {"id": "No Id"}}, 422, "content_fault"),
    "taken": ({"what": "new_entry", "new_entry": ENTRY | {"id": "reissue"}}, 422, "content_fault"),
    "kind": (
        {"what": "out_of_scope", "new_topic": {"id": "x_y", "name": "n", "kind": "k"}},
        422,
        "content_fault",
    ),
    "topic": ({"what": "out_of_scope"}, 422, "invalid_field"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_decision_is_refused_and_changes_nothing(reviewed: Reviewed, case: str) -> None:
    change, status, code = BAD[case]
    said = {
        "what": "example",
        "questions": ["悪い判断"],
        "texts": ["悪い判断の文"],
        "entry": "hotline",
    }
    before = {file: file.read_bytes() for file in (reviewed.folder / "data").glob("*.yml")}
    answer = reviewed.decide(**({} if case == "nothing" else {**said, **change}))
    assert (answer.status, answer.error) == (status, code), answer.body
    assert all(file.read_bytes() == content for file, content in before.items())
    assert "悪い判断" not in Decisions(reviewed.store.engine).latest()


def test_a_fault_of_the_content_is_said_in_full(reviewed: Reviewed) -> None:
    known = load_book(reviewed.folder / "data").entry("reissue").examples[0]
    answer = reviewed.decide(what="example", questions=["x"], texts=[known], entry="hotline")
    message = answer.body["error"]["message"]
    assert "reissue" in message and "同じです" in message and "data/faq.yml:" in message
    assert "/tmp" not in message


def test_a_body_that_is_too_large_or_no_json_is_refused(reviewed: Reviewed) -> None:
    url = f"{reviewed.url}/api/review/decision"
    assert post(url, raw=b"x" * (MAX_DECISION + 1), **JSON).error == "body_too_large"
    assert post(url, raw=b"[]", **JSON).error == "invalid_json"
    assert post(url, raw=b"\xff", **JSON).error == "invalid_json"


@pytest.mark.parametrize("days", ["0", "367", "x", "1.5", "９", "0" * 9])
def test_other_periods_are_refused(reviewed: Reviewed, days: str) -> None:
    with pytest.raises(ApiError):
        _days(days)
    assert _days("1") == 1 and _days(str(MOST_DAYS)) == MOST_DAYS
    assert get(f"{reviewed.url}/api/review?days=0").error == "invalid_field"


def test_the_server_answers_while_an_edit_waits(reviewed: Reviewed) -> None:
    replies: list[Response] = []

    def decide() -> None:
        replies.append(reviewed.decide(what="ignore", questions=["待つ判断"]))

    with locked(reviewed.folder / "data"):
        waiting = threading.Thread(target=decide)
        waiting.start()
        time.sleep(0.3)
        start = time.monotonic()
        assert get(f"{reviewed.url}/health/live").status == 200
        asked = post(f"{reviewed.url}/api/chat", {"text": "お知らせは捨ててもいいですか"})
        assert asked.message("answer")["id"] == "may_discard"
        assert time.monotonic() - start < 3
        assert waiting.is_alive()
    waiting.join(10)
    assert replies[0].status == 200


def test_without_a_folder_to_write_to_it_shows_and_says_why(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of(project, tmp_path)
    with serve(folder) as url:
        (folder / "data").rename(folder / "elsewhere")
        reviewed = Reviewed(folder, url)
        reviewed.ask(TEXT)
        queue = reviewed.queue()
        assert "data に書き込めないため" in queue["read_only"]
        assert TEXT in reviewed.texts()
        answer = reviewed.decide(what="ignore", questions=[TEXT])
        assert (answer.status, answer.error) == (409, "read_only")
        (folder / "elsewhere").rename(folder / "data")
        (folder / "data/faq.yml").write_text("entries: []\n", "utf-8")
        assert "内容に誤りがあるため" in reviewed.queue()["read_only"]
        reviewed.store.engine.dispose()


def test_the_proxys_user_is_the_one_who_decides(project: Path, tmp_path: Path) -> None:
    folder = copy_of(project, tmp_path)
    with serve(folder, FAQ_LOOKUP_USER_HEADER="X-Remote-User") as url:
        named = {"X-Remote-User": "yamada"}
        assert get(f"{url}/api/review").status == 403
        assert get(f"{url}/api/review", **named).body["by"] == "yamada"
        said = {"what": "ignore", "questions": ["質問"], "by": "somebody else"}
        assert post(f"{url}/api/review/decision", said, **JSON).status == 403
        assert post(f"{url}/api/review/decision", said, **JSON, **named).status == 200
        store = ReviewStore.open(f"sqlite:///{folder}/var/review.db")
        assert Decisions(store.engine).latest()["質問"].by == "yamada"
        store.engine.dispose()


def test_the_log_holds_nothing_that_was_asked_or_decided(reviewed: Reviewed) -> None:
    reviewed.ask("ログに残らないはずの質問")
    reviewed.decide(what="ignore", questions=["ログに残らないはずの質問"], by="記録しない人")
    log = (reviewed.folder / "server.log").read_text(errors="replace")
    assert "ログに残らない" not in log and "記録しない人" not in log


def test_limits_are_those_described() -> None:
    said = SCHEMAS["ReviewDecision"]["properties"]
    assert said["what"]["enum"] == list(WORDS)
    assert said["questions"]["maxItems"] == MAX_QUESTIONS
    assert said["texts"]["maxItems"] == MOST_TEXTS
    assert said["texts"]["items"]["maxLength"] == MAX_WORDING
    assert said["new_entry"]["properties"]["answer"]["maxLength"] == MAX_ANSWER
    assert said["by"]["maxLength"] == MAX_NAME
    assert SCHEMAS["ReviewQueue"]["properties"]["groups"]["maxItems"] == MAX_GROUPS
    (days,) = OPENAPI["paths"]["/api/review"]["get"]["parameters"]
    assert (days["schema"]["default"], days["schema"]["maximum"]) == (DAYS, MOST_DAYS)
    too_large = OPENAPI["components"]["responses"]["TooLargeDecision"]["description"]
    assert f"{MAX_DECISION:,} bytes" in too_large


def test_the_page_and_its_files_may_run_nothing_but_their_own(reviewed: Reviewed) -> None:
    page = get(f"{reviewed.url}/review")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "connect-src 'self'" in page.headers["content-security-policy"]
    script = get(f"{reviewed.url}/review/review.js")
    assert (script.status, script.headers["cache-control"]) == (200, "no-cache")
    assert get(f"{reviewed.url}/review/").headers["location"] == "/review"
    assert get(f"{reviewed.url}/review/../credentials.yml").status == 404
