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
from bot.faq.load import FILES, load_book
from bot.match.archive import NoModelError, check_archive, is_stale, load_archive, newest_archive
from bot.match.fitting import fit_model
from bot.match.model import FaqModel
from bot.match.sources import DATA as EDITED
from bot.match.sources import DATA_FILES, sources_fingerprint
from bot.match.versions import ARCHIVE, DATA, Switch, Version, VersionError, Versions, now
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
    sources: str
    comparison: Comparison
    number: int | None
    served: Version | None

    @property
    def is_new(self) -> bool:
        """Whether it differs from the served version in anything."""
        return self.served is None or self.sources != self.served.sources

    @property
    def is_blind(self) -> bool:
        """Whether there is a served version, which cannot be read."""
        return self.number is not None and self.served is None

    @property
    def failed(self) -> list[Gate]:
        return [gate for gate in self.comparison.gates if not gate.is_passed]


@contextmanager
def candidate(versions: Versions, data: Path = EDITED) -> Iterator[Candidate]:
    """The edited content as a version that is not published yet; nothing stays of it if it is not.

    Raises FaqError for faulty content, SettingsError for a publish.yml that cannot be used.
    """
    book = load_book(data)
    settings = Settings.load()
    number = versions.served()
    with versions.unfinished() as folder:
        _copy(data, folder / DATA, book)
        sources = sources_fingerprint(book.fingerprint, folder / DATA)
        model = _trained(folder, book)
        served, before = _served(versions, number)
        yield Candidate(folder, sources, Comparison(before, model, settings), number, served)


def publish(versions: Versions, one: Candidate, by: str, comment: str) -> Version:
    """Make a candidate the served version; VersionError where somebody was faster."""
    book = one.comparison.after.book
    version = Version(
        0,
        now(),
        by,
        comment,
        len(book.entries),
        book.fingerprint,
        one.sources,
        scores(one.comparison.gates),
    )
    switch = Switch(0, version.at, by, "publish", comment)
    return versions.publish(one.folder, version, switch, instead_of=one.number)


def publish_again(
    number: int, by: str, action: str = "publish", versions: Versions | None = None
) -> Version:
    """The content of a version, made anew by this program, becomes the served version."""
    versions = versions or Versions()
    before = versions.served()
    with versions.unfinished() as folder:
        old = versions.get(number)
        book = load_book(versions.data(number))
        shutil.copytree(versions.data(number), folder / DATA)
        _trained(folder, book)
        comment = f"版 {number} と同じ内容"
        sources = sources_fingerprint(book.fingerprint, folder / DATA)
        new = replace(old, at=now(), by=by, comment=comment, book=book.fingerprint, sources=sources)
        switch = Switch(0, new.at, by, action, comment)
        try:
            return versions.publish(folder, new, switch, instead_of=before)
        except VersionError:
            served = versions.served()
            if action != "publish" or served is None:
                raise
            return versions.get(served)  # another server has done it meanwhile


def roll_back(versions: Versions, number: int | None, by: str, comment: str) -> Version:
    """Serve an earlier version again; None: the one that was served before this one."""
    version = versions.get(_before_last(versions) if number is None else number)
    if versions.is_outdated(version) or not is_readable(versions.archive(version.number)):
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
    there = {version.number for version in versions.all()}
    earlier = [number for number in history if number != history[-1] and number in there]
    if not earlier:
        raise PublishError("これより前に公開された版がないため、戻せません。")
    return earlier[-1]


def is_readable(archive: Path) -> bool:
    """Whether the archive is whole."""
    try:
        check_archive(archive)
    except NoModelError:
        return False
    return True


def _served(versions: Versions, number: int | None) -> tuple[Version | None, FaqModel | None]:
    """The served version and its model; neither where there is none or it cannot be read: good
    content takes its place all the same."""
    if number is None:
        return None, None
    try:
        version = versions.get(number)
        return version, published_model(versions, version)
    except FaqBotError:
        return None, None


def _copy(data: Path, target: Path, book: FaqBook) -> None:
    """The files that training reads, and nothing that an editor left beside them."""
    target.mkdir()
    for name in (*FILES.values(), *DATA_FILES):
        if (data / name).is_file():
            shutil.copyfile(data / name, target / name)
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
