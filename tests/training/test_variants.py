"""Other spellings of a wording."""

from __future__ import annotations

import random

import pytest

from training import variants
from training.kana import to_romaji

TEXT = "資格情報のお知らせは捨てていいですか。"


@pytest.mark.parametrize(
    ("kana", "romaji"),
    [
        ("シャシン", "shashin"),
        ("キョカ", "kyoka"),
        ("マッチ", "matchi"),
        ("ガッコウ", "gakkou"),
        ("ファイル", "fairu"),
        ("ポータル", "pootaru"),
        ("ｘ", "ｘ"),
    ],
)
def test_romaji(kana: str, romaji: str) -> None:
    assert to_romaji(kana) == romaji


def test_kunrei_and_short() -> None:
    assert to_romaji("シュツリョク", kunrei=True) == "syuturyoku"
    assert to_romaji("コウフ", short=True) == "kofu"


def test_hiragana_has_no_other_letters() -> None:
    found = variants.hiragana(TEXT, random.Random(1))
    assert found.replace(" ", "") == "しかくじょうほうのおしらせはすてていいですか。"


def test_romaji_reads_particles_as_they_sound() -> None:
    found = variants.romaji(TEXT, random.Random(1))
    assert found.isascii() and " wa " in found


def test_homophones_replace_a_word_by_one_of_its_row() -> None:
    found = variants.homophone("資格情報", random.Random(1))
    assert found in {word + "情報" for word in ("視覚", "四角", "死角")}


@pytest.mark.parametrize("text", ["", "12", "🙇", "Can I?", "あ", "ー", "。。。", TEXT])
@pytest.mark.parametrize("variant", [v for v, _ in variants.VARIANTS])
def test_any_text_has_variants(variant: variants.Variant, text: str) -> None:
    for seed in range(20):
        assert isinstance(variant(text, random.Random(seed)), str)


def test_the_same_seed_gives_the_same_variant() -> None:
    assert variants.vary(TEXT, random.Random(7)) == variants.vary(TEXT, random.Random(7))
