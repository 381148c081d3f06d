"""Speed and memory of the served bot, beside a stock Rasa bot in the same run.

``make bench``, or ``.venv/bin/python benchmarks/chat.py --quick``. Both bots are made from
the same content in build/bench/ (trained once, until something changes) and started anew in
every round, one after the other. It measures and does not judge: the exit status is 0 unless
something broke.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # `python benchmarks/chat.py` knows only its own folder

from rich.console import Console  # noqa: E402

from benchmarks import load, report  # noqa: E402
from benchmarks.bots import Bot, FaqBot, Question, StockBot, questions  # noqa: E402
from benchmarks.processes import PROC, BenchmarkError, running  # noqa: E402
from bot.errors import FaqBotError  # noqa: E402
from bot.faq.load import load_book  # noqa: E402

BUILD = ROOT / "build" / "bench"
RESULT = BUILD / "chat.json"
BUSY = 0.3  # load average from which on timings mean little

console = Console(stderr=True, highlight=False)


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure; seconds where not said."""

    rounds: int
    settle: float = 3.0  # between the first reply and reading the idle memory
    warm_up: int = 20  # replies before the timed ones
    replies: int = 100  # replies timed one by one
    clients: int = 8
    load: float = 8.0  # of all clients at once


def main(arguments: Sequence[str] | None = None) -> int:
    options = parse(arguments)
    effort = Effort(options.rounds)
    if options.quick:
        effort = Effort(1, settle=1.0, warm_up=5, replies=30, load=3.0)
    # The servers have to be ended however this one ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        measure(effort)
    except (BenchmarkError, FaqBotError) as error:
        console.print(str(error), markup=False)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="starts of each bot (default: 3)")
    parser.add_argument("--quick", action="store_true", help="one short round, for a first look")
    options = parser.parse_args(arguments)
    if options.rounds < 1:
        parser.error("--rounds: at least 1")
    return options


def measure(effort: Effort) -> None:
    """Measure both bots, print the table and write the JSON."""
    machine = about_machine()
    book = load_book(ROOT / "data")
    asked = questions(book)
    if not asked:
        raise BenchmarkError("data/faq.yml has no entry with a contact to ask for")
    bots: list[Bot] = [
        FaqBot(ROOT, BUILD / "ours"),
        StockBot(book, ROOT / "data/vocabulary.csv", BUILD / "stock"),
    ]
    for bot in bots:
        prepare(bot)
    rounds: dict[str, list[report.Round]] = {bot.name: [] for bot in bots}
    for number in range(effort.rounds):
        # The order changes, so that neither bot always runs on the warmer machine.
        for bot in bots if number % 2 == 0 else reversed(bots):
            console.print(f"round {number + 1} of {effort.rounds}: {bot.name} …")
            rounds[bot.name].append(one_round(bot, asked, effort))
    Console().print(report.table(rounds, effort.clients))
    result = report.as_dict(rounds, machine=machine, clients=effort.clients)
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")
    console.print(f"written: {RESULT.relative_to(ROOT)}")


def prepare(bot: Bot) -> None:
    bot.folder.mkdir(parents=True, exist_ok=True)
    console.print(f"training {bot.name}, unless its model is still true …")
    started = time.perf_counter()
    bot.prepare()
    console.print(f"  {time.perf_counter() - started:.0f} s")


def one_round(bot: Bot, asked: Sequence[Question], effort: Effort) -> report.Round:
    """Start the bot, measure everything once, end it."""
    with running(bot.commands(), bot.folder) as servers:
        for server in servers:
            server.wait_until_ready()
        started = min(server.started for server in servers)
        ready = time.perf_counter() - started
        port = servers[0].command.port
        load.one_by_one(bot, port, asked, warm_up=0, count=1)
        first_reply = time.perf_counter() - started
        time.sleep(effort.settle)
        memory = [server.memory() for server in servers]
        single = load.one_by_one(bot, port, asked, effort.warm_up, effort.replies)
        cpu_before = total([server.cpu() for server in servers])
        together = load.at_once(bot, port, asked, effort.clients, effort.load)
        cpu_after = total([server.cpu() for server in servers])
        memory_after = [server.memory() for server in servers]
    replies = (*single, *together.replies)
    times = [reply.seconds * 1000 for reply in single]
    return report.Round(
        ready=ready,
        first_reply=first_reply,
        memory=memory[0],
        memory_all=total(memory),
        memory_after_load=total(memory_after),
        reply_median=statistics.median(times),
        reply_p95=report.percentile(times, 0.95),
        replies_per_second=together.per_second,
        cpu=cpu_of_a_reply(cpu_before, cpu_after, len(together.replies)),
        right=100 * sum(reply.right for reply in replies) / len(replies),
    )


def cpu_of_a_reply(before: float | None, after: float | None, replies: int) -> float | None:
    """In milliseconds, from processor seconds before and after that many replies."""
    return None if before is None or after is None else (after - before) * 1000 / replies


def total(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def about_machine() -> dict[str, object]:
    """Where it was measured; says what makes the numbers less than they seem."""
    busy = os.getloadavg()[0]
    if busy > BUSY:
        console.print(f"the machine is busy (load {busy:.1f}): the timings will be too high")
    if not (PROC / "self").exists():
        console.print("memory and CPU time are read from /proc, which this system lacks")
    return {
        "taken": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
        "load_before": round(busy, 2),
    }


if __name__ == "__main__":
    sys.exit(main())
