"""Tables with a caption, and headers of rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.cli.html.markup import Markup, element, joined

NUMBERS = "numbers"  # CSS class of a table whose cells are numbers, but for the first


def table(caption: str, head: Sequence[str], *bodies: Iterable[Markup], kind: str) -> Markup:
    """`bodies`: the rows of each part."""
    headers = [element("th", name, scope="col") for name in head]
    return element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *headers)),
        *(element("tbody", *rows) for rows in bodies),
        class_=kind,
    )


def row(name: str, *cells: str) -> Markup:
    return element("tr", element("th", name, scope="row"), *(element("td", cell) for cell in cells))


def part(name: str, columns: int) -> Markup:
    """A row that names the rows below it."""
    return element("tr", element("th", name, colspan=columns, scope="rowgroup"))


def breakable(parts: Sequence[str]) -> Markup:
    """A head that may be broken between its parts only."""
    first, *rest = parts
    return joined(first, *(joined(element("wbr"), part) for part in rest))


def scrolling(name: str, content: Markup) -> Markup:
    """Wider than a phone: it scrolls on its own, with the keyboard too."""
    return element("div", content, class_="scroll", tabindex=0, role="region", aria_label=name)
