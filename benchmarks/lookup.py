"""Server time of one lookup by an agent, beside what one would use instead, in one run.

    python -m benchmarks.lookup                    # minutes: ten thousand entries are encoded
    python -m benchmarks.lookup --entries 100      # a first look

Asked are the short questions of tests/golden and tests/development, whole and as they stand half
typed, one after the other on one core.  Timed is the
whole work of the server for a query: ours with the cards, the words to mark and the day's entries,
stock Rasa as `/model/parse` without HTTP, BM25 with Sudachi's words.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import systems
from benchmarks.growth import SETTINGS, synthetic
from benchmarks.report import percentile
from benchmarks.stock_bot import FIRST_LESSONS
from bot import clock
from bot.channels.lookup_view import Lookup
from bot.faq.entry import Entry, FaqBook
from bot.faq.load import load_book
from bot.match import matcher as matching
from bot.match.archive import load_newest
from bot.match.evaluation import read_questions
from bot.match.example import examples_of
from bot.match.matcher import Matcher
from bot.match.model import FaqModel

DATA = Path("data")
BUILD = Path("build/bench")
FILES = (Path("tests/golden/in_scope.jsonl"), Path("tests/development/questions.jsonl"))
VOICES = ("shorthand", "terse")
HITS = 5
MANY = 10_000

Ask = Callable[[str], object]


def queries(book: FaqBook) -> list[str]:
    """Short questions, each half typed and whole; no query twice, for a lookup remembers some."""
    known = frozenset(entry.id for entry in book.entries)
    asked = [q.text for file in FILES for q in read_questions(file, known) if q.voice in VOICES]
    parts = (part for text in asked for part in (text[: (len(text) + 1) // 2], text))
    return list(dict.fromkeys(parts))


def rows(book: FaqBook, entries: int, stock: bool) -> Iterator[tuple[str, Ask]]:
    """Name and what answers one query; each is made when it is asked for."""
    model = load_newest()
    yield f"hoken-faq, {len(book.entries)} entries", look_up(model)
    yield f"hoken-faq, {entries:,} entries", look_up(grown(book, entries))
    ranked = systems.bm25(examples_of(book), model.matcher.reader.sudachi)
    yield "BM25 on Sudachi words", lambda text: ranked.match([text])
    if stock:
        rasa = systems.stock_rasa(book, BUILD / "stock", FIRST_LESSONS)
        yield "stock Rasa, /model/parse", lambda text: rasa.match([text])


def look_up(model: FaqModel) -> Ask:
    lookup, today = Lookup(model), clock.today()
    return lambda text: lookup.hits(text, HITS, today)


def grown(book: FaqBook, entries: int) -> FaqModel:
    """A model of so many synthetic entries beside the shipped out-of-scope bank."""
    wordings = list(itertools.islice(synthetic(), entries))
    made = tuple(
        Entry(f"entry_{n}", "窓口", of[0], "窓口でご確認ください。", tuple(of[1:]))
        for n, of in enumerate(wordings)
    )
    larger = replace(book, entries=made)
    return FaqModel(larger, Matcher.fit(examples_of(larger), SETTINGS))


def milliseconds(ask: Ask, asked: Sequence[str]) -> list[float]:
    """Of each query, after a few that are not counted."""
    for text in asked[:5]:
        ask(text)
    taken = []
    for text in asked:
        start = time.perf_counter()
        ask(text)
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--entries", type=int, default=MANY, help="of the grown FAQ")
    parser.add_argument("--no-stock", action="store_true", help="without stock Rasa")
    options = parser.parse_args()
    book = load_book(DATA)
    asked = queries(book)
    print(f"| one lookup, {len(asked)} queries | median, ms | p95, ms |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        matching.VECTORS = Path(folder) / "vectors.npz"  # synthetic texts are not for keeps
        for name, ask in rows(book, options.entries, not options.no_stock):
            taken = milliseconds(ask, asked)
            median, slow = statistics.median(taken), percentile(taken, 0.95)
            print(f"| {name} | {median:.1f} | {slow:.1f} |", flush=True)


if __name__ == "__main__":
    main()
