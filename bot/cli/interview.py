"""What ``faq add`` asks, each answer checked as soon as it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.cli.near import near_lines
from bot.cli.terminal import NO, ask, ask_again, ask_lines
from bot.clock import today
from bot.faq.check import FEW_EXAMPLES
from bot.faq.edit import Draft
from bot.faq.entry import Entry, FaqBook
from bot.faq.fault import quote
from bot.faq.incoming import check_new
from bot.faq.wordings import fold
from bot.faq.yaml_lines import Value
from bot.text.ids import propose_id
from bot.text.rewordings import rewordings
from bot.text.sudachi import Sudachi

_NONE = "（なければ Enter）"
_BETWEEN = str.maketrans(dict.fromkeys("、，,　", " "))


@dataclass(slots=True)
class Interview:
    """Asks for one new entry. `own`: id → examples in faq.yml; `form`: what has been answered."""

    book: FaqBook
    own: Mapping[str, Sequence[str]]
    sudachi: Sudachi
    form: dict[str, Value] = field(default_factory=dict)

    @classmethod
    def about(cls, draft: Draft, sudachi: Sudachi) -> Interview:
        own = {entry.id: entry.examples for entry in draft.entries()}
        return cls(draft.book, own, sudachi)

    def entry(self) -> Entry:
        """The entry as it was answered; raises InputEnded."""
        self._category()
        self._need("question", lambda: ask("質問: "))
        print(*near_lines(str(self.form["question"])), sep="\n")
        self._need("answer", lambda: _text("回答（空の行か「.」だけの行で終わり）"))
        self._id()
        self._examples()
        self._may("short", lambda: _text(f"短い回答{_NONE}"))
        self._may("choice", lambda: ask(f"候補のボタンの言葉{_NONE}: "))
        self._contacts("contacts", "連絡先", [c.id for c in self.book.contacts])
        self._contacts("links", "リンク", [c.id for c in self.book.contacts if c.url])
        self._may("source", lambda: ask(f"出典{_NONE}: "))
        self._may("reviewed", self._reviewed)
        entry, faults = check_new(self.form, self.book, self.own)
        assert not faults, "each answer was checked"
        return entry

    def _category(self) -> None:
        known = list(dict.fromkeys(entry.category for entry in self.book.entries))
        print("分類")
        print(*(f"  {number}  {name}" for number, name in enumerate(known, 1)), sep="\n")

        def chosen() -> str:
            answer = ask("番号か、新しい分類の名前: ")
            is_number = answer.isdecimal() and 0 < int(answer) <= len(known)
            return known[int(answer) - 1] if is_number else answer

        self._need("category", chosen)
        if self.form["category"] not in known:
            print("  新しい分類です。")

    def _id(self) -> None:
        proposed = propose_id(str(self.form["question"]), self.sudachi, self._taken())
        print("id は、公開したあとは変えられない名前です。短く、内容のわかるものにしてください。")
        self._need("id", lambda: ask(f"id（Enter で {proposed}）: ") or proposed)

    def _examples(self) -> None:
        print("例文: 同じことを尋ねる、ほかの言い回し")
        examples: list[str] = []
        self._suggest(examples)
        while True:
            for line in ask_lines("  例文（空の行で終わり）: "):
                if not self._adds(line, examples):
                    ask_again()
            if examples:
                break
            print("  例文は1つ以上必要です。")
            ask_again()
        self.form["examples"] = tuple(examples)
        if len(examples) < FEW_EXAMPLES:
            print(
                f"  例文は {len(examples)} 件です。"
                f"{FEW_EXAMPLES} 件以上あると、言い方が違っても見つかりやすくなります。"
            )

    def _suggest(self, examples: list[str]) -> None:
        """Offer what rules make of the question; each is taken, left or put in other words."""
        for one in rewordings(str(self.form["question"]), self.sudachi):
            if not self._adds(one.text, examples, tell=False):
                continue
            answer = ask(f"  {one.kind}「{one.text}」（Enter: 加える、n: 加えない、文: 直す）: ")
            if answer:
                examples.pop()
            if answer and answer.lower() not in NO and not self._adds(answer, examples):
                ask_again()

    def _adds(self, text: str, examples: list[str], tell: bool = True) -> bool:
        """Put one more example behind the others, unless something speaks against it."""
        said = {fold(one) for one in (str(self.form["question"]), *examples)}
        if fold(text) in said:
            if tell:
                print("  もうあります。")
            return False
        examples.append(text)
        if not self._takes("examples", tuple(examples), tell):
            examples.pop()
            return False
        return True

    def _contacts(self, key: str, name: str, known: Sequence[str]) -> None:
        if not known:
            return
        print(f"{name}の候補")
        for id in known:
            print(f"  {id}  {self.book.contact(id).name}")
        self._may(key, lambda: tuple(ask(f"{name}の id{_NONE}: ").translate(_BETWEEN).split()))

    def _reviewed(self) -> str:
        day = today().isoformat()
        answer = ask(f"内容を確かめた日（Enter で {day}、書かないなら n）: ")
        return "" if answer.lower() in NO else answer or day

    def _taken(self) -> set[str]:
        """Ids that name something else already."""
        return {*self.own, *(topic.id for topic in self.book.topics)}

    def _need(self, key: str, read: Callable[[], Value]) -> None:
        while not self._takes(key, read()):
            ask_again()

    def _may(self, key: str, read: Callable[[], Value]) -> None:
        while (value := read()) and not self._takes(key, value):
            ask_again()

    def _takes(self, key: str, value: Value, tell: bool = True) -> bool:
        """Note an answer, or say what is wrong with it."""
        if not value:
            print("  かならず必要です。")
            return False
        if key == "id" and value in self._taken():
            print(f"  id {quote(str(value))}はすでにあります。別の id にしてください。")
            return False
        _, faults = check_new({**self.form, key: value}, self.book, self.own)
        if faults and tell:
            print(*(f"  {one.found}{one.expected}{one.advice}" for one in faults), sep="\n")
        if not faults:
            self.form[key] = value
        return not faults


def _text(prompt: str) -> str:
    """A text of several lines."""
    print(prompt)
    return "\n".join(ask_lines("  "))
