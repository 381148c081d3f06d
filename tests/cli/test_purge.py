"""``faq purge``: what has been kept long enough is gone from both databases and their files."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered

from bot import clock
from bot.channels.tracker_store import CappedSQLTrackerStore
from bot.cli.main import main
from bot.cli.purge import NAMES
from bot.review import erasure
from bot.review.retention import RETENTION_VARIABLE
from bot.review.store import URL_VARIABLE, LookupVerdict, ReviewStore
from bot.review.tables import metadata
from tests.conftest import ROOT
from tests.review.usage import ANSWERED, Conversation, japan

NOW = japan("2026-11-24 12:00")
OLD, KEPT = "むかしの質問", "ことしの質問"
PERIOD_AGO = japan("2026-05-28 00:00")  # 180 days before today
Printed = pytest.CaptureFixture[str]


class Server:
    """What a running server has open and writes."""

    def __init__(self) -> None:
        self.store = ReviewStore.open()
        self.tracker_store = CappedSQLTrackerStore(Domain.empty(), db="var/conversations.db")

    def hears(self, text: str, name: str, at: datetime) -> None:
        Conversation(self.store, name, at).asks(ANSWERED, helpful=False, text=text, comment=text)
        self.store.add_lookup(LookupVerdict(text, (), "missing"), at)
        asyncio.run(self._talk(text, name, at))

    async def _talk(self, text: str, name: str, at: datetime) -> None:
        tracker = await self.tracker_store.get_or_create_tracker(name, append_action_listen=False)
        tracker.update(UserUttered(text, timestamp=at.timestamp()))
        tracker.update(ActionExecuted("action_listen", timestamp=at.timestamp()))
        await self.tracker_store.save(tracker)

    def asked(self) -> list[str]:
        """What both databases hold, the tracker store's last."""
        keys = asyncio.run(self._texts())
        return [*(turn.text or "" for turn in self.store.turns()), *keys]

    async def _texts(self) -> list[str]:
        trackers = [
            await self.tracker_store.retrieve_full_tracker(key)
            for key in sorted(await self.tracker_store.keys())
        ]
        return [e.text for t in trackers if t for e in t.events if isinstance(e, UserUttered)]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in (URL_VARIABLE, RETENTION_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    for name in ("config.yml", "endpoints.yml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@pytest.fixture
def server(project: Path) -> Iterator[Server]:
    """Two questions are older than the usual period, and one is just young enough."""
    server = Server()
    server.hears(OLD, "a", PERIOD_AGO - timedelta(days=30))
    server.hears(OLD, "b", PERIOD_AGO - timedelta(minutes=1))
    server.hears(KEPT, "c", PERIOD_AGO)
    yield server
    server.store.engine.dispose()
    server.tracker_store.engine.dispose()


def test_what_is_older_is_deleted_and_counted_on_one_line(
    server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["purge"]) == 0
    told = capfd.readouterr()
    assert told.out == (
        "2026-05-28 より前の記録を削除しました: 質問 2 件、評価 2 件、回答検索の報告 2 件、"
        "質問への判断 0 件、会話 2 件（イベント 4 件）。\n"
    )
    assert told.err == ""
    assert server.asked() == [KEPT, KEPT]
    assert main(["purge"]) == 0
    assert "質問 0 件" in capfd.readouterr().out


def test_no_file_holds_what_was_deleted_and_the_server_goes_on(server: Server) -> None:
    for number in range(300):
        server.hears(OLD * (1 + number % 40), f"x{number}", PERIOD_AGO - timedelta(days=number + 1))
        if number % 3 == 0:
            server.hears(KEPT, f"y{number}", PERIOD_AGO + timedelta(hours=number))
    spellings = (OLD.encode(), OLD.encode("unicode_escape"))
    assert any(spelling in content for content in contents() for spelling in spellings)
    assert main(["purge"]) == 0
    assert len(contents()) >= 4  # two databases and their logs
    assert not [c for c in contents() if any(spelling in c for spelling in spellings)]
    server.hears(KEPT, "after", NOW)
    assert server.asked() == [KEPT] * 2 * 102


def contents() -> list[bytes]:
    return [file.read_bytes() for file in Path("var").iterdir() if file.is_file()]


def test_a_dry_run_deletes_nothing(server: Server, capsys: Printed) -> None:
    before = server.asked()
    assert main(["purge", "--dry-run"]) == 0
    assert capsys.readouterr().out == (
        "2026-05-28 より前の記録: 質問 2 件、評価 2 件、回答検索の報告 2 件、"
        "質問への判断 0 件、会話 2 件（イベント 4 件）。--dry-run のため、削除していません。\n"
    )
    assert server.asked() == before


def test_the_period_is_a_setting(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    monkeypatch.setenv(RETENTION_VARIABLE, "200")
    assert main(["purge"]) == 0
    assert capsys.readouterr().out.startswith("2026-05-08 より前の記録を削除しました: 質問 1 件")
    assert server.asked() == [OLD, KEPT] * 2


def test_a_day_may_be_given_instead(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    monkeypatch.setenv(RETENTION_VARIABLE, "not looked at")
    assert main(["purge", "--before", "2026-11-24"]) == 0
    assert "質問 3 件" in capsys.readouterr().out
    assert server.asked() == []


@pytest.mark.parametrize(
    ("setting", "options", "message"),
    [
        ("0", [], f"{RETENTION_VARIABLE} が「0」です。"),
        ("", ["--before", "2026-11-25"], "今日（2026-11-24）以前の日付を指定してください。"),
    ],
)
def test_without_a_period_nothing_is_deleted(
    setting: str,
    options: list[str],
    message: str,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Printed,
) -> None:
    monkeypatch.setenv(RETENTION_VARIABLE, setting)
    before = server.asked()
    assert main(["purge", *options]) == 1
    assert message in capsys.readouterr().err
    assert server.asked() == before


@pytest.mark.parametrize("day", ["11/1", "2026-02-30", "昨日"])
def test_a_day_that_is_none_ends_with_status_2(day: str, project: Path, capsys: Printed) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["purge", "--before", day])
    assert ended.value.code == 2
    assert "2026-11-01 のような日付を指定してください" in capsys.readouterr().err


def test_a_tracker_store_that_is_no_sql_stops_it_before_anything(
    server: Server, capsys: Printed
) -> None:
    before = server.asked()
    Path("endpoints.yml").write_text("tracker_store: {type: redis, url: cache}\n")
    assert main(["purge"]) == 1
    assert "tracker_store の type が redis です。" in capsys.readouterr().err
    assert server.asked() == before


def test_before_anybody_asked_there_is_nothing(project: Path, capsys: Printed) -> None:
    assert main(["purge"]) == 0
    assert "会話 0 件（イベント 0 件）" in capsys.readouterr().out
    assert not (project / "var/conversations.db").exists()


def test_conversations_in_memory_are_none(project: Path, capsys: Printed) -> None:
    Path("endpoints.yml").unlink()
    assert main(["purge"]) == 0
    assert "会話 0 件" in capsys.readouterr().out


def test_a_large_file_is_written_anew_only_when_told(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    monkeypatch.setattr(erasure, "MOST_WHILE_SERVING", 1000)
    for number in range(300):
        server.hears(OLD * 50, f"x{number}", PERIOD_AGO - timedelta(days=1))
    assert main(["purge"]) == 0
    told = capsys.readouterr().out
    for name in ("var/review.db", "var/conversations.db"):
        assert f"{name} は大きいため、作り直していません。" in told
    sizes = [len(content) for content in contents()]
    assert main(["purge", "--vacuum"]) == 0
    assert "大きいため" not in capsys.readouterr().out
    assert sum(map(len, contents())) < sum(sizes) / 2


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (
            "review.db",
            f"質問の記録のデータベースを読み書きできません（DatabaseError）。{URL_VARIABLE}",
        ),
        (
            "conversations.db",
            "会話のデータベースを読み書きできません（DatabaseError）。endpoints.yml",
        ),
    ],
)
def test_a_database_that_fails_is_named(
    file: str, message: str, project: Path, capsys: Printed
) -> None:
    (project / "var").mkdir()
    (project / "var" / file).write_text(f"{OLD}\n" * 100)
    assert main(["purge"]) == 1
    told = capsys.readouterr()
    assert told.err.startswith(message)
    assert OLD not in told.err + told.out


def test_every_table_has_a_name_for_the_log() -> None:
    assert set(NAMES) == set(metadata.tables)
