"""``faq review``: the questions and answers at the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from bot.cli.reviewing.card import Card
from bot.cli.reviewing.forms import EndOfInputError, ask, asked_entry, asked_topic
from bot.cli.reviewing.words import OPERATIONS, PUBLISH, described, heading
from bot.cli.visible import visible
from bot.errors import FaqBotError
from bot.faq.entry import FaqBook, Topic
from bot.review.decisions import WORDS, AlreadyDecidedError
from bot.review.desk import Desk
from bot.review.queue import Queue
from bot.review.reviewer import About, Reviewer, Written

HELP: Final = "a・n・o・s・i・e・q か、追加先の番号を入れてください。"


class Session:
    """One person, one queue."""

    def __init__(
        self, desk: Desk, reviewer: Reviewer, queue: Queue, book: FaqBook, by: str | None
    ) -> None:
        self._desk = desk
        self._reviewer = reviewer
        self._queue = queue
        self._book = book
        self._by = by
        self._done: Counter[str] = Counter()

    def go_through(self, days: int) -> None:
        """All groups, or until somebody has enough."""
        print(heading(self._queue, days))
        groups = self._queue.groups
        try:
            for number, group in enumerate(groups, 1):
                print(f"\n── {number}/{len(groups)} " + "─" * 40)
                card = Card.of(group, self._desk.suggestion(group, self._book), self._book)
                if not self._decide(card):
                    break
        except EndOfInputError:
            print()
        self._say_what_was_done(len(groups))

    def _decide(self, card: Card) -> bool:
        """Whether to go on with the next one."""
        print("\n".join(described(card, self._book)))
        print(OPERATIONS)
        while True:
            answer = ask("> ")
            if answer == "q":
                return False
            try:
                if self._is_decided(card, answer):
                    return True
            except AlreadyDecidedError as error:
                print(error)
                return True
            except FaqBotError as error:
                print(error)

    def _is_decided(self, card: Card, answer: str) -> bool:
        """Whether the group is done with."""
        actions: dict[str, Callable[[Card], bool]] = {
            "a": self._add_examples,
            "n": self._add_entry,
            "o": self._add_to_topic,
            "s": self._skip,
            "i": self._ignore,
            "e": self._change_text,
        }
        if answer in actions:
            return actions[answer](card)
        entry = self._entry(card, answer)
        if entry is None:
            print(HELP)
        else:
            card.entry = entry
            print(f"追加先: {visible(self._book.entry(entry).label)}（{entry}）")
        return False

    def _entry(self, card: Card, answer: str) -> str | None:
        """The entry of a number, or of an id."""
        numbered = {str(n): one.entry for n, one in enumerate(card.suggestion.candidates, 1)}
        known = {entry.id for entry in self._book.entries}
        return numbered.get(answer) or (answer if answer in known else None)

    # ---- What may be decided

    def _add_examples(self, card: Card) -> bool:
        written = self._reviewer.add_examples(self._about(card), card.entry, card.texts)
        return self._written(card, "example", written)

    def _add_entry(self, card: Card) -> bool:
        entry = asked_entry(card, self._book)
        if entry is None:
            return self._given_up()
        return self._written(card, "new_entry", self._reviewer.add_entry(self._about(card), entry))

    def _add_to_topic(self, card: Card) -> bool:
        topic = asked_topic(card, self._book)
        if topic is None:
            return self._given_up()
        about = self._about(card)
        if isinstance(topic, Topic):
            written = self._reviewer.add_topic(about, topic)
        else:
            written = self._reviewer.add_topic_examples(about, topic, card.texts)
        return self._written(card, "out_of_scope", written)

    def _skip(self, card: Card) -> bool:
        self._reviewer.skip(self._about(card))
        self._done["skip"] += 1
        print("あとで判断します。もう一度質問されたら、また表示します。")
        return True

    def _ignore(self, card: Card) -> bool:
        self._reviewer.ignore(self._about(card))
        self._done["ignore"] += 1
        print("今後は表示しません。")
        return True

    def _change_text(self, card: Card) -> bool:
        number = ask("何番の文ですか（Enter でやめる）: ")
        if not number.isdecimal() or not 1 <= int(number) <= len(card.rows):
            return self._given_up()
        row = card.rows[int(number) - 1]
        text = ask("新しい文（＋：追加する、−：追加しない、x：このまとまりから外す）: ")
        if text in ("x", "X"):
            row.inside = False
        elif text in ("-", "−", "－"):
            row.added, row.inside = False, True
        elif text:
            row.text = row.text if text in ("+", "＋") else text
            row.added = row.inside = True
        print("\n".join(described(card, self._book)))
        return False

    # ---- What is said about it

    def _about(self, card: Card) -> About:
        return About(card.keys, self._by)

    def _given_up(self) -> bool:
        print("やめました。")
        return False

    def _written(self, card: Card, what: str, written: Written) -> bool:
        self._done[what] += 1
        self._book = self._desk.content().book
        print(f"{written.where} の {written.target} に追加しました（{len(written.texts)} 件）。")
        for text in written.texts:
            print(f"  ＋ {visible(text)}")
        if others := len(card.keys) - len(card.texts):
            print(f"同じまとまりのほか {others} 件は、追加せずに判断済みにしました。")
        return True

    def _say_what_was_done(self, groups: int) -> None:
        done = "、".join(f"{WORDS[what]} {self._done[what]}" for what in WORDS if self._done[what])
        count = self._done.total()
        print(
            f"\n{groups} まとまりのうち {count} を判断しました"
            + (f"（{done}）。" if done else "。")
        )
        if any(self._done[what] for what in ("example", "new_entry", "out_of_scope")):
            print(PUBLISH)
