"""What only the matcher sees in the content: entries and wordings that will confuse it.

| code                 | meaning                                                              |
|----------------------|----------------------------------------------------------------------|
| `covered_topic`      | an out-of-scope topic that an entry answers now: it is not learnt     |
| `similar_entries`    | two entries that say nearly the same                                  |
| `misleading_example` | an example that, were it not there, another entry would get           |
| `similar_examples`   | examples of an entry that all say the same in the same way            |

What is compared and why the thresholds are where they are stands in `advice_entries.py` and
`advice_examples.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from bot.faq.entry import FaqBook
from bot.faq.notice import Notice, Place
from bot.match.advice_entries import similar_entries
from bot.match.advice_examples import misleading_examples, similar_examples
from bot.match.example import examples_of
from bot.match.matcher import Settings, read_examples
from bot.match.takeover import taken_over


def advise(book: FaqBook, settings: Settings) -> tuple[Notice, ...]:
    """All notices that need the encoder: some seconds, most of them for texts that are new.

    Raises EncoderError.
    """
    examples = examples_of(book)
    _, signals = read_examples(examples, settings)
    taken = taken_over(examples, signals.meaning)
    if taken:  # what the matcher does not learn misleads nobody
        rows = [row for row, e in enumerate(examples) if e.in_scope or e.label not in taken]
        examples, signals = [examples[row] for row in rows], signals.rows(np.array(rows, np.intp))
    pairs = tuple(similar_entries(book, examples, signals.meaning))
    return (
        *_covered_topics(book, taken),
        *(pair.notice(book) for pair in pairs),
        *misleading_examples(book, examples, signals, {pair.ids for pair in pairs}),
        *similar_examples(book, examples, signals.meaning),
    )


def _covered_topics(book: FaqBook, taken: Mapping[str, str]) -> Iterator[Notice]:
    for topic, entry in taken.items():
        message = (
            f"対象外の話題「{book.topic(topic).name}」は、項目 {entry} が答えるようになったため、"
            "学習に使いません。out_of_scope.yml から消しても構いません。"
        )
        yield Notice("covered_topic", Place.of(book, "topics", topic), message)
