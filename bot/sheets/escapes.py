"""Marks that mean something in a cell, and the same marks meant as text.

A backslash before a mark makes it text. Only where a mark stands are backslashes doubled, so that
what people write stays as they wrote it, and every text comes back exactly.
"""

from __future__ import annotations

import re

# What a spreadsheet takes for the beginning of a formula, in both widths.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_BREAK = re.compile(r"(\\*)\n")
_LETTER_N = re.compile(r"(\\+)n")
_SEPARATOR = re.compile(r"(\\*)([=＝]|$)")


def guarded(text: str) -> str:
    """`text` with an apostrophe before what would be a formula in a CSV file.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'90年代")
    ("'=1+1", "''=1+1", "'90年代")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def one_line(text: str) -> str:
    r"""`text` with its line breaks written `\n`.

    >>> print(one_line("一行目\n二行目"), one_line(r"C:\new"))
    一行目\n二行目 C:\\new
    """
    doubled = _LETTER_N.sub(lambda found: found[1] * 2 + "n", text)
    return _BREAK.sub(lambda found: found[1] * 2 + "\\n", doubled)


def many_lines(line: str) -> str:
    r"""What `one_line` was given.

    >>> print(many_lines(r"一行目\n二行目"))
    一行目
    二行目
    """
    return _LETTER_N.sub(_unescaped_n, line)


def join_pair(name: str, value: str | None) -> str:
    r"""`name＝value`, or the name alone.

    >>> print(join_pair("区分", "一般"), join_pair("氏名", None), join_pair("a=b", "c"))
    区分＝一般 氏名 a\=b＝c
    """
    escaped = _SEPARATOR.sub(lambda m: m[1] * 2 + (f"\\{m[2]}" if m[2] else ""), name)
    return escaped if value is None else f"{escaped}＝{value}"


def split_pair(text: str) -> tuple[str, str | None]:
    """What `join_pair` was given; a half-width sign divides as well."""
    name = ""
    at = 0
    for found in _SEPARATOR.finditer(text):
        count = len(found[1])
        name += text[at : found.start()] + "\\" * (count // 2)
        at = found.end()
        if not found[2]:
            return name + "\\" * (count % 2), None
        if count % 2 == 0:
            return name, text[at:]
        name += found[2]
    return name, None


def _unescaped_n(found: re.Match[str]) -> str:
    count = len(found[1])
    return "\\" * (count // 2) + ("\n" if count % 2 else "n")
