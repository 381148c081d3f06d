"""What happens when the FAQ grows: quality with three times the entries, time with a thousand.

    python -m benchmarks.growth                   # both
    python -m benchmarks.growth --only quality
    python -m benchmarks.growth --only time

**Quality.** Each entry keeps its question and five examples, as staff would write them.  36 entries
are the twelve and 24 topics of the out-of-scope bank, which leave the bank: an entry each, made of
five wordings; their other wordings are questions that the new entries must answer.  Asked besides:
tests/development, in scope and out.  Topics that an out-of-scope question there is about do not
become entries, or its label would be wrong.

**Time.** Synthetic entries, each about an office and a matter of its own, six wordings an entry,
beside the shipped out-of-scope bank.  Training is without encoding, which takes the same time for
each text; a question is one call of `Matcher.match`, encoder included, on one core.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import tempfile
import time
from collections.abc import Container, Iterator, Sequence
from pathlib import Path

import numpy as np

from bot.faq.entry import FaqBook
from bot.faq.load import load_book
from bot.match import matcher as matching
from bot.match.decision import NoMatch
from bot.match.evaluation import Question, evaluate_all, read_questions
from bot.match.example import Example, examples_of, is_foreign
from bot.match.matcher import Matcher, Settings

DATA = Path("data")
SETTINGS = Settings("models/encoder", str(DATA / "vocabulary.csv"))
QUESTIONS = Path("tests/development/questions.jsonl")
EXAMPLES = 5  # of an entry
ADDED = 24  # topics that become entries
TAUGHT = EXAMPLES + 1  # an entry's question is a wording too
ENOUGH = TAUGHT + 2  # wordings of a topic that becomes one: some are left to ask
SIZES = (12, 100, 1_000, 10_000)
ASKED = 50  # questions timed

FIGURES = {
    "top-1": "top1",
    "90 %": "right_at_90",
    "95 %": "right_at_95",
    "right": "right",
    "right or offered": "right_or_offered",
    "wrong": "wrong",
    "out of scope: answered": "out_of_scope_answered",
}

PLACES = ("東京", "大阪", "札幌", "仙台", "名古屋", "広島", "福岡", "那覇", "新潟", "金沢")
OFFICES = ("支部", "健診センター", "保養所", "診療所", "体育館", "相談室", "図書室", "売店")
PARTS = (
    "受付",
    "駐車場",
    "会議室",
    "更衣室",
    "食堂",
    "送迎バス",
    "ロッカー",
    "会員証",
    "予約",
    "見学",
)
MATTERS = ("料金", "営業時間", "休業日", "場所", "申込方法", "キャンセル", "持ち物", "定員", "年齢制限",
           "支払方法", "連絡先", "写真", "割引", "混雑", "利用規約")  # fmt: skip
FORMS = (
    "{0}の{1}の{2}の{3}を教えてください。",
    "{0}{1}の{2}、{3}はどうなっていますか",
    "{0}の{1} {2} {3}",
    "{3}が知りたいです。{0}の{1}の{2}です。",
    "{0}にある{1}の{2}について、{3}を確認したい",
    "{1}の{2}の{3}（{0}）は？",
)


def quality(book: FaqBook) -> Iterator[str]:
    """Lines of a Markdown table."""
    questions = read_questions(QUESTIONS, frozenset(e.id for e in book.entries))
    shipped, few = examples_of(book), _few(book)
    twelve = Matcher.fit(shipped, SETTINGS)
    asked_about = {
        decision.topic
        for decision in twelve.match([q.text for q in questions if q.entry is None])
        if isinstance(decision, NoMatch)
    }
    more, asked = _new_entries(book, asked_about)
    of_all = [*questions, *asked]
    yield "| | " + " | ".join(FIGURES) + " |"
    yield "|---" * (1 + len(FIGURES)) + "|"
    yield _row("the twelve as shipped", twelve, questions)
    grown = _fit(shipped, more)
    yield _row("24 more of five examples: asked about the twelve", grown, questions)
    yield _row("24 more of five examples: asked about all 36", grown, of_all)
    yield _row("the twelve with five examples each", Matcher.fit(few, SETTINGS), questions)
    grown = _fit(few, more)
    yield _row("36 with five examples each: asked about the twelve", grown, questions)
    yield _row("36 with five examples each: asked about all 36", grown, of_all)


def _fit(examples: Sequence[Example], more: Sequence[Example]) -> Matcher:
    """With the entries of `more`, which are topics no longer."""
    new = {e.label for e in more}
    return Matcher.fit(
        [*(e for e in examples if e.in_scope or e.label not in new), *more], SETTINGS
    )


def _few(book: FaqBook) -> list[Example]:
    """The entries with a few examples each, and the whole bank."""
    entries = [
        Example.of_entry(text, entry.id)
        for entry in book.entries
        for text in (entry.question, *entry.examples[:: len(entry.examples) // EXAMPLES][:EXAMPLES])
    ]
    return [*entries, *(e for e in examples_of(book) if not e.in_scope)]


def _new_entries(
    book: FaqBook, asked_about: Container[str | None]
) -> tuple[list[Example], list[Question]]:
    """Near topics, from all over the bank, as entries; and what is asked of them."""
    near = [
        topic
        for topic in book.topics
        if topic.kind == "near"
        and len(topic.examples) >= ENOUGH
        and topic.id not in asked_about
        and not any(map(is_foreign, topic.examples))  # its questions are asked in Japanese
    ]
    chosen = near[:: len(near) // ADDED][:ADDED]
    taught = [Example.of_entry(t, topic.id) for topic in chosen for t in topic.examples[:TAUGHT]]
    asked = [Question(t, topic.id) for topic in chosen for t in topic.examples[TAUGHT:]]
    return taught, asked


def _row(name: str, matcher: Matcher, questions: Sequence[Question]) -> str:
    rates = evaluate_all(questions, matcher.match).rates()
    return f"| {name} | " + " | ".join(f"{rates[key]:.1%}" for key in FIGURES.values()) + " |"


def times(book: FaqBook, sizes: Sequence[int] = SIZES) -> Iterator[str]:
    """Lines of a Markdown table."""
    outside = [e for e in examples_of(book) if not e.in_scope]
    yield "| entries | wordings | training, seconds | one question, milliseconds |"
    yield "|---|---|---|---|"
    for size in sizes:
        entries = list(itertools.islice(synthetic(), size))
        examples = [Example.of_entry(t, f"entry_{n}") for n, of in enumerate(entries) for t in of]
        training, question = _times([*examples, *outside], [of[0] + "?" for of in entries])
        yield f"| {size:,} | {len(examples):,} | {training:.1f} | {question:.1f} |"


def _times(examples: Sequence[Example], asked: Sequence[str]) -> tuple[float, float]:
    Matcher.fit(examples, SETTINGS)  # encodes
    start = time.perf_counter()
    matcher = Matcher.fit(examples, SETTINGS)
    training = time.perf_counter() - start
    taken = []
    for number in np.linspace(0, len(asked) - 1, ASKED).astype(int):
        start = time.perf_counter()
        matcher.match([asked[number]])
        taken.append(time.perf_counter() - start)
    return training, 1000 * statistics.median(taken)


def synthetic() -> Iterator[list[str]]:
    for about in itertools.product(PLACES, OFFICES, PARTS, MATTERS):
        yield [form.format(*about) for form in FORMS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("quality", "time"))
    only = parser.parse_args().only
    book = load_book(DATA)
    with tempfile.TemporaryDirectory() as folder:
        matching.VECTORS = Path(folder) / "vectors.npz"  # synthetic texts are not for keeps
        for name, lines in (("quality", quality), ("time", times)):
            if only in (None, name):
                for line in lines(book):
                    print(line, flush=True)
                print()


if __name__ == "__main__":
    main()
