from __future__ import annotations

import doctest
import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.text.normalize
from bot.text.normalize import INVISIBLE, fold, normalize

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
JAPANESE = st.text(
    "かガｶﾞー－-〜～゛゜ﾞ\u3099一あいいぇっ！?。・ 　\u200b\ud800aA1Ａ①ﷺ\u0301\u0315㍿", max_size=30
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ", "マイナンバーカード"),
        ("マイナンバ－カ－ド", "マイナンバーカード"),
        ("マイナンバ-カ-ド", "マイナンバーカード"),
        ("マイナンバ一カ一ド", "マイナンバーカード"),
        ("マイナンバーーカード", "マイナンバーカード"),
        ("カ゛イト゛", "ガイド"),
        ("下４桁", "下4桁"),
        ("Ｊ－ＬＩＳ", "j-lis"),
        ("0120ー95ー0178", "0120-95-0178"),
        ("0120‐95−0178", "0120-95-0178"),
        ("9:30～20:00", "9:30~20:00"),
        ("10時〜18時", "10時~18時"),
        ("すご〜〜い", "すごーい"),
        ("教えて〜〜〜", "教えてー"),
        ("なんでぇぇぇ！！！？", "なんでぇ?"),
        ("おかしいいいい", "おかしいい"),
        ("  資格情報の\r\n\tお知らせ　", "資格情報の お知らせ"),
        ("資\u200b格\ufeff情\x00報\u202e", "資格情報"),
        ("\ud800捨てて\udfffいい", "捨てていい"),
        ("", ""),
        ("\ud800\x00", ""),
        ("😀", "😀"),
        ("𠮷野家", "𠮷野家"),
    ],
)
def test_one_spelling(typed: str, meant: str) -> None:
    assert normalize(typed) == meant


def test_fold_forgets_punctuation() -> None:
    assert fold("「お知らせ」は、捨ててもいい？") == fold("お知らせは捨ててもいい") != ""
    assert fold("？！ 😀") == ""
    assert fold("𠮷・カード") == "𠮷カード"


@given(ANY_TEXT | JAPANESE)
def test_normalize_is_idempotent(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    once.encode()  # no lone surrogate is left
    assert INVISIBLE.search(once) is None


@given(ANY_TEXT | JAPANESE)
def test_fold_is_idempotent_and_knows_one_spelling(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded == fold(normalize(text))


def test_invisible_agrees_with_unicode() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        category = unicodedata.category(char)
        wanted = category in ("Cf", "Cs") or (category == "Cc" and not char.isspace())
        if wanted:
            assert INVISIBLE.match(char), hex(code)
        elif category not in ("Cn", "Mn", "Lo"):  # variation selectors, Hangul fillers
            assert not INVISIBLE.match(char), hex(code)


@pytest.mark.parametrize(
    "part",
    [
        "お知らせは、捨ててもいいですか？",
        "ー",
        "か-",
        "あ~",
        "い",
        "\u0315\u0300",
        "゛",
        "ｶﾞ",
        " \n",
        "\ud800",
        "!?",
    ],
)
def test_a_megabyte_is_linear(part: str) -> None:
    text = (part * 400_000)[:400_000]  # 1.2 MB of Japanese in UTF-8; quadratic would take minutes
    start = time.process_time()
    fold(text)
    assert time.process_time() - start < 5


def test_examples() -> None:
    assert doctest.testmod(bot.text.normalize).failed == 0
