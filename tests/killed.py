"""Kill a piece of work at each of its steps on the disk, as a power cut would.

A step is what Python tells its audit hooks of: a file opened for writing, renamed, removed, a
folder made. The work runs in a forked process, which is killed right before one of them.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_EVENTS = frozenset(
    {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.copyfile", "os.chmod"}
)
_WRITING = os.O_WRONLY | os.O_RDWR


def steps_of(work: Callable[[], object], folder: Path) -> int:
    """How many steps `work` makes under `folder`; it is done."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    assert _run(_count, work, folder, theirs) == 0
    count = ours.recv()
    assert isinstance(count, int)
    return count


def kill_at(step: int, work: Callable[[], object], folder: Path) -> None:
    """Begin `work`, and kill it before this step; steps count from 0."""
    assert _run(_die, work, folder, step) == -signal.SIGKILL


def spread(count: int, points: int) -> list[int]:
    """`points` steps of `count`, the first and the last among them."""
    if count <= points:
        return list(range(count))
    return sorted({round(i * (count - 1) / (points - 1)) for i in range(points)})


def _run(target: Callable[..., None], *args: object) -> int | None:
    process = multiprocessing.get_context("fork").Process(target=target, args=args)
    process.start()
    process.join()
    return process.exitcode


def _count(work: Callable[[], object], folder: Path, told: Connection) -> None:
    seen = [0]

    def hook() -> None:
        seen[0] += 1

    _on_each_step(folder, hook)
    work()
    told.send(seen[0])


def _die(work: Callable[[], object], folder: Path, step: int) -> None:
    seen = [0]

    def hook() -> None:
        if seen[0] == step:
            os.kill(os.getpid(), signal.SIGKILL)
        seen[0] += 1

    _on_each_step(folder, hook)
    work()


def _on_each_step(folder: Path, hook: Callable[[], None]) -> None:
    inside = str(folder.resolve())

    def audit(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = args
            if not isinstance(flags, int) or not flags & _WRITING:
                return
        elif event in _EVENTS:
            path = args[0]
        else:
            return
        if isinstance(path, (str, os.PathLike)) and os.path.abspath(path).startswith(inside):
            hook()

    sys.addaudithook(audit)
