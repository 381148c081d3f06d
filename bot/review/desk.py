"""What the command and the page show: the queue beside the content as it is now."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot import clock
from bot.faq.categories import button
from bot.faq.entry import FaqBook
from bot.faq.fault import FaqError
from bot.faq.load import load_book
from bot.match.model import FaqModel
from bot.review.decisions import KINDS
from bot.review.groups import Group
from bot.review.likeness import Likeness, Suggestion
from bot.review.queue import Queue
from bot.review.reviewer import ReadOnlyError, refuse_read_only

DAYS = 28  # for which questions wait
MOST_DAYS = 366
_KEPT = 1_000  # suggestions


@dataclass(frozen=True, slots=True)
class Content:
    """`book`: the files in data/ or, where they cannot be read, what the model was trained on;
    `read_only`: why nothing can be decided, in Japanese, or None."""

    book: FaqBook
    read_only: str | None


class Desk:
    """Of one model, for one data folder; may be used by several threads at once."""

    def __init__(self, engine: sa.engine.Engine, data: Path, model: FaqModel) -> None:
        self.model = model
        self._engine = engine
        self._data = data
        self._likeness = Likeness(model)
        self._reading = threading.Lock()  # two who look at once need not compute it twice
        self._suggestion = lru_cache(maxsize=_KEPT)(self._likeness.suggestion)

    def content(self) -> Content:
        try:
            refuse_read_only(self._data)
            return Content(load_book(self._data), None)
        except ReadOnlyError as error:
            return Content(self._readable(), str(error))
        except FaqError as error:
            return Content(
                self.model.book, f"内容に誤りがあるため、判断を保存できません。\n{error}"
            )

    def _readable(self) -> FaqBook:
        try:
            return load_book(self._data)
        except FaqError:
            return self.model.book

    def queue(self, book: FaqBook, days: int) -> Queue:
        """What was asked in the last `days` days."""
        now = clock.now()
        with self._reading:
            return Queue.read(self._engine, book, self._likeness, now - timedelta(days), now)

    def suggestion(self, group: Group, book: FaqBook) -> Suggestion:
        return self._suggestion(group.representative).within(book)

    def is_unpublished(self, book: FaqBook) -> bool:
        """Whether members do not get yet what the files say."""
        return book.fingerprint != self.model.book.fingerprint

    def as_dict(self, content: Content, days: int, most: int | None = None) -> dict[str, Any]:
        """The queue for programs, with at most `most` groups, and what one may choose from."""
        book, queue = content.book, self.queue(content.book, days)
        return {
            "days": days,
            "groups": [
                {**group.as_dict(), **self.suggestion(group, book).as_dict(book)}
                for group in queue.groups[:most]
            ],
            "waiting": {
                "groups": len(queue.groups),
                "questions": queue.questions,
                "left_out": queue.left_out,
            },
            "read_only": content.read_only,
            "unpublished": self.is_unpublished(book),
            "entries": [{**button(e), "category": e.category} for e in book.entries],
            "topics": [{"id": topic.id, "name": topic.name} for topic in book.topics],
            "kinds": [{"id": id, "name": name} for id, name in KINDS.items()],
        }
