"""Make a version of the edited content, test it, and let the servers take it over.

What is published was copied first: whoever goes on editing meanwhile changes nothing of it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from bot import clock
from bot.errors import FaqBotError
from bot.faq.entry import FaqBook
from bot.faq.load import load_book
from bot.match.archive import is_stale, load_archive, newest_archive
from bot.match.fitting import fit_model
from bot.match.model import FaqModel
from bot.match.sources import DATA as EDITED
from bot.match.sources import sources_fingerprint
from bot.match.versions import ARCHIVE, DATA, Version, Versions
from bot.publish.cases import GOLDEN, MOST_ASKED, cases_of
from bot.publish.content import Difference, differences
from bot.publish.gates import Gate, gates_of, scores
from bot.publish.replay import Change, Replayed, changes, replay
from bot.publish.settings import Settings
from bot.review.store import ReviewStore

THREADS = 2  # encode texts side by side: the machine has two cores


class PublishError(FaqBotError):
    """Nothing was published; the message says why."""


@dataclass(frozen=True)
class Comparison:
    """An edited model beside the one that it may replace; `before` is None for the first."""

    before: FaqModel | None
    after: FaqModel
    settings: Settings

    @cached_property
    def content(self) -> list[Difference]:
        return [] if self.before is None else differences(self.before.book, self.after.book)

    @cached_property
    def replayed(self) -> list[Replayed]:
        known = {entry.id for entry in self.after.book.entries}
        since = clock.now() - timedelta(days=self.settings.days)
        asked = ReviewStore.open().asked(since, MOST_ASKED) if self.before is not None else {}
        cases = cases_of(self.after.book, self.settings.questions, asked, known)
        return replay(cases, self.before, self.after)

    @cached_property
    def unjudged(self) -> frozenset[str]:
        """Entries that no golden question is about."""
        golden = (one.case for one in self.replayed if one.case.source == GOLDEN)
        judged = {case.question.entry for case in golden}
        return frozenset(entry.id for entry in self.after.book.entries) - judged

    @cached_property
    def changes(self) -> list[Change]:
        return changes(self.replayed, self.unjudged)

    @cached_property
    def gates(self) -> list[Gate]:
        return gates_of(self.replayed, self.changes, self.unjudged, self.settings)


@dataclass(frozen=True)
class Candidate:
    """A version in the making, in a folder of its own."""

    folder: Path
    comparison: Comparison
    served: Version | None

    @property
    def is_new(self) -> bool:
        """Whether it differs from the served version in anything."""
        return self.served is None or self.sources != self.served.sources

    @property
    def sources(self) -> str:
        return sources_fingerprint(self.comparison.after.book.fingerprint, self.folder / DATA)

    @property
    def failed(self) -> list[Gate]:
        return [gate for gate in self.comparison.gates if not gate.is_passed]


@contextmanager
def candidate(versions: Versions, data: Path = EDITED) -> Iterator[Candidate]:
    """The edited content as a version that is not published yet; nothing stays of it if it is not.

    Raises FaqError for faulty content, BusyError while somebody else publishes.
    """
    book = load_book(data)
    settings = Settings.load()
    with versions.publishing(), _unfinished(versions) as folder:
        _copy(data, folder / DATA, book)
        model = _trained(folder, book)
        number = versions.served()
        served = None if number is None else versions.get(number)
        before = None if served is None else published_model(versions, served)
        yield Candidate(folder, Comparison(before, model, settings), served)


def publish(versions: Versions, one: Candidate, by: str, comment: str) -> Version:
    """Make a candidate the served version."""
    version = Version(
        versions.next_number(),
        clock.now().isoformat("T", "seconds"),
        by,
        comment,
        len(one.comparison.after.book.entries),
        one.comparison.after.book.fingerprint,
        one.sources,
        scores(one.comparison.gates),
    )
    versions.add(one.folder, version)
    versions.serve(version.number, by, "publish", comment)
    return version


def publish_again(
    number: int, by: str, action: str = "publish", versions: Versions | None = None
) -> Version:
    """The content of a version, made anew by this program, becomes the served version."""
    versions = versions or Versions()
    with versions.publishing(wait=True), _unfinished(versions) as folder:
        served = versions.served()
        if action == "publish" and served is not None and served != number:
            return versions.get(served)  # another server has done it meanwhile
        old = versions.get(number)
        book = load_book(versions.data(number))
        shutil.copytree(versions.data(number), folder / DATA)
        model = _trained(folder, book)
        new = replace(
            old,
            number=versions.next_number(),
            at=clock.now().isoformat("T", "seconds"),
            by=by,
            comment=f"版 {number} と同じ内容",
            book=model.book.fingerprint,
            sources=sources_fingerprint(model.book.fingerprint, folder / DATA),
        )
        versions.add(folder, new)
        versions.serve(new.number, by, action, new.comment)
    return new


def roll_back(versions: Versions, number: int | None, by: str, comment: str) -> Version:
    """Serve an earlier version again; None: the one that was served before this one."""
    version = versions.get(_before_last(versions) if number is None else number)
    if versions.is_outdated(version):
        return publish_again(version.number, by, "rollback", versions)
    versions.serve(version.number, by, "rollback", comment)
    return version


def published_model(versions: Versions, version: Version) -> FaqModel:
    """The model of a version, or, where this program cannot read it any more, of its content."""
    if not versions.is_outdated(version):
        return load_archive(versions.archive(version.number), THREADS)
    data = versions.data(version.number)
    return fit_model(load_book(data), data)


def _before_last(versions: Versions) -> int:
    history = [switch.version for switch in versions.history()]
    earlier = [number for number in history if number != history[-1]]
    if not earlier:
        raise PublishError("これより前に公開された版がないため、戻せません。")
    return earlier[-1]


@contextmanager
def _unfinished(versions: Versions) -> Iterator[Path]:
    folder = versions.unfinished()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # it has another name if it was published


def _copy(data: Path, target: Path, book: FaqBook) -> None:
    shutil.copytree(data, target)
    if load_book(target).fingerprint != book.fingerprint:
        raise PublishError(
            f"{data} の内容が、たったいま書き換えられました。"
            "編集が終わってから、もう一度実行してください。"
        )


def _trained(folder: Path, book: FaqBook) -> FaqModel:
    """Put the model of the folder's content beside it: the newest one, if it is that."""
    data = folder / DATA
    if is_stale(book, data=data):
        with tempfile.TemporaryDirectory(dir=folder) as made:
            _train(data, Path(made))
            newest_archive(Path(made)).replace(folder / ARCHIVE)
    else:
        shutil.copyfile(newest_archive(), folder / ARCHIVE)
    model = load_archive(folder / ARCHIVE, THREADS)
    if model.book.fingerprint != book.fingerprint:
        raise PublishError("学習したモデルの内容が違います。もう一度実行してください。")
    return model


def _train(data: Path, output: Path) -> None:
    """In a process of its own: Rasa's memory is given back when it ends."""
    command = [sys.executable, "-m", "bot.cli.main", "train"]
    command += ["--data", str(data), "--output", str(output)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL)
    if done.returncode:
        raise PublishError("学習できなかったため、公開を中止しました。")
