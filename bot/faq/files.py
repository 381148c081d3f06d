"""A file is replaced whole or not at all, and by one at a time."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import FaqBotError

_PREFIX = ".faq-"  # hidden, and not *.yml: nothing that reads the folder takes it for content


def replace_file(file: Path, content: bytes) -> None:
    """Whoever reads `file`, whenever this process dies, finds the old or the new content.

    The new content is on the disk before the name points to it; the file's mode stays.
    """
    file = file.resolve()  # of a link, what it leads to
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=_PREFIX)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fchmod(stream.fileno(), _mode(file))
            os.fsync(stream.fileno())
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Names in `folder` are on the disk when this returns."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class BusyError(FaqBotError):
    """Somebody else is at it."""


@contextmanager
def locked(folder: Path, wait: bool = True) -> Iterator[None]:
    """Nobody else is in here for the same folder; the lock ends with the process.

    Raises BusyError where somebody is, unless it may `wait` for him.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        _sweep(folder)
        yield
    except BlockingIOError as error:
        raise BusyError(
            "ほかの人が同じ作業をしています。終わってから、もう一度実行してください。"
        ) from error
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    """What a process that was killed left behind."""
    for file in folder.glob(f"{_PREFIX}*"):
        file.unlink(missing_ok=True)


def _mode(file: Path) -> int:
    try:
        return file.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
