"""The encoder and the matcher on public data, beside published figures.

``.venv/bin/python -m benchmarks.public --data FOLDER`` in the project's folder, after `faq train`.
The data is no part of the project; what is not in its folder is left out, and said. Published
figures are of the same task and data, with where they stand if that is known.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks import clinc150, markdown, public_data, public_tasks
from benchmarks.folders import BUILD
from benchmarks.public_tasks import Row
from bot.errors import FaqBotError
from bot.match.archive import load_newest
from bot.match.encoder import Encoder, OnnxEncoder

ENCODER = Path("models/encoder")
THREADS = 2

console = Console(stderr=True, highlight=False)


def jsts(data: Path) -> list[Row]:
    published = "multilingual-e5-small 78.92 · ruri-v3-30m 81.95 · ruri-v3-310m 84.31 (JMTEB v2)"
    pairs = public_data.jsts(data / "jsts")
    return public_tasks.similarity("JSTS valid", pairs, shipped(), published)


def jsick(data: Path) -> list[Row]:
    published = "multilingual-e5-small 82.00 · ruri-v3-30m 81.62 · GLuCoSE-v2 84.96"
    pairs = public_data.jsick(data / "jsick")
    return public_tasks.similarity("JSICK test", pairs, shipped(), published)


def jsquad(data: Path) -> list[Row]:
    published = "multilingual-e5-small 84.04 · multilingual-e5-large 86.49 · JaColBERTv2 92.08"
    passages = public_data.jsquad(data / "jsquad")
    return public_tasks.retrieval("JSQuAD valid", passages, shipped(), published)


def jaquad(data: Path) -> list[Row]:
    passages = public_data.jaquad(data / "jaquad")
    return public_tasks.retrieval("JaQuAD dev", passages, shipped())


def trivia(data: Path) -> list[Row]:
    match = load_newest(threads=THREADS).match_all
    read = (public_data.jsquad(data / "jsquad"), public_data.jaquad(data / "jaquad"))
    named = zip(("JSQuAD valid", "JaQuAD dev"), read, strict=True)
    return [row for name, part in named for row in public_tasks.trivia(name, part.questions, match)]


def clinc(data: Path) -> list[Row]:
    read = public_data.Clinc150.read(data / "clinc150")
    return clinc150.measure(read, ENCODER, BUILD / "clinc150")


def shipped() -> Encoder:
    return OnnxEncoder.load(ENCODER, THREADS)


@dataclass(frozen=True, slots=True)
class Task:
    """`folders` of the data have to be there."""

    folders: tuple[str, ...]
    measure: Callable[[Path], list[Row]]


TASKS: Mapping[str, Task] = {
    "jsts": Task(("jsts",), jsts),
    "jsick": Task(("jsick",), jsick),
    "jsquad": Task(("jsquad",), jsquad),
    "jaquad": Task(("jaquad",), jaquad),
    "trivia": Task(("jsquad", "jaquad"), trivia),
    "clinc150": Task(("clinc150",), clinc),
}


def main(arguments: Sequence[str] | None = None) -> int:
    options = parse(arguments)
    try:
        rows = [row for name in options.only for row in measured(name, options.data)]
    except FaqBotError as error:
        console.print(str(error), markup=False)
        return 1
    except KeyboardInterrupt:
        return 130
    print(json.dumps(as_dict(rows), ensure_ascii=False, indent=2) if options.json else shown(rows))
    return 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.public", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="has the folders jsts, jsick, jsquad, jaquad and clinc150, or some of them",
    )
    parser.add_argument(
        "--only", nargs="+", choices=TASKS, default=list(TASKS), help="some of the tasks"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser.parse_args(arguments)


def measured(name: str, data: Path) -> list[Row]:
    """The task's rows; none where its data is not there, which is said."""
    missing = [folder for folder in TASKS[name].folders if not (data / folder).is_dir()]
    if missing:
        console.print(f"{name} is left out: {data} has no {' and no '.join(missing)}")
        return []
    console.print(f"{name} …")
    return TASKS[name].measure(data)


def shown(rows: Sequence[Row]) -> str:
    """A Markdown table, and below it what the bot should have refused."""
    lines = [
        [
            row.task,
            row.measure,
            " / ".join(markdown.percent(value, 2) for value in row.values),
            row.published,
        ]
        for row in rows
    ]
    table = markdown.table(["× 100", "measure", "hoken-faq", "published"], lines)
    notes = [note for row in rows for note in row.notes]
    return "\n".join([table, "", *notes] if notes else [table])


def as_dict(rows: Sequence[Row]) -> dict[str, Any]:
    """Plain data; values from 0 to 1."""
    return {
        "taken": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "rows": [asdict(row) for row in rows],
    }


if __name__ == "__main__":
    sys.exit(main())
