"""Conversation tokens that nobody can guess, make or break."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest
import yaml

from bot.channels.session import FRESH, IDLE, SECRET_VARIABLE, Session, Sessions

ROOT = Path(__file__).parents[2]

BAD = ["", "x", "forged.token", "\ud800", "\x00", "１２３", "IjEi", "." * 100]


def test_a_token_leads_back_to_one_conversation() -> None:
    sessions = Sessions("a secret")
    first, second = sessions.new(), sessions.new()
    assert sessions.resumed(first.token) == first != second == sessions.resumed(second.token)


def at(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let the clock stand so many seconds from now."""
    moment = time.time() + seconds
    monkeypatch.setattr(time, "time", lambda: moment)


def test_a_token_in_use_is_replaced_and_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = Sessions("a secret")
    session = sessions.new()
    at(monkeypatch, FRESH + 5)
    renewed = sessions.resumed(session.token)
    assert renewed == Session(session.id, renewed.token) != session
    at(monkeypatch, IDLE)
    assert sessions.resumed(renewed.token) is not None


def test_a_token_that_nobody_used_for_half_an_hour_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = Sessions("a secret")
    token = sessions.new().token
    at(monkeypatch, IDLE + 5)
    assert sessions.resumed(token) is None


def test_rasa_ends_a_conversation_when_its_token_ends() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert domain["session_config"]["session_expiration_time"] * 60 == IDLE


@pytest.mark.parametrize("token", BAD, ids=ascii)
def test_a_token_that_was_not_made_here_is_refused(token: str) -> None:
    assert Sessions("a secret").resumed(token) is None


def test_a_changed_or_foreign_token_is_refused() -> None:
    token = Sessions("a secret").new().token
    assert Sessions("a secret").resumed(token[:-1]) is None
    assert Sessions("another secret").resumed(token) is None


def test_the_secret_is_made_once_and_only_for_the_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(SECRET_VARIABLE, raising=False)
    token = Sessions.load().new().token
    assert Sessions.load().resumed(token) is not None
    assert stat.S_IMODE((tmp_path / "var/secret").stat().st_mode) == 0o600


def test_the_secret_of_the_environment_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(SECRET_VARIABLE, "shared by two servers")
    assert Sessions("shared by two servers").resumed(Sessions.load().new().token) is not None
    assert not (tmp_path / "var").exists()
