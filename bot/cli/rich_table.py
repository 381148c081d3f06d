"""A table in the terminal, as all commands show one."""

from __future__ import annotations

from rich import box
from rich.table import Table


def rich_table(title: str, first: str, *others: str) -> Table:
    """`first` holds names, the other columns numbers."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        padding=(0, 1, 0, 0),
    )
    table.add_column(first, overflow="fold")
    for name in others:
        table.add_column(name, justify="right", vertical="bottom")
    return table
