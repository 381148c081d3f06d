"""Drawings: a plot with two axes from 0, and the shapes in it.

A plot is 360 units wide, about the width of a phone, so that its letters are readable there;
on a wide page it grows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cli.html.markup import Markup, element

WIDTH, HEIGHT = 360, 280
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 38, 40  # the plot's frame, from the edges

Place = tuple[float, float]  # across and upwards, shares


@dataclass(frozen=True)
class Plot:
    """Shares, 0 to 1 across and 0 to `highest` upwards, with a mark every `step` upwards."""

    highest: float = 1.0
    step: float = 0.2

    def x(self, share: float) -> float:
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, share: float) -> float:
        return HEIGHT - BOTTOM - share / self.highest * (HEIGHT - BOTTOM - TOP)

    def frame(self, across: str, upwards: str) -> list[Markup]:
        """Grid, marks in percent and the names of both axes."""
        shapes: list[Markup] = []
        for number in range(round(self.highest / self.step) + 1):
            high = number * self.step
            shapes.append(self.line((0, high), (1, high), "grid"))
            shapes.append(label(LEFT - 6, self.y(high) + 4, f"{100 * high:.0f}%", "end"))
        for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
            x = self.x(share)
            shapes.append(label(x, HEIGHT - BOTTOM + 15, f"{100 * share:.0f}%", "middle"))
        return [
            *shapes,
            self.line((0, 0), (1, 0), "axis"),
            self.line((0, 0), (0, self.highest), "axis"),
            label(WIDTH - RIGHT, HEIGHT - 7, f"{across} →", "end", "name"),
            label(2, 13, f"↑ {upwards}", "start", "name"),
        ]

    def line(self, start: Place, end: Place, kind: str) -> Markup:
        (x1, y1), (x2, y2) = start, end
        return line(self.x(x1), self.y(y1), self.x(x2), self.y(y2), kind)

    def curve(self, places: Sequence[Place], kind: str) -> Markup:
        """Through all places; those that no eye could tell apart are drawn once."""
        drawn = dict.fromkeys(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in places)
        return element("polyline", points=" ".join(drawn), class_=kind)

    def bar(self, start: float, end: float, share: float, kind: str) -> Markup:
        """From `start` to `end` across, less a unit on both sides: neighbours stay apart."""
        width, top = self.x(end) - self.x(start) - 2, self.y(share)
        return rectangle(self.x(start) + 1, top, width, self.y(0) - top, kind)

    def circle(self, place: Place, kind: str) -> Markup:
        return element("circle", cx=self.x(place[0]), cy=self.y(place[1]), r=3.5, class_=kind)

    def diamond(self, place: Place, kind: str) -> Markup:
        x, y, r = self.x(place[0]), self.y(place[1]), 6
        corners = [(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
        points = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
        return element("polygon", points=points, class_=kind)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def rectangle(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    return element("rect", x=x, y=y, width=width, height=height, class_=kind)


def label(x: float, y: float, text: str, anchor: str = "start", kind: str = "tick") -> Markup:
    return element("text", text, x=x, y=y, text_anchor=anchor, class_=kind)


def drawing(title: str, *shapes: Markup) -> Markup:
    """A picture; a screen reader says `title` in its place."""
    return element(
        "svg",
        element("title", title),
        *shapes,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        class_="plot",
    )
