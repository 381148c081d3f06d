"""The report's pictures; a table beside each says the same in numbers."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from bot.cli.html.bars import bar
from bot.cli.html.markup import Markup
from bot.cli.html.svg import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    drawing,
    label,
    line,
    rectangle,
)
from bot.cli.usage_report.words import MEASURES, number
from bot.review.counts import Counts

# What became of a question, from the foot of a column upwards, and its CSS class.
OUTCOMES = {
    "answered": "right",
    "taken": "offered",
    "picked": "picked",
    "left": "misled",
    "unanswered": "silent",
}
VERDICTS = {"helpful": "right", "unhelpful": "misled"}
MARKS = 5  # at most, upwards, above 0
GAP = 0.2  # between columns, of a column's room
LETTER = 7  # units, a digit's width and a little more


@dataclass(frozen=True)
class Scale:
    """Numbers from 0 to `highest` upwards, with a mark every `step`."""

    highest: int
    step: int

    @classmethod
    def up_to(cls, most: int) -> Scale:
        """Just high enough, with few round marks.

        >>> Scale.up_to(0), Scale.up_to(7), Scale.up_to(1234)
        (Scale(highest=1, step=1), Scale(highest=8, step=2), Scale(highest=1500, step=500))
        """
        step = next(s for s in _steps() if s * MARKS >= most)
        return cls(max(1, ceil(most / step)) * step, step)

    def y(self, count: float) -> float:
        return HEIGHT - BOTTOM - count / self.highest * (HEIGHT - BOTTOM - TOP)


def _steps() -> Iterator[int]:
    return (digit * 10**zeros for zeros in itertools.count() for digit in (1, 2, 5))


def columns_chart(title: str, across: str, columns: Mapping[str, Counts]) -> Markup:
    """A column of questions for each name, its parts what became of them."""
    scale = Scale.up_to(max((counts.asked for counts in columns.values()), default=0))
    room = (WIDTH - LEFT - RIGHT) / max(1, len(columns))
    shared = ceil(LETTER * (1 + max(map(len, columns), default=0)) / room)
    shapes = _frame(scale, across)
    for place, (name, counts) in enumerate(columns.items()):
        left = LEFT + place * room
        shapes += _column(scale, left + room * GAP / 2, room * (1 - GAP), counts)
        if place % shared == 0:  # as many names as there is room for
            shapes.append(label(left + room / 2, HEIGHT - BOTTOM + 15, name, "middle"))
    return drawing(title, *shapes)


def _frame(scale: Scale, across: str) -> list[Markup]:
    shapes: list[Markup] = []
    for mark in range(0, scale.highest + 1, scale.step):
        y = scale.y(mark)
        shapes.append(line(LEFT, y, WIDTH - RIGHT, y, "grid" if mark else "axis"))
        shapes.append(label(LEFT - 6, y + 4, number(mark), "end"))
    return [
        *shapes,
        label(WIDTH - RIGHT, HEIGHT - 7, f"{across} →", "end", "name"),
        label(2, 13, f"↑ {MEASURES['asked']}の数", "start", "name"),
    ]


def _column(scale: Scale, left: float, width: float, counts: Counts) -> list[Markup]:
    shapes, below = [], 0
    for outcome, kind in OUTCOMES.items():
        count = getattr(counts, outcome)
        if count:
            top, foot = scale.y(below + count), scale.y(below)
            shapes.append(rectangle(left, top, width, foot - top, f"part {kind}"))
        below += count
    return shapes


def verdict_bar(counts: Counts) -> Markup:
    """One bar of all answers of which somebody said whether they helped."""
    return bar((kind, getattr(counts, name)) for name, kind in VERDICTS.items())
