"""HTML elements from function calls.  Whatever is not an element already is escaped."""

from __future__ import annotations

from html import escape

from bot.cli.visible import visible

_VOID = frozenset({"meta", "wbr"})


class Markup(str):
    """Finished HTML."""


def element(name: str, /, *children: str, **attributes: str | float) -> Markup:
    """`class_` means class, `aria_label` aria-label; numbers get at most two decimals.

    >>> element("p", "1 < 2", element("b", "!"), class_="note")
    '<p class="note">1 &lt; 2<b>!</b></p>'
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
    )
    if name in _VOID:
        return Markup(f"<{name}{given}>")
    return Markup(f"<{name}{given}>{joined(*children)}</{name}>")


def joined(*children: str) -> Markup:
    return Markup("".join(c if isinstance(c, Markup) else escape(visible(c)) for c in children))


def _attribute(value: str | float) -> str:
    if isinstance(value, str):
        return escape(visible(value))
    return f"{value:.2f}".rstrip("0").rstrip(".")
