"""Sentences of a message."""

from __future__ import annotations

import time

import pytest

from bot.text.sentences import sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("捨てていいですか?", []),
        ("はい。捨てていいですか?", []),  # a word of courtesy is no sentence
        ("", []),
        ("捨てていいですか?再交付できますか?", ["捨てていいですか?", "再交付できますか?"]),
        (
            "番号を教えてください、あとアドレスも教えて",
            ["番号を教えてください、", "あとアドレスも教えて"],
        ),
        (
            "下4桁が載っている理由と、捨てていいかを教えて",
            ["下4桁が載っている理由と、", "捨てていいかを教えて"],
        ),
        ("夫と、妻の分です", []),
    ],
)
def test_parts(text: str, parts: list[str]) -> None:
    assert [s.text for s in sentences(text)] == parts


@pytest.mark.parametrize("word", ["あと", "それと", "それから", "また", "もう一つ", "ついでに"])
def test_what_is_asked_further_is_marked(word: str) -> None:
    first, second = sentences(f"捨てていいですか?{word}再交付はできますか?")
    assert (first.further, second.further) == (False, True)


def test_of_a_long_story_the_last_sentences_count() -> None:
    story = "".join(f"これは{number}番目の文です。" for number in range(20))
    parts = sentences(story)
    assert len(parts) == 6
    assert parts[-1].text == "これは19番目の文です。"


def test_time_grows_linearly() -> None:
    start = time.perf_counter()
    sentences("あと、と、。" * 50_000)
    assert time.perf_counter() - start < 2
