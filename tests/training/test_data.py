"""What the encoder learns from, and what is held out."""

from __future__ import annotations

from collections import Counter

import pytest

from training import data

TEXTS = data.load_texts()
SPLIT = data.split(TEXTS)


def test_every_text_is_on_one_side() -> None:
    sides = [SPLIT.train, SPLIT.known, SPLIT.unseen]
    assert Counter(t for side in sides for t in side) == Counter(TEXTS)


def test_whole_topics_are_held_out() -> None:
    unseen = {t.topic for t in SPLIT.unseen}
    assert unseen and not unseen & {t.topic for t in (*SPLIT.train, *SPLIT.known)}
    assert not any(t.in_scope for t in SPLIT.unseen)


def test_every_voice_of_the_entries_is_held_out() -> None:
    voices = {data.voice(t.text) for t in TEXTS if t.in_scope}
    assert {data.voice(t.text) for t in SPLIT.known if t.in_scope} == voices


def test_a_new_topic_moves_no_wording() -> None:
    added = data.Text("まったく新しい質問", "zz_new_topic", "near")
    again = data.split((*TEXTS, added))
    entries = [t for t in SPLIT.known if t.in_scope]
    assert [t for t in again.known if t.in_scope] == entries


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("kono kami wa nani?", "latin"),
        ("このかみはなんですか", "kana"),
        ("資格情報 再発行", "terse"),
        ("再発行してもらえますか", "polite"),
    ],
)
def test_voices(text: str, voice: str) -> None:
    assert data.voice(text) == voice
