"""Bars as wide as the style sheet says, of parts with a meaning; CSS classes name the parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.cli.html.markup import Markup, element
from bot.cli.html.svg import rectangle

WIDTH, HEIGHT = 100, 9


def bar(parts: Iterable[tuple[str, int]]) -> Markup:
    """One bar of all that is counted; the numbers stand beside it, so a screen reader skips it."""
    counted = [(kind, count) for kind, count in parts if count]
    whole, start, shapes = sum(count for _, count in counted), 0.0, []
    for kind, count in counted:
        width = WIDTH * count / whole
        shapes.append(rectangle(start, 0, width, HEIGHT, kind))
        start += width
    return _drawn("bar", *shapes)


def key(meanings: Mapping[str, str]) -> Markup:
    """What the parts of bars mean, by CSS class."""
    swatches = {kind: _drawn("swatch", rectangle(0, 0, WIDTH, HEIGHT, kind)) for kind in meanings}
    items = [element("li", swatches[kind], words) for kind, words in meanings.items()]
    return element("ul", *items, class_="key")


def _drawn(kind: str, *shapes: Markup) -> Markup:
    return element(
        "svg",
        *shapes,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        preserveAspectRatio="none",
        aria_hidden="true",
        class_=kind,
    )
