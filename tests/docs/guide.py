"""The staff's guide as steps: what it tells its reader to do, and what he should see then.

A page is read from top to bottom:

- ```` ```sh ````: commands, one a line; ```` ```text ```` behind them: what the last one shows
- ```` ```yaml ```` below ``<!-- append: FILE -->``: goes to the end of the file
- ```` ```text ```` below ``<!-- cell: FILE ENTRY HEADING -->``: one more line in that cell
- ``> **question**``, then ``> answer``: asked in the chat
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs/ja"
STAFF = FOLDER / "staff.md"
PAGES = (STAFF, FOLDER / "agents.md", FOLDER / "privacy.md")
LEFT_OUT = "…"  # alone on a line: any lines; behind an answer: it goes on

_STEP = re.compile(
    r"^(?:<!-- (?P<note>.+) -->\n)?```(?P<kind>\w+)\n(?P<text>(?:.*\n)*?)```$"
    r"|^> \*\*(?P<question>.+)\*\*\n>\n(?P<answer>(?:> .+\n)+)",
    re.M,
)
# What the reader types, behind what he is asked.
_TYPED = re.compile(r"^(?P<prompt>.*\[y/N\] |> )(?P<typed>\S+)$", re.M)


@dataclass(slots=True)
class Run:
    """A command; `shown`: what the guide says that it shows, "" where it says nothing."""

    command: str
    shown: str = ""

    @property
    def words(self) -> list[str]:
        return shlex.split(self.command)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Prompts, and what the reader answers."""
        return [(found["prompt"], found["typed"]) for found in _TYPED.finditer(self.shown)]


@dataclass(frozen=True, slots=True)
class Append:
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Fill:
    """A line for the cell of an entry's row below a heading."""

    file: str
    entry: str
    heading: str
    line: str


@dataclass(frozen=True, slots=True)
class Ask:
    question: str
    answer: str


Step = Run | Append | Fill | Ask


def steps(page: Path) -> list[Step]:
    """In the order of the page."""
    done: list[Step] = []
    for found in _STEP.finditer(page.read_text("utf-8")):
        if found["kind"] == "text" and not found["note"]:
            run = done[-1]
            assert isinstance(run, Run), f"no command shows {found['text']!r}"
            run.shown += found["text"]
        elif found["kind"] != "crontab":
            done += _steps(found)
    return done


def _steps(found: re.Match[str]) -> Iterator[Step]:
    if found["question"]:
        yield Ask(found["question"], found["answer"].replace("> ", "").strip())
    elif found["kind"] == "sh":
        yield from map(Run, found["text"].splitlines())
    else:
        what, _, where = found["note"].partition(": ")
        yield Append(where, found["text"]) if what == "append" else _fill(where, found["text"])


def _fill(where: str, text: str) -> Fill:
    file, entry, heading = where.split()
    return Fill(file, entry, heading, text.strip())


# ---- What was shown, and what should have been

_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r(?=\n)")
_CHANGING = (
    (re.compile(r"[0-9]{8}-[0-9]{6}-[\w-]+(?=\.tar\.gz)"), "model"),
    (re.compile(r"\b[0-9a-f]{12}\b"), "fingerprint"),
    (re.compile(r"(?<!版 )(?<![\w/])[0-9][0-9.,]*"), "0"),
    (re.compile(r"(?<=:)[0-9]+|(?<=0/)[0-9]+"), "0"),
)


def matches(expected: str, shown: str) -> bool:
    r"""Whether somebody saw what the guide says, but for numbers, dates and names of models; the
    numbers of versions count.

    >>> matches("版 2\n…\n合格 3/4（75.0%）\n", "版 2\n\n注意\n合格 309/310（99.7%）\n")
    True
    >>> matches("版 2\n", "版 3\n"), matches("合格\n", "注意\n合格\n")
    (False, False)
    """
    parts = [
        "(?:.*\n)*?" if line.strip() == LEFT_OUT else re.escape(line) + "\n"
        for line in lines(expected)
    ]
    return re.fullmatch("".join(parts), "\n".join([*lines(shown), ""])) is not None


def lines(text: str) -> list[str]:
    """Without empty ones, and without what differs each time."""
    text = _ESCAPE.sub("", text)
    for changing, instead in _CHANGING:
        text = changing.sub(instead, text)
    return [line.rstrip() for line in text.splitlines() if line.strip()]
