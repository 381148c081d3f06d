"""Accuracy beside what one would use instead, on the same questions in one run.

``.venv/bin/python -m benchmarks.accuracy`` in the project's folder, after `faq train`. Every
system learns from the content of the newest model: all wordings of all entries and out-of-scope
topics. Stock Rasa trains long and is kept in build/bench/ until something that it is made from
changes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from math import isnan
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks import markdown, systems
from benchmarks.folders import BUILD
from benchmarks.measures import BY_NAME, DECIDING, RANKING
from benchmarks.processes import BenchmarkError
from benchmarks.stock_bot import FIRST_LESSONS, Lessons
from benchmarks.systems import System
from bot.errors import FaqBotError
from bot.match.archive import load_newest
from bot.match.encoder import load_encoder
from bot.match.evaluation import Question, evaluate_all, read_questions
from bot.match.evaluation.bootstrap import LEVEL, RESAMPLES, SEED, Interval, intervals
from bot.match.matcher import VAR
from bot.match.model import FaqModel
from bot.text.sudachi import Sudachi

QUESTIONS = ("tests/golden/in_scope.jsonl", "tests/golden/out_of_scope.jsonl")
NAMES = ("ours", "stock", "bm25", "base")
THREADS = 2
CAPTION = (
    f"In percent, with {LEVEL:.0%} bootstrap intervals. Right at 90 % (95 %): in-scope questions"
    " answered rightly while that much of the out-of-scope questions is turned away."
)

console = Console(stderr=True, highlight=False)


@dataclass(frozen=True)
class Measured:
    """How a system did; `figures` are shares, 0–1, nan where there is nothing to measure."""

    name: str
    decides: bool
    figures: Mapping[str, float]
    intervals: Mapping[str, Interval]

    def cell(self, figure: str) -> str:
        """Percent, and in brackets the interval."""
        interval = self.intervals.get(figure)
        if interval is None:
            return markdown.NOT_MEASURED
        shares = (self.figures[figure], interval.low, interval.high)
        return "{} ({}–{})".format(*map(markdown.percent, shares))


def main(arguments: Sequence[str] | None = None) -> int:
    options = parse(arguments)
    try:
        model = load_newest(threads=THREADS)
        known = frozenset(entry.id for entry in model.book.entries)
        questions = [q for file in options.files for q in read_questions(file, known)]
        measured = [measure(system, questions) for system in chosen(options, model)]
    except (BenchmarkError, FaqBotError) as error:
        console.print(str(error), markup=False)
        return 1
    except KeyboardInterrupt:
        return 130
    if options.json:
        print(json.dumps(as_dict(measured, questions), ensure_ascii=False, indent=2))
    else:
        print(as_markdown(measured, questions))
    return 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        default=[Path(name) for name in QUESTIONS],
        help=f"questions as `faq evaluate` reads them (default: {' '.join(QUESTIONS)})",
    )
    parser.add_argument(
        "--base-encoder",
        type=Path,
        metavar="FOLDER",
        help="the encoder before fine-tuning, from python -m training.export",
    )
    parser.add_argument(
        "--epochs",
        type=positive,
        default=FIRST_LESSONS.epochs,
        help="of stock Rasa's DIET (default: %(default)s)",
    )
    parser.add_argument(
        "--examples",
        type=positive,
        metavar="N",
        help="wordings of an entry or topic that stock Rasa learns from, at most (default: all)",
    )
    parser.add_argument(
        "--only", nargs="+", choices=NAMES, default=NAMES, help="some of the systems"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    return parser.parse_args(arguments)


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def chosen(options: argparse.Namespace, model: FaqModel) -> Iterator[System]:
    """The systems, each made when its turn comes."""
    examples = model.matcher.examples
    if "ours" in options.only:
        yield systems.this_project(model)
    if "stock" in options.only:
        console.print("training stock Rasa, unless its model is still true …")
        lessons = Lessons(options.examples, out_of_scope=True, epochs=options.epochs)
        yield systems.stock_rasa(model.book, BUILD / "stock-accuracy", lessons)
    if "bm25" in options.only:
        yield systems.bm25(examples, Sudachi.load(systems.VOCABULARY, cache=VAR))
    if "base" in options.only and options.base_encoder is None:
        console.print("the unadapted encoder is left out: name its folder with --base-encoder")
    elif "base" in options.only:
        yield systems.logistic_regression(
            examples, load_encoder(str(options.base_encoder), THREADS)
        )


def measure(system: System, questions: Sequence[Question]) -> Measured:
    console.print(f"{system.name} …")
    scores = evaluate_all(questions, system.match).scores
    measures = [BY_NAME[name] for name in (*RANKING, *(DECIDING if system.decides else ()))]
    figures = {measure.name: float(measure.of(scores)) for measure in measures}
    return Measured(system.name, system.decides, figures, intervals(scores, measures))


def as_markdown(measured: Sequence[Measured], questions: Sequence[Question]) -> str:
    inside, outside = sides(questions)
    asked = f"{inside} questions in scope, {outside} out of scope"
    ranking = [[one.name, *map(one.cell, RANKING)] for one in measured]
    deciding = [[one.name, *map(one.cell, DECIDING)] for one in measured if one.decides]
    tables = [markdown.table([asked, *RANKING.values()], ranking)]
    if deciding:
        tables.append(markdown.table(["decisions", *DECIDING.values()], deciding))
    return "\n\n".join([*tables, CAPTION])


def sides(questions: Sequence[Question]) -> tuple[int, int]:
    """How many are in scope, and out of scope."""
    inside = sum(question.entry is not None for question in questions)
    return inside, len(questions) - inside


def as_dict(measured: Sequence[Measured], questions: Sequence[Question]) -> dict[str, Any]:
    """Plain data; shares from 0 to 1, null where there is nothing to measure."""
    inside, outside = sides(questions)
    return {
        "taken": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "questions": {"in_scope": inside, "out_of_scope": outside},
        "bootstrap": {"level": LEVEL, "resamples": RESAMPLES, "seed": SEED},
        "systems": [
            {
                "name": one.name,
                "decides": one.decides,
                "figures": {k: None if isnan(v) else v for k, v in one.figures.items()},
                "intervals": {name: asdict(i) for name, i in one.intervals.items()},
            }
            for one in measured
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
