"""Which pieces stay when the vocabulary is cut."""

from __future__ import annotations

import pytest

from training import vocabulary
from training.e5s1 import Pieces

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]


def pieces(*texts: str) -> Pieces:
    """Pieces with falling scores."""
    all_texts = (*SPECIAL, *texts, "<mask>")
    scores = tuple(-float(number) for number in range(len(all_texts)))
    return Pieces(all_texts, scores, bos=0, pad=1, eos=2, unk=3)


@pytest.mark.parametrize(
    ("letters", "group"),
    [
        ("保険証", "kanji"),
        ("お知らせ", "kana"),
        ("マイナ", "kana"),
        ("hoken", "romaji"),
        ("tsuuchi", "romaji"),
        ("URL", "capitals"),
        ("seguro", "romaji"),
        ("health", "latin"),
        ("não", "latin"),
        ("2024", "digits"),
        ("。", "symbols"),
        ("们", "hanzi"),
        ("한국", "hangul"),
        ("страх", None),
        ("straße", None),
    ],
)
def test_groups(letters: str, group: str | None) -> None:
    assert vocabulary.group_of(letters) == group


def test_japanese_and_special_pieces_stay_and_others_go() -> None:
    found = pieces("▁", "。", "保険", "страх", "の", "▁hoken", "ไทย")
    kept = vocabulary.select(found)
    assert [found.texts[n] for n in kept] == [*SPECIAL, "▁", "。", "保険", "の", "▁hoken", "<mask>"]


def test_the_best_of_a_group_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "QUOTAS", (vocabulary.Quota("latin", 1),))
    found = pieces("right", "wrong")
    assert [found.texts[n] for n in vocabulary.select(found)] == [*SPECIAL, "right", "<mask>"]


def test_renumbering_keeps_texts_scores_and_special_pieces() -> None:
    found = pieces("保険", "страх", "の")
    new = vocabulary.renumber(found, vocabulary.select(found))
    assert new.texts == (*SPECIAL, "保険", "の", "<mask>")
    assert new.scores == (0.0, -1.0, -2.0, -3.0, -4.0, -6.0, -7.0)
    assert (new.bos, new.pad, new.eos, new.unk, new.mask) == (0, 1, 2, 3, 6)
