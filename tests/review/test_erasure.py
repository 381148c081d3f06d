"""What SQLite deletes is gone from its files, too."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from bot.review import erasure
from bot.review.database import engine_of
from bot.review.erasure import StillInUseError, erase, erasing, file_of, is_large
from bot.review.store import ReviewStore, Verdict
from tests.review.usage import ANSWERED, Conversation, japan

OLD, KEPT = b"FURUI", b"NOKOSU"
NAMES = [f"c{number}" for number in range(1500)]


def left(folder: Path, text: bytes) -> dict[str, int]:
    """How often each file holds it."""
    found = {file.name: file.read_bytes().count(text) for file in folder.iterdir()}
    return {name: count for name, count in found.items() if count}


def is_old(name: str) -> bool:
    return int(name[1:]) % 3 != 0


@pytest.fixture
def engine(file: Path) -> Iterator[sa.engine.Engine]:
    """Two thirds of the conversations are old, all over the file, and of any length.

    SQLite as it is by itself: Debian's overwrites what it deletes without being told.
    """
    random, engine = Random(1), engine_of(f"sqlite:///{file}")
    sa.event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA secure_delete=OFF"))
    engine.connect().close()  # gives the file its log
    with closing(sqlite3.connect(file)) as database:
        database.execute("create table events(id integer primary key, sender text, data text)")
        database.execute("create index names on events(sender)")
        for number in range(10 * len(NAMES)):
            name = NAMES[min(number // 10 + random.randint(0, 5), len(NAMES) - 1)]
            text = (OLD if is_old(name) else KEPT).decode() + name + " "
            row = (name, text * random.choice((1, 2, 5, 30, 300)))
            database.execute("insert into events(sender, data) values(?, ?)", row)
        database.commit()
    yield engine
    engine.dispose()


def delete_old(engine: sa.engine.Engine) -> None:
    old = [name for name in NAMES if is_old(name)]
    Random(2).shuffle(old)
    for start in range(0, len(old), 50):
        with engine.begin() as connection:
            names = sa.bindparam("names", old[start : start + 50], expanding=True)
            query = sa.text("delete from events where sender in :names").bindparams(names)
            connection.execute(query)


def test_nothing_deleted_is_left_in_any_file(engine: sa.engine.Engine, tmp_path: Path) -> None:
    delete_old(erasing(engine))
    erase(engine, anew=True)
    assert left(tmp_path, OLD) == {}
    assert left(tmp_path, KEPT).keys() == {"review.db"}
    assert (tmp_path / "review.db-wal").stat().st_size == 0
    with closing(sqlite3.connect(tmp_path / "review.db")) as database:
        assert database.execute("select count(distinct sender) from events").fetchone() == (500,)
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)


def test_it_shrinks_only_when_it_is_written_anew(engine: sa.engine.Engine, file: Path) -> None:
    delete_old(erasing(engine))
    erase(engine, anew=False)
    before, few = file.stat().st_size, sum(left(file.parent, OLD).values())
    assert few < 300  # of 10,000 events: what SQLite moved before it was deleted
    erase(engine, anew=True)
    assert file.stat().st_size < before / 2


def test_without_care_sqlite_keeps_what_it_deletes(engine: sa.engine.Engine, file: Path) -> None:
    """Why there is this module."""
    delete_old(engine)
    erase(engine, anew=False)
    assert left(file.parent, OLD)["review.db"] > 10_000


def test_a_comment_that_a_member_took_back_goes_too(store: ReviewStore, tmp_path: Path) -> None:
    at = japan("2026-11-02 12:00")
    Conversation(store, "c", at).asks(ANSWERED, helpful=False, comment=OLD.decode() * 40)
    store.add_verdict(Verdict("c", "1", "reissue", True), at)
    assert left(tmp_path, OLD)
    erase(erasing(store.engine), anew=True)
    assert left(tmp_path, OLD) == {}


def test_who_reads_on_is_waited_for_and_then_named(
    engine: sa.engine.Engine, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure, "WAIT", 200)
    erasing(engine)
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from events").fetchone()
        delete_old(engine)
        with pytest.raises(StillInUseError, match=r"review\.db-wal"):
            erase(engine, anew=False)
    erase(engine, anew=False)
    assert (file.parent / "review.db-wal").stat().st_size == 0


def test_only_a_file_of_sqlite_is_written_anew(file: Path) -> None:
    for url in ("sqlite://", "sqlite:///:memory:"):
        engine = erasing(engine_of(url))
        assert file_of(engine) is None
        erase(engine, anew=True)
        engine.dispose()
    assert file_of(engine_of(f"sqlite:///{file}")) == file


def test_a_large_file_is_one_that_takes_seconds(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(b"x" * 11)
    assert not is_large(file)
    monkeypatch.setattr(erasure, "MOST_WHILE_SERVING", 10)
    assert is_large(file)
