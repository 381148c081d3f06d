"""Whatever is sent, the server answers as described, goes on, and logs none of it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import yaml

from tests.channels.client import Response, get
from tests.channels.hostile import FAQ, MARK, Hostile, requests
from tests.channels.site import Site
from tests.conftest import ROOT

REQUESTS = 1000
OPENAPI = yaml.safe_load((ROOT / "docs/openapi.yml").read_text(encoding="utf-8"))
KEYS = {  # of a good reply
    "/api/chat": {"session", "expires_in", "messages"},
    "/api/suggest": {"suggestions"},
    "/api/feedback": {"status"},
}


@pytest.fixture(autouse=True)
def healthy_and_silent(site: Site) -> Iterator[None]:
    before = len(site.log())
    yield
    visitor = site.visitor()
    assert visitor.get("/health/ready").status == 200
    assert visitor.post("/api/chat", {"text": "お知らせは捨ててもいいですか"}).types == ["answer"]
    assert MARK not in site.log()[before:].lower()


def test_a_thousand_hostile_requests(site: Site) -> None:
    hostile = requests(REQUESTS, iter(site.token, None))

    def send(one: Hostile) -> tuple[Hostile, Response]:
        visitor = site.visitor()
        return one, visitor.post(one.path, raw=one.body, **{"Content-Type": one.type})

    with ThreadPoolExecutor(4) as threads:
        replies = list(threads.map(send, hostile))
    statuses: dict[str, set[int]] = {}
    for one, reply in replies:
        statuses.setdefault(one.path, set()).add(reply.status)
        assert fault(one, reply) is None, (one, reply)
    # Not everything fell at the first hurdle.
    assert {200, 400, 401, 404, 413, 422} <= statuses["/api/chat"]
    assert {200, 400, 413, 422} <= statuses["/api/suggest"]
    assert {200, 400, 401, 404, 413, 422} <= statuses["/api/feedback"]
    assert {200, 400, 413, 415} <= statuses["/faq"]


def fault(one: Hostile, reply: Response) -> str | None:
    """What is wrong with a reply."""
    if str(reply.status) not in OPENAPI["paths"][one.path]["post"]["responses"]:
        return "an undocumented status"
    if reply.status >= 500:
        return "a fault of the server"
    if one.path == FAQ:
        return page_fault(one, reply)
    if not reply.headers["content-type"].startswith("application/json"):
        return "not JSON"
    if one.word in str(reply.body):
        return "the words come back"
    if reply.status == 200:
        return None if set(reply.body) == KEYS[one.path] else "another object"
    error = reply.body["error"]
    described = set(reply.body) == {"error"} and set(error) == {"code", "message"}
    return None if described and error["message"] else "another error"


def page_fault(one: Hostile, reply: Response) -> str | None:
    if reply.headers["content-type"] != "text/html; charset=utf-8" or "<h1>" not in reply.body:
        return "no page"
    if reply.status >= 400 and one.word in reply.body:
        return "an error shows the words"
    raw = ("<img src=x", "<svg/", f"<b {one.word}", "<script>alert", "49" + one.word)
    return "words are taken for markup" if any(tag in reply.body for tag in raw) else None


@pytest.mark.parametrize(
    "request_",
    [
        "{}\r\n\r\n",
        "GET {} HTTP/9.9\r\nHost: a\r\n\r\n",
        "{} /api/chat HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /{} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        "GET /{}%ff%00%ed%a0%80%zz?{}=\xff HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET //{}/../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /chat/..%2f..%2f..%2f{} HTTP/1.1\r\nHost: a\r\n\r\n",
        *(
            f"GET /{page}/{name} HTTP/1.1\r\nHost: a\r\n\r\n"
            for page in ("chat", "faq", "faq/static", "lookup", "review")
            for name in ("%00{}", "{}" + "a" * 300, "{}/" * 2_000)
        ),
        "GET http://{}:x/faq HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /api/entries HTTP/1.1\r\nHost: a\r\nOrigin: http://[{}\r\n\r\n",
        "GET /api/entries HTTP/1.1\r\nHost:\r\nOrigin: {}\r\n\r\n",
        "GET /api/entries HTTP/1.0\r\nOrigin: http://{}\r\n\r\n",
        "GET /api/entries HTTP/1.1\r\nHost: [{}\r\n\r\n",
        "GET /faq HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: {}\r\nX-Forwarded-Port: {}\r\n\r\n",
        "GET /faq HTTP/1.1\r\nHost: a\r\nForwarded: for={};;=\r\nCookie: {}=\xff;=;\r\n\r\n",
        "GET /faq HTTP/1.1\r\nHost: a\r\n{}: " + "a" * 20_000 + "\r\n\r\n",
        "GET /faq HTTP/1.1\r\nHost: a\r\n" + "{}: a\r\n" * 400 + "\r\n",
        "GET /faq HTTP/1.1\r\nHost: a\r\n {} folded\r\nno colon {}\r\n\r\n",
        "POST /api/chat HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n",
        "POST /api/chat HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n{}",
        "POST /api/chat HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n{}",
        "POST /api/chat HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{}\r\n",
        "POST /api/chat HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: {}\r\n\r\n",
        "POST /api/chat HTTP/1.1\r\nHost: a\r\nExpect: {}\r\nContent-Length: 2\r\n\r\n[]",
        "GET /chat/ HTTP/1.1\r\nHost: a\r\nRange: bytes={}\r\nIf-Modified-Since: {}\r\n\r\n",
        "GET /api/lookup HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: {}\r\n\r\n",
    ],
    ids=lambda text: ascii(text)[1:60],
)
def test_broken_http_is_refused(site: Site, request_: str) -> None:
    reply = exchange(site.url, request_.replace("{}", MARK).encode("latin-1"))
    status = int(reply.split()[1]) if reply else 400
    assert 200 <= status < 500 or status in (501, 505), reply
    assert MARK.encode() not in reply.partition(b"<title>")[2]


def test_a_length_below_zero_does_not_stop_the_server(site: Site) -> None:
    request = b"POST %b HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n{}"
    for path in (b"/api/chat", b"/api/suggest", b"/faq", b"/none"):
        assert b" 400 " in exchange(site.url, request % path)


def exchange(url: str, request: bytes) -> bytes:
    """What comes back within a second; nothing where the server waits for more or hangs up."""
    address = urlsplit(url)
    assert address.hostname and address.port
    with socket.create_connection((address.hostname, address.port), timeout=5) as connection:
        connection.settimeout(1)
        try:
            connection.sendall(request)  # and is not shut down: the server would not answer
            return connection.recv(65_536)
        except OSError:
            return b""


@pytest.mark.parametrize(
    "query",
    ["q={}&limit={}", "q={}%00%ff%ed%a0%80", "q[]={}", "q={}&q={}", "{}" * 300, "q={}" + "a" * 500],
    ids=lambda text: text[:20],
)
def test_hostile_queries_of_the_call_centre(site: Site, query: str) -> None:
    for path in ("/api/lookup", "/faq", "/chat/", "/health/live"):
        assert get(f"{site.url}{path}?{query.replace('{}', MARK)}").status < 500


def test_bodies_of_megabytes(site: Site) -> None:
    body = f'{{"text": "{MARK}'.encode() + b"a" * 2_500_000
    for path in ("/api/chat", "/api/feedback", "/api/suggest", "/faq"):
        reply = exchange(
            site.url,
            f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body,
        )
        assert not reply or reply.startswith(b"HTTP/1.1 413 "), path  # or it hung up
