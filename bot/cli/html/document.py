"""A report as one HTML file: no script, and nothing from outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.cli.html.markup import Markup, element
from bot.cli.html.style import CSS

# The browser itself refuses to load or run anything, whatever stands in a question.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True)
class Section:
    """`name`: its id, for the links of the contents."""

    name: str
    title: str
    content: Markup


@dataclass(frozen=True)
class Tile:
    """One figure that stands out: `notes` in small letters below its `value`."""

    label: str
    value: str
    notes: tuple[str, ...]


def document(title: str, header: Markup, sections: Sequence[Section], css: str = CSS) -> str:
    contents = element("nav", element("ul", *map(_link, sections)), aria_label="目次")
    main = element("main", *map(_section, sections))
    body = element("body", header, contents, main)
    return "<!DOCTYPE html>\n" + element("html", _head(title, css), body, lang="ja")


def tiles(shown: Iterable[Tile]) -> Markup:
    return element("dl", *map(_tile, shown), class_="tiles")


def chart(picture: Markup, note: str, numbers: Markup) -> Markup:
    """A picture with what it shows, and the same in numbers beside it or below."""
    figure = element("figure", picture, element("figcaption", note, class_="about"))
    return element("div", figure, element("div", numbers), class_="charts")


def _head(title: str, css: str) -> Markup:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("title", title),
        element("style", Markup(css)),
    )


def _link(section: Section) -> Markup:
    return element("li", element("a", section.title, href=f"#{section.name}"))


def _section(section: Section) -> Markup:
    return element("section", element("h2", section.title), section.content, id=section.name)


def _tile(tile: Tile) -> Markup:
    notes = [element("span", note) for note in tile.notes]
    return element(
        "div",
        element("dt", tile.label),
        element("dd", tile.value, class_="value"),
        element("dd", *notes, class_="range"),
    )
