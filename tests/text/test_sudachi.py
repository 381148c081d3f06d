from __future__ import annotations

import csv
import doctest
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.text.sudachi
from bot.text.sudachi import Sudachi
from tests.text.conftest import VOCABULARY

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)


def surfaces(sudachi: Sudachi, text: str) -> list[str]:
    return [word.surface for word in sudachi.words(text)]


def headwords() -> list[tuple[str, str]]:
    lines = VOCABULARY.read_text(encoding="utf-8").splitlines()
    rows = csv.reader(line for line in lines if line and not line.startswith("#"))
    return [(row[0], row[12]) for row in rows]


def test_words_of_the_field_stay_whole(sudachi: Sudachi) -> None:
    text = "資格情報のお知らせとマイナ保険証とマイナポータルと被扶養者の下4桁"
    assert surfaces(sudachi, text) == [
        *(
            "資格情報のお知らせ",
            "と",
            "マイナ保険証",
            "と",
            "マイナポータル",
            "と",
            "被扶養者",
            "の",
            "下4桁",
        ),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "{}",
        "{}はどうすればいいですか",
        "家族の{}をなくした",
        "この{}が届いたが、",
        "{} 再度",
        "届いた{}について",
    ],
)
def test_every_headword_wins(sudachi: Sudachi, sentence: str) -> None:
    start = sentence.index("{")
    lost = [
        headword
        for headword, normalized in headwords()
        if not any(
            (w.start, w.surface, w.normalized) == (start, headword, normalized)
            for w in sudachi.words(sentence.format(headword))
        )
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("以下4桁の数字", "以下"),
        ("むずかしくて", "むずかしく"),
        ("いじょうほうこくします", "いじょう"),
        ("カードはいきますか", "いき"),
    ],
)
def test_headwords_do_not_intrude(sudachi: Sudachi, text: str, whole: str) -> None:
    assert whole in surfaces(sudachi, text)


@pytest.mark.parametrize(
    ("written", "normalized"),
    [
        ("マイナカード", "マイナンバーカード"),
        ("まいなんばーかーど", "マイナンバーカード"),
        ("ﾏｲﾅﾎﾟｰﾀﾙ", "マイナポータル"),
        ("しかくじょうほう", "資格情報"),
        ("再発行", "再交付"),
        ("任継", "任意継続"),
        ("下四桁", "下4桁"),
        ("Ｊ－ＬＩＳ", "J-LIS"),
        ("捨て", "捨てる"),
    ],
)
def test_normalized_forms(sudachi: Sudachi, written: str, normalized: str) -> None:
    assert [word.normalized for word in sudachi.words(written)] == [normalized]


def test_characters_decide_what_is_a_word(sudachi: Sudachi) -> None:
    assert surfaces(sudachi, "𠮷野家、「」…！？😀👍🏽〜ー") == ["𠮷", "野家"]
    assert surfaces(sudachi, "😀👨‍👩‍👧") == []
    assert surfaces(sudachi, "") == surfaces(sudachi, " \n\x00\ud800") == []


def test_what_stands_in_brackets_counts(sudachi: Sudachi) -> None:
    assert "けんぽ" in surfaces(sudachi, "会社(けんぽ)から届いた")


def test_invisible_characters_do_not_divide_words(sudachi: Sudachi) -> None:
    (word,) = sudachi.words("\ud800資格\u200b情\x00報")
    assert (word.normalized, word.start, word.end) == ("資格情報", 1, 7)


@given(text=ANY_TEXT)
@settings(deadline=None)
def test_offsets_are_those_of_the_text(sudachi: Sudachi, text: str) -> None:
    at = 0
    for word in sudachi.words(text):
        assert at <= word.start < word.end
        assert text[word.start : word.end] == word.surface
        at = word.end
    sudachi.readings(text)
    sudachi.spelled(text)


@pytest.mark.parametrize(
    "part", ["あ", "お知らせは捨てていいですか。", "ﷺ", "𠮷", "ア", "1", "\ud800", "か\u3099", "㍿"]
)
def test_texts_longer_than_sudachi_takes(sudachi: Sudachi, part: str) -> None:
    text = part * (60_000 // len(part))
    words = sudachi.words(text)
    assert all(text[w.start : w.end] == w.surface for w in words)
    if part.startswith("お知らせ"):
        assert [w.surface for w in words] == surfaces(sudachi, part) * (len(text) // len(part))


def test_readings(sudachi: Sudachi) -> None:
    assert (
        sudachi.readings("資格情報のお知らせは、捨てる？") == "しかくじょうほうのおしらせはすてる"
    )
    assert sudachi.readings("マイナンバーの下4桁") == "まいなんばーのしもよんけた"
    assert sudachi.readings("任継") == "にんけい"


@pytest.mark.parametrize(
    ("kana", "spelled"),
    [
        ("まいなぽーたるでしかくじょうほうをみるほうほう", "マイナポータルで資格情報をみる方法"),
        ("しかくをそうしつしたのにつうちがきました", "資格を喪失したのに通知がきました"),
        ("おといあわせ", "お問い合わせ"),
        ("カードをなくした", "カードをなくした"),
        ("", ""),
    ],
)
def test_spelled(sudachi: Sudachi, kana: str, spelled: str) -> None:
    assert sudachi.spelled(kana) == spelled


def test_threads_share_one_tokenizer(sudachi: Sudachi) -> None:
    text = "資格情報のお知らせは捨ててもいいですか"
    wanted = surfaces(sudachi, text)
    with ThreadPoolExecutor(8) as pool:
        assert all(
            found == wanted for found in pool.map(lambda _: surfaces(sudachi, text), range(400))
        )


def test_speed(sudachi: Sudachi) -> None:
    start = time.process_time()
    for _ in range(200):
        sudachi.words("資格情報のお知らせは捨ててもいいですか")
    assert time.process_time() - start < 1  # 5 ms a question; 0.1 ms on an idle core


def test_load_is_fast_the_second_time(tmp_path: Path) -> None:
    row = "任継,5146,5146,2000,任継,名詞,普通名詞,一般,*,*,*,ニンケイ,任意継続,*,C,*,*,*\n"
    vocabulary = tmp_path / "vocabulary.csv"
    vocabulary.write_text(row, encoding="utf-8")
    Sudachi.load(vocabulary, tmp_path / "cache")
    start = time.process_time()
    Sudachi.load(vocabulary, tmp_path / "cache")
    assert time.process_time() - start < 2


def test_examples() -> None:
    assert doctest.testmod(bot.text.sudachi).failed == 0
