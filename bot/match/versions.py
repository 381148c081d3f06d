"""The published versions: each a folder of its own, and one name for the one that is served.

```
models/versions/
  0001/  model.tar.gz  version.json  data/      as published, never changed again
  published.json                                which one is served, and how that came about
```

A version is made under another name and renamed when it is whole; `published.json` is replaced
as a whole.  So whoever looks, and whenever a publisher dies, finds complete versions and one
that is served.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from bot import clock
from bot.errors import FaqBotError
from bot.faq.files import BusyError, locked, replace_file, sync_folder
from bot.match.sources import sources_fingerprint

FOLDER = Path("models/versions")
ARCHIVE = "model.tar.gz"
DATA = "data"
_NOTE = "version.json"
_STATE = "published.json"
_UNFINISHED = ".next-"


class VersionError(FaqBotError):
    """There is no such version, or its files are damaged."""


@dataclass(frozen=True, slots=True)
class Version:
    """What was published: `at` in ISO 8601 (Japan), `book` the content's fingerprint, `sources`
    that of everything the model was made from, `scores` what the gates measured, by name."""

    number: int
    at: str
    by: str
    comment: str
    entries: int
    book: str
    sources: str
    scores: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Switch:
    """A version became the one that is served; `action`: "publish" or "rollback"."""

    version: int
    at: str
    by: str
    action: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Versions:
    """All versions under one folder, shared by every server that serves them."""

    folder: Path = FOLDER

    def all(self) -> tuple[Version, ...]:
        """In the order of their numbers; a damaged one is left out."""
        numbers = sorted(int(f.name) for f in self.folder.glob("[0-9]*") if f.name.isdigit())
        return tuple(v for number in numbers if (v := self._read(number)) is not None)

    def get(self, number: int) -> Version:
        version = self._read(number)
        if version is None:
            known = "、".join(str(one.number) for one in self.all()) or "まだありません"
            raise VersionError(f"版 {number} はありません（公開された版: {known}）。")
        return version

    def served(self) -> int | None:
        """The number of the version that servers serve; None before the first publication."""
        history = self.history()
        return history[-1].version if history else None

    def history(self) -> tuple[Switch, ...]:
        """What became the served version when, the newest last."""
        try:
            stored = json.loads((self.folder / _STATE).read_text("utf-8"))
            return tuple(Switch(**one) for one in stored["history"])
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise VersionError(
                f"{self.folder / _STATE} を読み込めません。バックアップから戻すか、"
                "消してから faq publish を実行してください。"
            ) from error

    def archive(self, number: int) -> Path:
        """The Rasa model of a version."""
        return self._of(number) / ARCHIVE

    def data(self, number: int) -> Path:
        """The content of a version, as its files were."""
        return self._of(number) / DATA

    def is_outdated(self, version: Version) -> bool:
        """Whether this program, its settings or its encoder are others than the version's."""
        return version.sources != sources_fingerprint(version.book, self.data(version.number))

    @contextmanager
    def unfinished(self) -> Iterator[Path]:
        """A folder for a version in the making; nothing stays of it unless it is added.

        Its maker may take his time: he keeps nobody from publishing or going back.  What a killed
        one left goes when the next comes.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            with locked(self.folder):
                self._sweep()
                folder = Path(tempfile.mkdtemp(dir=self.folder, prefix=_UNFINISHED))
                held.enter_context(locked(folder))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)  # it has another name if it was added

    def _sweep(self) -> None:
        for left in self.folder.glob(f"{_UNFINISHED}*"):
            with suppress(BusyError, FileNotFoundError), locked(left, wait=False):
                shutil.rmtree(left, ignore_errors=True)

    def publish(
        self, folder: Path, version: Version, switch: Switch, instead_of: object
    ) -> Version:
        """Make an unfinished folder, with the model and the content in it, the served version,
        under the next number, which `version` and `switch` need not have.

        Raises VersionError where another version is served than `instead_of` (None: none).
        """
        with locked(self.folder):
            if self.served() != instead_of:
                raise VersionError(
                    "確認しているあいだに、ほかの人が公開中の版を変えました。"
                    "faq versions で確かめ、もう一度実行してください。"
                )
            version = replace(version, number=self.next_number())
            self._add(folder, version)
            self._switch(replace(switch, version=version.number))
        return version

    def _add(self, folder: Path, version: Version) -> None:
        note = json.dumps(asdict(version), ensure_ascii=False, indent=2)
        replace_file(folder / _NOTE, note.encode("utf-8"))
        folder.chmod(0o755)
        sync_folder(folder)
        folder.rename(self._of(version.number))
        sync_folder(self.folder)

    def next_number(self) -> int:
        """One that no folder has, damaged ones included."""
        numbers = (int(f.name) for f in self.folder.glob("[0-9]*") if f.name.isdigit())
        return max(numbers, default=0) + 1

    def serve(self, number: int, by: str, action: str, comment: str = "") -> None:
        """Make a version the one that servers serve from now on."""
        with locked(self.folder):
            self._switch(Switch(number, now(), by, action, comment))

    def _switch(self, switch: Switch) -> None:
        history = [asdict(one) for one in (*self.history(), switch)]
        state = json.dumps({"history": history}, ensure_ascii=False, indent=2)
        replace_file(self.folder / _STATE, state.encode("utf-8"))

    def _read(self, number: int) -> Version | None:
        folder = self._of(number)
        try:
            version = Version(**json.loads((folder / _NOTE).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return version if (folder / ARCHIVE).is_file() else None

    def _of(self, number: int) -> Path:
        return self.folder / f"{number:04}"


def now() -> str:
    """The moment in Japan, ISO 8601, to the millisecond."""
    return clock.now().isoformat("T", "milliseconds")
