"""Start servers, wait until they answer, read their memory, end them."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
PROC = Path("/proc")
READY_WITHIN = 180.0  # seconds; TensorFlow on a busy machine takes long to import
POLL_EVERY = 0.05  # seconds: how exactly start-up is timed
END_WITHIN = 20.0  # seconds after SIGTERM
LOG_TAIL = 3000  # characters of a log shown when something broke


class BenchmarkError(Exception):
    """Something broke, so that there is nothing to measure."""


@dataclass(frozen=True, slots=True)
class Command:
    """How a server is started, and the path that answers 200 once it is ready."""

    name: str
    arguments: tuple[str, ...]
    port: int
    ready_path: str
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Server:
    """A running process; `started` is in seconds of `time.perf_counter`."""

    command: Command
    process: subprocess.Popen[bytes]
    log: Path
    started: float

    def is_ready(self) -> bool:
        if self.process.poll() is not None:
            raise BenchmarkError(f"{self.command.name} ended by itself:\n{self._log_tail()}")
        try:
            return http_status(self.command.port, self.command.ready_path) == 200
        except (OSError, http.client.HTTPException):
            return False

    def wait_until_ready(self) -> None:
        while not self.is_ready():
            if time.perf_counter() - self.started > READY_WITHIN:
                raise BenchmarkError(
                    f"{self.command.name} was not ready in {READY_WITHIN:.0f} s:\n{self._log_tail()}"
                )
            time.sleep(POLL_EVERY)

    def memory(self) -> float | None:
        """Resident memory of the process and its descendants in MB (10^6 bytes)."""
        return tree_memory(self.process.pid)

    def cpu(self) -> float | None:
        """Processor time used so far by the process and its descendants, in seconds."""
        return tree_cpu(self.process.pid)

    def end(self) -> None:
        """Ask it to end; what is left of its own process group is killed."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.terminate()
            self.process.wait(END_WITHIN)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _log_tail(self) -> str:
        return f"{self.log.read_text('utf-8', 'replace')[-LOG_TAIL:]}\n(from {self.log})"


@contextlib.contextmanager
def running(commands: Sequence[Command], folder: Path) -> Iterator[list[Server]]:
    """The servers, started at the same time in `folder`; ended whatever happens."""
    servers: list[Server] = []
    try:
        for command in commands:
            servers.append(start(command, folder))
        yield servers
    finally:
        for server in reversed(servers):
            server.end()


def start(command: Command, folder: Path) -> Server:
    log = folder / f"{command.name.replace(' ', '-')}.log"
    with log.open("wb") as stream:
        started = time.perf_counter()
        process = subprocess.Popen(
            command.arguments,
            cwd=folder,
            env={**os.environ, **command.environment},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,  # a process group of its own, which `end` can end as one
        )
    return Server(command, process, log, started)


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody listens on, each another one."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((HOST, 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def http_status(port: int, path: str) -> int:
    """Raises OSError or HTTPException while nobody answers."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def tree_memory(pid: int, proc: Path = PROC) -> float | None:
    """Resident memory of `pid` and its descendants in MB; None without Linux' /proc.

    Pages that two of them share count twice, as they do in top.
    """
    statuses = tree_files(pid, "status", proc)
    if statuses is None:
        return None
    # The kernel says kB and means KiB.
    return sum((status_number(status, "VmRSS") or 0) * 1024 / 1e6 for status in statuses)


def tree_cpu(pid: int, proc: Path = PROC) -> float | None:
    """Processor time of `pid` and its descendants in seconds; None without Linux' /proc."""
    stats = tree_files(pid, "stat", proc)
    return None if stats is None else sum(map(stat_ticks, stats)) / os.sysconf("SC_CLK_TCK")


def tree_files(pid: int, name: str, proc: Path) -> list[str] | None:
    """The file `name` in /proc of `pid` and each descendant; None where there is no /proc."""
    if not (proc / "self").exists():
        return None
    parents: dict[int, int] = {}
    texts: dict[int, str] = {}
    for folder in proc.iterdir():
        if folder.name.isdecimal():
            with contextlib.suppress(OSError):  # it ended just now
                status = (folder / "status").read_text("utf-8", "replace")
                texts[int(folder.name)] = (folder / name).read_text("utf-8", "replace")
                parents[int(folder.name)] = status_number(status, "PPid") or 0
    return [texts[member] for member in descendants(pid, parents) if member in texts]


def stat_ticks(stat: str) -> int:
    """Clock ticks in user and kernel mode from a /proc/<pid>/stat.

    >>> stat_ticks("7 (a b) c) S 1 7 7 0 -1 0 0 0 0 0 25 5 0 0 20 0 1 0 9 0 0")
    30
    """
    behind_name = stat.rpartition(")")[2].split()  # a name may hold blanks and brackets
    return int(behind_name[11]) + int(behind_name[12])


def status_number(status: str, key: str) -> int | None:
    """The number behind `key` in a /proc/<pid>/status.

    >>> status_number("Name:\\tfaq\\nPPid:\\t1\\nVmRSS:\\t  2048 kB\\n", "VmRSS")
    2048
    """
    for line in status.splitlines():
        name, _, value = line.partition(":")
        if name == key:
            return int(value.split()[0])
    return None


def descendants(pid: int, parents: Mapping[int, int]) -> set[int]:
    """`pid` and all below it, from a map of process → parent.

    >>> sorted(descendants(10, {10: 1, 11: 10, 12: 11, 13: 1}))
    [10, 11, 12]
    """
    found = {pid}
    while True:
        more = {child for child, parent in parents.items() if parent in found} - found
        if not more:
            return found
        found |= more
