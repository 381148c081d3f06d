from __future__ import annotations

import doctest
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.text.romaji
import bot.text.syllables
from bot.text.romaji import looks_romaji, to_kana
from bot.text.syllables import kana_of

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
LATIN_TEXT = st.text("aiueonkstwyhm'- card.@ō", max_size=40)


@pytest.mark.parametrize(
    ("romaji", "kana"),
    [
        ("oshirase wo sutete mo ii desu ka", "おしらせをすててもいいですか"),
        ("osirase o suteta", "おしらせをすてた"),
        ("shinsei, sinsei, shinnsei", "しんせい, しんせい, しんせい"),
        ("konnichiwa, kon'nichiwa", "こんにちは, こんにちは"),
        ("hokenshou, hokensyou, hokenshō", "ほけんしょう, ほけんしょう, ほけんしょう"),
        ("juusho zyuusyo jyuusho", "じゅうしょじゅうしょじゅうしょ"),
        ("tsuuchi tuuti futsuu huttuu", "つうちつうちふつうふっつう"),
        ("zasshi matcha kippu", "ざっしまっちゃきっぷ"),
        ("shimbun shinbun", "しんぶんしんぶん"),
        ("watashi wa nihon e kita", "わたしはにほんへきた"),
        ("my number card wo nakushita, tomete", "マイナンバーカードをなくした, とめて"),
        ("MY NUMBER CARD WO NAKUSHITA", "マイナンバーカードをなくした"),
        ("mynumber no shimo 4 keta", "マイナンバーのしも4けた"),
        ("mynaportal de kakunin", "マイナポータルでかくにん"),
        ("kaado wo tomete", "カードをとめて"),
        ("mainanba-ka-do wa doko", "まいなんばーかーどはどこ"),
        ("mynahokenshou no touroku", "マイナ保険証のとうろく"),
        ("free dial wa nanji made", "フリーダイヤルはなんじまで"),
        ("IP denwa kara tsunagaranai", "IPでんわからつながらない"),
        ("hoken no gamen wo PDF de hozon shitai", "ほけんのがめんをPDFでほぞんしたい"),
        ("URL wo oshiete https://myna.go.jp/a", "URLをおしえて https://myna.go.jp/a"),
        ("お知らせ wo 捨てる", "お知らせを捨てる"),
        ("my number card をなくした", "マイナンバーカードをなくした"),
        ("保険証 再発行 card", "保険証 再発行カード"),
        ("myna portal", "マイナポータル"),
        ("are wa nan desu ka", "あれはなんですか"),
    ],
)
def test_romaji_becomes_kana(romaji: str, kana: str) -> None:
    assert to_kana(romaji) == kana


@pytest.mark.parametrize(
    "text",
    [
        "is there an english phone line",
        "Is there an English phone line for My Number?",
        "I lost my My Number card",
        "How do I renew my residence card?",
        "Can I throw this notice away",
        "to be or not to be",
        "Hello",
        "sore made",
        "qwerty",
        "test",
        "IP",
        "Amazonの返品方法",
        "Toyotaの車",
        "PDFで保存したい",
        "iPhoneで使える？",
        "myna.go.jp",
        "someone@example.com",
        "0120-95-0178",
        "資格情報のお知らせ",
        "",
        "😀\ud800\x00",
    ],
)
def test_english_names_and_japanese_stay(text: str) -> None:
    assert to_kana(text) == text


def test_looks_romaji() -> None:
    assert looks_romaji("oshirase wo nakushita, saihakkou shite hoshii")
    assert looks_romaji("card no saihakkou")
    assert looks_romaji("konnichiwa")
    assert not looks_romaji("is there an english phone line")
    assert not looks_romaji("my number card をなくした")
    assert not looks_romaji("お知らせ")
    assert not looks_romaji("12345")
    assert not looks_romaji("")


@pytest.mark.parametrize("word", ["phone", "qa", "kl", "shx", "b", "'", "-", "ka--"])
def test_no_syllables(word: str) -> None:
    assert kana_of(word) is None


@given(ANY_TEXT | LATIN_TEXT)
def test_any_text(text: str) -> None:
    looks_romaji(text)
    changed = to_kana(text)
    if text and not any(c.isalpha() for c in text):
        assert changed == text


@given(
    st.lists(
        st.sampled_from(
            ["おしらせ", "をなくした", "しんせい", "きゃく", "ちゅうい", "まいなんばー"]
        ),
        min_size=1,
    )
)
def test_japanese_text_is_left_alone(words: list[str]) -> None:
    text = " ".join(words)
    assert to_kana(text) == text


@pytest.mark.parametrize(
    "part", ["a", "ka ", "my number ", "a.", "ka-", "n", "あ ka ", "https://", "my-", "a@"]
)
def test_a_megabyte_is_linear(part: str) -> None:
    text = (part * 1_000_000)[:1_000_000]
    start = time.process_time()
    to_kana(text)
    assert time.process_time() - start < 8


def test_examples() -> None:
    assert doctest.testmod(bot.text.romaji).failed == 0
    assert doctest.testmod(bot.text.syllables).failed == 0
