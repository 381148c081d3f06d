"""A book of a dozen wordings and an encoder that needs no model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.faq.entry import Entry, FaqBook, Topic
from bot.faq.store import make_book
from bot.match.example import Example

WORDINGS = {
    "may_discard": ("お知らせは捨ててもいいですか", "廃棄していい？", "処分 可否", "捨てたい"),
    "reissue": ("再交付してもらえますか", "なくしたので再発行して", "紛失 再交付", "破れた"),
    "portal_url": ("ポータルのURLは？", "マイナポータルのアドレス", "サイトはどこ", "リンク"),
}
TOPICS = {
    "weather": ("今日の天気は？", "明日は雨が降りますか", "気温"),
    "pension": ("年金の受給額を知りたい", "年金手帳", "老齢年金の請求"),
}


class LetterEncoder:
    """Texts with the same letters are alike: counts of characters, hashed."""

    dim = 32
    fingerprint = "letters"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        counts = np.zeros((len(texts), self.dim), np.float32)
        counts[:, 0] = 1  # an empty text has a direction too
        for row, text in enumerate(texts):
            for char in text:
                counts[row, ord(char) % self.dim] += 1
        vectors: NDArray[np.float32] = counts / np.linalg.norm(counts, axis=1, keepdims=True)
        return vectors


def small_book(**changes: Any) -> FaqBook:
    """`changes` are fields of the entry `reissue`."""
    entries = [
        Entry(id, "お知らせ", texts[0], f"{id} の回答", texts[1:]) for id, texts in WORDINGS.items()
    ]
    entries = [replace(e, **changes) if e.id == "reissue" else e for e in entries]
    topics = [Topic(id, id, "near", texts) for id, texts in TOPICS.items()]
    return make_book(tuple(entries), (), tuple(topics))


def small_examples() -> list[Example]:
    return [
        *(Example.of_entry(text, id) for id, texts in WORDINGS.items() for text in texts),
        *(Example.of_topic(text, id) for id, texts in TOPICS.items() for text in texts),
    ]
