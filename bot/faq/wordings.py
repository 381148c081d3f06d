"""One wording leads to one place: no text twice among questions, examples and tests, or topics."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from bot.faq.entry import FaqBook
from bot.faq.fault import quote
from bot.faq.ledger import Ledger, Mention

_ROLES = {
    "question": "質問",
    "examples": "例文（examples）",
    "tests": "テストの質問（tests）",
    "topic": "対象外の例文",
}


def fold(text: str) -> str:
    """`text` without what does not change its meaning: width, case, space, punctuation.

    A text of punctuation alone keeps it.

    >>> fold("ﾏｲﾅﾎﾟｰﾀﾙ の ＵＲＬ は？") == fold("マイナポータルのurlは")
    True
    """
    kept = "".join(char for char in plain(text) if not _is_filler(char))
    return kept or plain(text)


def plain(text: str) -> str:
    """`text` without width, case and space."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(folded.split())


def has_words(text: str) -> bool:
    """Whether `text` holds a letter, kana, kanji or digit."""
    return any(char.isalnum() for char in text)


def check_wordings(ledger: Ledger) -> None:
    """Note a fault for every wording that was there before.

    One that an entry and a topic share is no fault: the topic yields (`claimed`).
    """
    seen: dict[str, Mention] = {}
    for mention in ledger.wordings:
        if mention.role != "topic":
            first = seen.setdefault(fold(mention.value), mention)
        else:
            # Among topics marks may be all that differs: {{7*7}} is an injection, 77 is not.
            first = seen.setdefault(f"topic {plain(mention.value)}", mention)
        if first is not mention:
            _refuse(mention, first)
        if mention.role != "topic" and not has_words(mention.value):
            found = f"{_ROLES[mention.role]}{quote(mention.value)}に文字がありません。"
            advice = "言葉で書いた質問に直してください。"
            mention.fault("empty_text", found, "記号だけの質問は使えません。", advice)


def claimed(book: FaqBook) -> Mapping[str, str]:
    """Topics' wordings that an entry has too, or is tested with: wording → id of the entry.

    Whoever adds an entry about a topic need not look for its wordings in out_of_scope.yml:
    the entry has them from then on.
    """
    of_entries = {
        fold(text): entry.id
        for entry in book.entries
        for text in (*book.wordings(entry), *entry.tests)
        if has_words(text)
    }
    return {
        text: of_entries[fold(text)]
        for topic in book.topics
        for text in topic.examples
        if fold(text) in of_entries
    }


def check_choices(ledger: Ledger) -> None:
    """Note a fault where the buttons of two entries say the same."""
    seen: dict[str, Mention] = {}
    for mention in ledger.choices:
        first = seen.setdefault(fold(mention.value), mention)
        if first is not mention:
            found = (
                f"choice の{quote(mention.value)}は、"
                f"{first.owner} の choice と同じです（{first.place}）。"
            )
            expected = "並べて表示するボタンなので、見分けられる言葉である必要があります。"
            mention.fault("duplicate_choice", found, expected, "どちらかを変えてください。")


def _is_filler(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "PZ" or category in ("Cc", "Cf") or char == "~"


def _refuse(mention: Mention, first: Mention) -> None:
    found = (
        f"{_ROLES[mention.role]}{quote(mention.value)}は、"
        f"{first.owner} の{_ROLES[first.role]}と同じです（{first.place}）。"
    )
    if "tests" in (mention.role, first.role) and mention.owner == first.owner:
        expected = "テストの質問は、学習に使わない言い方である必要があります。"
        advice = "どちらかを別の言い方に変えてください。"
    elif mention.owner == first.owner:
        expected = "同じ言い方は1回だけ書けます（空白・記号・全角半角の違いは同じとみなします）。"
        advice = "どちらかを消してください。"
    else:
        expected = "1つの言い方は、1つのところだけに書けます。"
        advice = f"{first.owner} と {mention.owner} のどちらか、合うほうに残してください。"
    mention.fault("duplicate_wording", found, expected, advice)
