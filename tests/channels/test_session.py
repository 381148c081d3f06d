"""Conversation tokens that nobody can guess, make or break."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.channels.session import SECRET_VARIABLE, Sessions

BAD = ["", "x", "forged.token", "\ud800", "\x00", "１２３", "IjEi", "." * 100]


def test_a_token_leads_back_to_one_conversation() -> None:
    sessions = Sessions("a secret")
    first, second = sessions.new(), sessions.new()
    assert sessions.sender_id(first) == sessions.sender_id(first) != sessions.sender_id(second)


@pytest.mark.parametrize("token", BAD, ids=ascii)
def test_a_token_that_was_not_made_here_is_refused(token: str) -> None:
    assert Sessions("a secret").sender_id(token) is None


def test_a_changed_or_foreign_token_is_refused() -> None:
    token = Sessions("a secret").new()
    assert Sessions("a secret").sender_id(token[:-1]) is None
    assert Sessions("another secret").sender_id(token) is None


def test_the_secret_is_made_once_and_only_for_the_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(SECRET_VARIABLE, raising=False)
    token = Sessions.load().new()
    assert Sessions.load().sender_id(token) is not None
    assert stat.S_IMODE((tmp_path / "var/secret").stat().st_mode) == 0o600


def test_the_secret_of_the_environment_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(SECRET_VARIABLE, "shared by two servers")
    assert Sessions("shared by two servers").sender_id(Sessions.load().new()) is not None
    assert not (tmp_path / "var").exists()
