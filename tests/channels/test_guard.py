"""What every response says to browsers, who may embed the chat, and whose conversation it is."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from bot.channels.security import (
    ORIGINS_VARIABLE,
    PROXIES_VARIABLE,
    OriginError,
    Settings,
)
from tests.channels.client import get, options, post
from tests.channels.site import PARTNER, Site
from tests.conftest import FAQ, free_port

STRANGER = "https://www.example.com"
QUESTION = {"text": "お知らせは捨ててもいいですか"}
ALLOWED = "access-control-allow-origin"


# Headers


@pytest.mark.parametrize(
    "path",
    [
        "/chat/",
        "/chat/faq-chat.js",
        "/chat/none.js",
        "/api/entries",
        "/api/lookup?q=a",
        "/api/none",
        "/api/chat",
        "/faq",
        "/faq/hotline",
        "/faq/none",
        "/faq/static/faq.css",
        "/health/live",
        "/",
        "/none",
    ],
)
def test_every_response_has_its_guards(site: Site, path: str) -> None:
    response = get(site.url + path)
    assert response.status < 500
    headers = response.headers
    policy = headers["content-security-policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert not any("unsafe" in rule or "*" in rule for rule in policy)
    partner = f" {PARTNER}" if path.startswith("/chat/") else ""
    assert policy[-1] == f"frame-ancestors 'self'{partner}"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["permissions-policy"] == "camera=(), geolocation=(), microphone=()"
    assert headers["cross-origin-resource-policy"] in ("same-origin", "cross-origin")
    assert "set-cookie" not in headers


def test_what_somebody_asked_is_never_cached(site: Site) -> None:
    visitor = site.visitor()
    for path in ("/api/chat", "/api/suggest", "/api/feedback"):
        assert visitor.post(path, QUESTION).headers["cache-control"] == "no-store"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for body in (b"q=123456789012", b"q=a"):
        cached = visitor.post("/faq", raw=body, **form).headers["cache-control"]
        assert cached in ("no-store", "no-cache")


def test_an_unknown_address_is_not_markup(site: Site) -> None:
    for accept in ("text/html", "*/*", "application/json"):
        answer = get(f"{site.url}/<script>alert(1)</script>", Accept=accept)
        assert answer.status == 404
        if answer.headers["content-type"].startswith("text/html"):
            assert "<script>alert" not in str(answer.body)


# Origins


def test_a_partners_page_may_use_the_chat(site: Site) -> None:
    answer = site.visitor().post("/api/chat", QUESTION, Origin=PARTNER)
    assert answer.types == ["answer"]
    assert answer.headers[ALLOWED] == PARTNER
    assert answer.headers["access-control-expose-headers"] == "Retry-After"
    assert "access-control-allow-credentials" not in answer.headers


def test_an_error_can_be_read_by_a_partners_page_too(site: Site) -> None:
    answer = site.visitor().post("/api/chat", {"text": 5}, Origin=PARTNER)
    assert (answer.status, answer.headers[ALLOWED]) == (422, PARTNER)


@pytest.mark.parametrize("path", ["/api/chat", "/api/suggest", "/api/feedback"])
def test_a_partners_browser_is_told_so_beforehand(site: Site, path: str) -> None:
    asked = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = options(site.url + path, Origin=PARTNER, **asked)
    assert answer.status in (200, 204)
    assert answer.headers[ALLOWED] == PARTNER
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "content-type" in answer.headers["access-control-allow-headers"].lower()
    assert int(answer.headers["access-control-max-age"]) > 0
    refused = options(site.url + path, Origin=STRANGER, **asked)
    assert refused.headers.get(ALLOWED) != STRANGER
    assert refused.headers.get(ALLOWED) != "*"


@pytest.mark.parametrize(
    "origin",
    [
        STRANGER,
        "null",
        "",
        f"{PARTNER}.example.com",
        f"{PARTNER}:8443",
        PARTNER.replace(".", "x", 1),
        PARTNER.replace("https", "http"),
        "http://[",
        "http://127.0.0.1",
        "file://",
        "*",
        f"{PARTNER}, {STRANGER}",
    ],
)
def test_any_other_page_is_refused(site: Site, origin: str) -> None:
    visitor = site.visitor()
    for answer in (
        visitor.post("/api/chat", QUESTION, Origin=origin),
        visitor.post("/api/feedback", {}, Origin=origin),
        visitor.get("/api/entries", Origin=origin),
        visitor.get("/api/lookup?q=a", Origin=origin),
    ):
        assert (answer.status, answer.error) == (403, "forbidden_origin")
        assert answer.headers.get(ALLOWED) not in (origin, "*")


def test_the_servers_own_pages_and_other_programs_may(site: Site, server_url: str) -> None:
    for url in (site.url, server_url):
        assert post(f"{url}/api/suggest", QUESTION, Origin=url).status == 200
        assert post(f"{url}/api/suggest", QUESTION).status == 200
    assert post(f"{server_url}/api/suggest", QUESTION, Origin=PARTNER).error == "forbidden_origin"


def test_a_page_of_another_host_is_not_its_own(site: Site) -> None:
    answer = get(f"{site.url}/api/entries", Host="faq.example.jp", Origin="https://faq.example.jp")
    assert answer.status == 200
    answer = get(f"{site.url}/api/entries", Host="faq.example.jp", Origin=STRANGER)
    assert answer.error == "forbidden_origin"


# Settings


def settings(monkeypatch: pytest.MonkeyPatch, origins: str = "", proxies: str = "") -> Settings:
    monkeypatch.setenv(ORIGINS_VARIABLE, origins)
    monkeypatch.setenv(PROXIES_VARIABLE, proxies)
    return Settings.of_environment()


def test_settings_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch) == Settings((), 0)
    origins = f"  {PARTNER}, http://localhost:8080\nhttps://a-b.example.jp "
    several = (PARTNER, "http://localhost:8080", "https://a-b.example.jp")
    assert settings(monkeypatch, origins, " 2 ") == Settings(several, 2)


@pytest.mark.parametrize(
    "origins",
    [
        "*",
        "www.example.jp",
        f"{PARTNER}/",
        f"{PARTNER}/chat",
        "https://*.example.jp",
        "null",
        "ftp://example.jp",
        "https://例え.jp",
        "https://www.example.jp;script-src *",
        f"{PARTNER} 'unsafe-inline'",
        "https://EXAMPLE.jp",
        "x" * 1000,
    ],
)
def test_what_is_no_origin_is_refused(origins: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OriginError, match="使えません") as refused:
        settings(monkeypatch, origins)
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize("proxies", ["-1", "one", "１", "1.5", "100", "1 2"])
def test_what_is_no_number_of_proxies_is_refused(
    proxies: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OriginError, match="プロキシの数"):
        settings(monkeypatch, proxies=proxies)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FAQ_ORIGINS", "www.example.jp/", "FAQ_ORIGINS の「www.example.jp/」は使えません。"),
        ("FAQ_RATE", "many", "FAQ_RATE には、"),
    ],
)
def test_a_server_with_a_bad_setting_does_not_start_and_says_why(
    site: Site, name: str, value: str, said: str
) -> None:
    done = serve_once(site.folder, **{name: value})
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def serve_once(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [FAQ, "serve", "--port", str(free_port())],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
