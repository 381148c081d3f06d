"""Search files for a number, however it is spelled."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.text.digits import Classes

_CLASSES = Classes()
_RUN = re.compile(r"[0-9a-j](?:[-_ ]{0,8}[0-9a-j])*")
_PLAIN = str.maketrans("abcdefghij", "0123456789", "-_ ")
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}")


def traces(folder: Path, numbers: Sequence[str], since: float) -> list[str]:
    """The files that were written since then and hold one of these numbers."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() or not file.is_file() or file.stat().st_mtime < since:
            continue
        content = file.read_bytes().decode(errors="replace")
        runs = list(_runs(content)) + list(_runs(_unescaped(content)))
        found += [f"{file.name}: {n}" for n in numbers if any(n in run for run in runs)]
    return found


def _runs(text: str) -> Iterator[str]:
    for run in _RUN.finditer(text.translate(_CLASSES)):
        yield run[0].translate(_PLAIN)


def _unescaped(text: str) -> str:
    """JSON that is kept in a database or a log."""
    return _ESCAPE.sub(lambda escape: str(json.loads(f'"{escape[0]}"')), text)
