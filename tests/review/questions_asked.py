"""What the tests of the review share: questions that were asked, and vectors made up for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from bot.clock import JAPAN
from bot.faq.entry import FaqBook
from bot.review.queue import Queue
from bot.review.store import ReviewStore

NOW = datetime(2026, 11, 24, 12, tzinfo=JAPAN)
DAY = timedelta(days=1)


class Alike:
    """In the place of Likeness: texts with the same first character say the same."""

    def vectors(self, texts: Sequence[str]) -> Any:
        initials = sorted({text[0] for text in texts})
        vectors = np.zeros((len(texts), len(initials) or 1), np.float32)
        for row, text in enumerate(texts):
            vectors[row, initials.index(text[0])] = 1
        return vectors


def read(store: ReviewStore, book: FaqBook, since: datetime = NOW - 28 * DAY) -> Queue:
    alike: Any = Alike()
    return Queue.read(store.engine, book, alike, since, NOW)


def texts(queue: Queue) -> list[list[str]]:
    """Of each group."""
    return [[one.text for one in group.questions] for group in queue.groups]
