"""The call centre's channel lets in only those who may see agents' notes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.channels.errors import ApiError
from bot.channels.lookup import MAX_HITS, TOKEN_VARIABLE, LookupChannel, _limit


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
    channel = LookupChannel("a token")
    assert admitted(channel, ip="192.0.2.1", authorization="Bearer a token")
    assert not admitted(channel)
    assert not admitted(channel, authorization="Bearer another")
    assert not admitted(channel, authorization="Bearer \udcff")
    assert not admitted(channel, authorization="Bearer ")


@pytest.mark.parametrize("value", [None, ""])
def test_without_a_token_only_this_machine_is_let_in(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty variable, as `docker compose` makes of an unset one, is no token."""
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(TOKEN_VARIABLE, value)
    channel = LookupChannel.from_credentials(None)
    assert admitted(channel)
    assert admitted(channel, ip="::1")
    assert not admitted(channel, ip="192.0.2.1")
    assert not admitted(channel, x_forwarded_for="192.0.2.1")


@pytest.mark.parametrize("text", ["1", "5", "020", str(MAX_HITS)])
def test_a_limit_within_bounds(text: str) -> None:
    assert _limit(text) == int(text)


@pytest.mark.parametrize("text", ["0", "21", "", "x", "1.5", "９", "0" * 8 + "9" * 30, "1" * 5000])
def test_any_other_limit_is_refused(text: str) -> None:
    with pytest.raises(ApiError) as refused:
        _limit(text)
    assert refused.value.code == "invalid_field"
