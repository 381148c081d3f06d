"""From measured rounds to medians, a table and JSON."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from rich import box
from rich.table import Table

NOT_MEASURED = "–"


@dataclass(frozen=True, slots=True)
class Round:
    """One start of one bot. Seconds, MB (10^6 bytes), milliseconds; None is not measured.

    Where a bot is two processes, ready means that both are; `memory` is of the server alone.
    `cpu` is the processor time of a reply under load, of all processes: of all the timings
    the one that other work on the machine changes least.
    """

    ready: float
    first_reply: float
    memory: float | None
    memory_all: float | None
    memory_after_load: float | None
    reply_median: float
    reply_p95: float
    replies_per_second: float
    cpu: float | None
    right: float


@dataclass(frozen=True, slots=True)
class Measure:
    """A line of the table: a field of Round and how to show it."""

    field: str
    label: str
    better: Literal["lower", "higher", "neither"]
    digits: int = 0
    target: str = ""


MEASURES = (
    # Labels are short, so that the table fits 80 columns.
    Measure("ready", "ready after, s", "lower", 1, "< 8"),
    Measure("first_reply", "first reply after, s", "lower", 1),
    Measure("memory", "idle memory, server, MB", "lower", 0, "< 700"),
    Measure("memory_all", "idle memory, all, MB", "lower"),
    Measure("memory_after_load", "after load, all, MB", "lower"),
    Measure("reply_median", "reply, median, ms", "lower", 1, "< 20"),
    Measure("reply_p95", "reply, 95 % within, ms", "lower", 1),
    Measure("replies_per_second", "replies/s, {clients} clients", "higher", 0, "≥ 60"),
    Measure("cpu", "CPU of a reply, ms", "lower", 1),
    Measure("right", "right replies, %", "neither"),
)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0–1] of the values do not exceed.

    >>> percentile([5, 1, 4, 2, 3], 0.95), percentile([5, 1, 4, 2, 3], 0.4)
    (5, 2)
    """
    if not values:
        raise ValueError("a percentile of no values")
    if not 0 < share <= 1:
        raise ValueError(f"share is {share}, expected 0 < share <= 1")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def measured(rounds: Sequence[Round], field: str) -> list[float]:
    """The field's value of each round in which it was measured."""
    values = (getattr(r, field) for r in rounds)
    return [float(value) for value in values if value is not None]


def median(rounds: Sequence[Round], field: str) -> float | None:
    values = measured(rounds, field)
    return statistics.median(values) if values else None


def ratio(ours: float | None, theirs: float | None, better: str) -> float | None:
    """How many times better ours is; below 1 it is worse.

    >>> ratio(5.0, 20.0, "lower"), ratio(30.0, 15.0, "higher")
    (4.0, 2.0)
    """
    if not ours or not theirs or better == "neither":
        return None
    return theirs / ours if better == "lower" else ours / theirs


def cell(rounds: Sequence[Round], measure: Measure) -> str:
    """Median, and in brackets the lowest and highest round where there are several."""
    values = measured(rounds, measure.field)
    if not values:
        return NOT_MEASURED
    low, middle, high = (
        f"{v:.{measure.digits}f}" for v in (min(values), statistics.median(values), max(values))
    )
    return middle if len(values) == 1 else f"{middle} ({low}–{high})"


def table(rounds: Mapping[str, Sequence[Round]], clients: int) -> Table:
    """`rounds` holds two bots, ours first; the gain is how many times better ours is."""
    (our_name, ours), (their_name, theirs) = rounds.items()
    title = f"Serving: medians of {len(ours)} rounds (lowest–highest)"
    if len(ours) == 1:
        title = "Serving: one round"
    shown = Table(title=title, box=box.SIMPLE_HEAD, pad_edge=False)
    shown.add_column("", no_wrap=True)
    for name in (our_name, their_name, "gain", "target"):
        shown.add_column(name, justify="right")
    for measure in MEASURES:
        times = ratio(median(ours, measure.field), median(theirs, measure.field), measure.better)
        shown.add_row(
            measure.label.format(clients=clients),
            cell(ours, measure),
            cell(theirs, measure),
            f"{times:.1f} ×" if times else "",
            measure.target,
        )
    return shown


def as_dict(rounds: Mapping[str, Sequence[Round]], **about: Any) -> dict[str, Any]:
    """Everything measured, as plain data; `about` says where and how."""
    fields = [measure.field for measure in MEASURES]
    return {
        **about,
        "units": {"time": "s; reply_*: ms", "memory": "MB (10^6 bytes)", "right": "%"},
        "targets": {m.field: m.target for m in MEASURES if m.target},
        "medians": {name: {f: median(rs, f) for f in fields} for name, rs in rounds.items()},
        "rounds": {name: [asdict(r) for r in rs] for name, rs in rounds.items()},
    }
