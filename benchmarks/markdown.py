"""Tables as Markdown, for the README."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

NOT_MEASURED = "–"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lines without a break at the end.

    >>> print(table(["", "top-1"], [["ours", "98.1"]]))
    |  | top-1 |
    |---|---|
    | ours | 98.1 |
    """
    first, *others = (f"| {' | '.join(cells)} |" for cells in (header, *rows))
    return "\n".join([first, "|" + "---|" * len(header), *others])


def percent(share: float, digits: int = 1) -> str:
    """A share, 0–1, as a number of hundredths; a dash for nan.

    >>> percent(0.98064), percent(float("nan"))
    ('98.1', '–')
    """
    return NOT_MEASURED if isnan(share) else f"{100 * share:.{digits}f}"
