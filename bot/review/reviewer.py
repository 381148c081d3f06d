"""A decision carried out: the content is edited first, then the decision is noted.

So a process that dies in between leaves a question that is shown once more; what it had added
is found then, and not added twice.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.errors import FaqBotError
from bot.faq.edit import Draft
from bot.faq.entry import Entry, FaqBook, Topic
from bot.faq.files import locked
from bot.faq.load import FILES
from bot.review.decisions import Decisions
from bot.review.groups import has_marks
from bot.text.normalize import fold
from bot.text.redact import redact

MOST_TEXTS = 50  # that one decision adds


class ReadOnlyError(FaqBotError):
    """The content cannot be changed from here; the message says why."""


class RefusedError(FaqBotError):
    """What was asked for makes no sense; the message says what would."""


@dataclass(frozen=True, slots=True)
class About:
    """`questions`: the keys decided about; `by`: who decides, None where that is not said."""

    questions: tuple[str, ...]
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """`target`: the id of the entry or topic; `texts`: the wordings that it did not have;
    `where`: file and line of its examples, or of what is new."""

    target: str
    texts: tuple[str, ...]
    where: str


Change = Callable[[Draft], tuple[str, ...]]
"""Changes a draft; returns the wordings that are new."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Edits the folder `data` and notes in `decisions`; may be used by several threads at once.

    Each method raises AlreadyDecidedError, ReadOnlyError or RefusedError, and FaqError or
    EditError where the content would have faults, or has: then nothing was changed.
    """

    data: Path
    decisions: Decisions

    def add_examples(self, about: About, entry_id: str, texts: Sequence[str]) -> Written:
        """The texts become examples of an entry."""

        def change(draft: Draft) -> tuple[str, ...]:
            known = {entry.id: entry for entry in draft.book.entries}
            if entry_id not in known:
                raise RefusedError(f"項目 {entry_id} が faq.yml にありません。")
            new = _new(wordings, draft.book.wordings(known[entry_id]))
            if new:
                draft.add_examples(entry_id, new)
            return new

        wordings = checked(texts)
        return self._edit(about, "example", "entries", entry_id, change)

    def add_entry(self, about: About, entry: Entry) -> Written:
        """A new entry with its examples."""

        def change(draft: Draft) -> tuple[str, ...]:
            if any(one.id == entry.id for one in draft.book.entries):
                raise RefusedError(
                    f"id {entry.id} の項目は、もうあります。別の id にしてください。"
                )
            draft.put_entry(replace(entry, examples=wordings))
            return wordings

        wordings = checked(entry.examples)
        return self._edit(about, "new_entry", "entries", entry.id, change)

    def add_topic(self, about: About, topic: Topic) -> Written:
        """A new out-of-scope topic with its examples."""

        def change(draft: Draft) -> tuple[str, ...]:
            if any(one.id == topic.id for one in draft.book.topics):
                raise RefusedError(
                    f"id {topic.id} の話題は、もうあります。別の id にしてください。"
                )
            draft.add_topic(replace(topic, examples=wordings))
            return wordings

        wordings = checked(topic.examples)
        return self._edit(about, "out_of_scope", "topics", topic.id, change)

    def add_topic_examples(self, about: About, topic_id: str, texts: Sequence[str]) -> Written:
        """The texts become examples of an out-of-scope topic."""

        def change(draft: Draft) -> tuple[str, ...]:
            known = {topic.id: topic for topic in draft.book.topics}
            if topic_id not in known:
                raise RefusedError(f"話題 {topic_id} が out_of_scope.yml にありません。")
            new = _new(wordings, known[topic_id].examples)
            if new:
                draft.add_topic_examples(topic_id, new)
            return new

        wordings = checked(texts)
        return self._edit(about, "out_of_scope", "topics", topic_id, change)

    def skip(self, about: About) -> None:
        """Not now: they come back when they are asked again."""
        self._note(about, "skip")

    def ignore(self, about: About) -> None:
        """Never again."""
        self._note(about, "ignore")

    def _edit(self, about: About, what: str, section: str, target: str, change: Change) -> Written:
        with self._deciding(about):
            draft = Draft.open(self.data)
            new = change(draft)
            book = draft.save() if new else draft.book
            self.decisions.add(about.questions, what, target, about.by)
        return Written(target, new, self._place(book, what, section, target))

    @contextmanager
    def _deciding(self, about: About) -> Iterator[None]:
        """Nobody else edits, or decides, from the look at the decisions to the note."""
        if not about.questions:
            raise RefusedError("質問が1つも残っていません。1つ以上選んでください。")
        refuse_read_only(self.data)
        with locked(self.data):
            self.decisions.refuse_settled(about.questions)
            yield

    def _place(self, book: FaqBook, what: str, section: str, target: str) -> str:
        """The book may come from copies of the files, whose lines are the same."""
        own = f"{section}/{target}"
        examples = f"{own}/examples" if what == "example" else own
        found = book.where.get(examples) or book.where[own]
        return f"{self.data / FILES[section]}:{found.rpartition(':')[2]}"

    def _note(self, about: About, what: str) -> None:
        with self._deciding(about):
            self.decisions.add(about.questions, what, None, about.by)


def refuse_read_only(data: Path) -> None:
    """Raises ReadOnlyError where the files of the folder cannot be replaced."""
    folders = {data, *((data / name).resolve().parent for name in FILES.values())}
    if not all(os.access(folder, os.W_OK | os.X_OK) for folder in folders):
        raise ReadOnlyError(
            f"{data} に書き込めないため、ここでは見るだけです。"
            "内容を編集する機械で faq review を実行してください。"
        )


def checked(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts as they may become examples; RefusedError says which cannot."""
    wordings = tuple(" ".join(text.split()) for text in texts)
    if not wordings or not all(map(fold, wordings)):
        raise RefusedError("追加する文がありません。1つ以上入れてください。")
    if len(wordings) > MOST_TEXTS:
        raise RefusedError(f"一度に追加できる文は {MOST_TEXTS} 件までです。減らしてください。")
    for text in wordings:
        if has_marks(text) or redact(text).count:
            raise RefusedError(
                "番号を伏せた文は、そのままでは追加できません。"
                "［個人番号］や［記号・番号］、番号そのものを消すか、別の言葉に直してください。"
            )
    return wordings


def _new(texts: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    """Those that are not known yet: what an interrupted decision has added is."""
    keys = set(map(fold, known))
    return tuple(text for text in texts if fold(text) not in keys)
