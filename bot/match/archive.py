"""Rasa model archives: find the one to use, see whether it is still true, read our part of it."""

from __future__ import annotations

import tarfile
import tempfile
import zlib
from pathlib import Path, PurePosixPath

from bot.errors import FaqBotError
from bot.faq.entry import FaqBook
from bot.match.model import BOOK_FILE, FaqModel
from bot.match.sources import DATA, SOURCES_FILE, sources_fingerprint
from bot.match.versions import Versions

MODELS = Path("models")


class NoModelError(FaqBotError):
    """There is no usable model; the message says how to make one."""


def newest_archive(models: Path = MODELS) -> Path:
    """The newest archive by time of change, as Rasa itself chooses."""
    archives = sorted(models.glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)
    if not archives:
        raise NoModelError(f"{models}/ にモデルがありません。先に faq train を実行してください。")
    return archives[-1]


def archive_to_serve(versions: Versions | None = None) -> Path:
    """The published one; before anything was published, the newest."""
    versions = versions or Versions()
    number = versions.served()
    return newest_archive() if number is None else versions.archive(number)


def is_stale(book: FaqBook, models: Path = MODELS, data: Path = DATA) -> bool:
    """True when there is no usable model, or the newest was made from something else than now;
    `data` is the folder of the book."""
    try:
        made_from = _files(newest_archive(models)).get(SOURCES_FILE)
    except NoModelError:
        return True
    now = sources_fingerprint(book.fingerprint, data)
    return made_from is None or made_from.decode() != now


def load_served(threads: int = 1) -> FaqModel:
    """The model that servers serve, as `load_archive` gives it."""
    return load_archive(archive_to_serve(), threads)


def load_newest(models: Path = MODELS, threads: int = 1) -> FaqModel:
    """The model that was trained last, as `load_archive` gives it."""
    return load_archive(newest_archive(models), threads)


def load_archive(archive: Path, threads: int = 1) -> FaqModel:
    """The model of an archive, without Rasa; `threads` encode texts side by side."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in _files(archive).items():
            (Path(folder) / name).write_bytes(content)
        return FaqModel.load(Path(folder), threads)


def check_archive(archive: Path) -> None:
    """Raises NoModelError for one that cannot be read."""
    _files(archive)


def _files(archive: Path) -> dict[str, bytes]:
    """Our files in `archive` by name: those beside book.json, which FaqModel.save wrote."""
    try:
        with tarfile.open(archive) as tar:
            files = {name: _read(tar, member) for name, member in _our_files(tar).items()}
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise NoModelError(
            f"{archive} を読み込めません（壊れています）。faq train を実行してください。"
        ) from error
    if not files:
        raise NoModelError(
            f"{archive} はこのボットのモデルではありません。faq train を実行してください。"
        )
    return files


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = tar.extractfile(member)
    assert stream is not None, "our files are plain files"
    return stream.read()


def _our_files(tar: tarfile.TarFile) -> dict[str, tarfile.TarInfo]:
    """The plain files beside book.json, by name: the folder that FaqModel.save wrote."""
    members = [(PurePosixPath(m.name), m) for m in tar.getmembers() if m.isfile()]
    ours = next((path.parent for path, _ in members if path.name == BOOK_FILE), None)
    return {path.name: member for path, member in members if path.parent == ours}
