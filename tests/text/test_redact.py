from __future__ import annotations

import doctest
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.text.redact
from bot.text.redact import MY_NUMBER, Redacted, redact

WIDTHS = [
    "0123456789",
    "０１２３４５６７８９",
    "〇一二三四五六七八九",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
]
SEPARATORS = [
    *(
        "",
        " ",
        "\u3000",
        "\xa0",
        "-",
        "－",
        "‐",
        "−",
        "—",
        "ー",
        "ｰ",
        ".",
        "．",
        "・",
        "･",
        "\n",
        "\r\n",
        "\t",
    ),
    *(",", "、", " - ", "\u200b", "\u202e", "\x00", "\ud800", "の", "_"),
]
KANA_KANJI = st.text("あんカーﾅ番号個人は「」。漢字𠮷年月日円時桁abcXYZ", max_size=12)


@st.composite
def my_numbers(draw: st.DrawFn) -> str:
    """12 digits, each group in some width, something between the groups."""
    digits = draw(st.text("0123456789", min_size=12, max_size=12))
    groups = draw(
        st.sampled_from([(4, 4, 4), (12,), (3, 3, 3, 3), (6, 6), (1,) * 12, (2,) * 6, (4, 8)])
    )
    separator = draw(st.sampled_from(SEPARATORS))
    width = draw(st.sampled_from(WIDTHS))
    parts, at = [], 0
    for length in groups:
        parts.append("".join(width[int(digit)] for digit in digits[at : at + length]))
        at += length
    return separator.join(parts)


@given(my_numbers(), KANA_KANJI, KANA_KANJI)
@settings(max_examples=500)
def test_no_digit_of_a_my_number_is_left(number: str, before: str, after: str) -> None:
    redacted = redact(before + number + after)
    assert redacted == Redacted(before + MY_NUMBER + after, 1)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("0123456789"), st.sampled_from(SEPARATORS), st.sampled_from(WIDTHS)
        ),
        min_size=12,
        max_size=16,
    )
)
@settings(max_examples=500)
def test_mixed_widths_and_separators(typed: list[tuple[str, str, str]]) -> None:
    text = "".join(width[int(digit)] + separator for digit, separator, width in typed)
    left = redact(f"あ{text}い").text
    assert MY_NUMBER in left
    assert not any(char in left for width in WIDTHS for char in width)


@pytest.mark.parametrize(
    "text",
    [
        "1234 5678 9012",
        "一二三 四五六 七八九 〇一二",
        "1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣0️⃣1️⃣2️⃣",
        "1234567890123",  # a digit too many; also a corporate number
        "0120 9501 7812",  # begins like a free dial
        "0120-9501-7812",
        "012095017812",
        "2026-11-23 4567",  # begins like a date
        "123-4567 89012",  # begins like a postcode
        "0123 4567 8901 20000401",  # with a date of birth
        "0715631691\n42、050-3818-1250",  # begins like a landline
        "0677028675・44人",
        "0665505857、02\n2026-11-23",
        "個人番号 12345678901",  # a digit too few
        "マイナンバーは１２３４５６７８９です",
    ],
)
def test_my_numbers_in_disguise(text: str) -> None:
    assert redact(text).text.count(MY_NUMBER) == 1
    left = redact(text).text.replace("050-3818-1250", "").replace("2026-11-23", "")
    assert not re.search("[0-9０-９一二三]", left)


SURVIVORS = [
    "0120-95-0178",
    "0120950178",
    "０１２０－９５－０１７８",
    "050-3818-1250",
    "050-3816-9405",
    "0120-0178-26",
    "0120-0178-27",
    "03-1234-5678",
    "09012345678",
    "+81-3-1234-5678",
    "+81 50 3818 1250",
    "+815038181250",
    "2026-11-23",
    "2024/04/01 2025/03/31",
    "20240401 20250331",
    "2024-04-01〜2025-03-31",
    "令和6年12月2日",
    "https://myna.go.jp/certificates/123456789012",
    "myna.go.jp/certificates/123456789012",
    "下4桁",
    "マイナンバーの下4桁は1234",
    "050の番号の方教えて",
    "0120番号",
    "番号は何番",
    "番号は12桁ですか",
    "番号0120につながらない",
    "番号一覧",
    "電話番号は03-1234-5678",
    "手順1から手順3まで",
    "〒100-0001 03-1234-5678",
]


@pytest.mark.parametrize("text", SURVIVORS)
def test_what_is_not_personal_survives(text: str) -> None:
    assert redact(text) == Redacted(text, 0)


@pytest.mark.parametrize(
    "text",
    [
        "0120-95-0178 050-3818-1250",
        "0120-95-0178、0120-0178-26、0120-0178-27",
        "0120-95-0178\n050-3818-1250",
        "0120 95 0178 0120 0178 26",
        "0120-95-01780120-0178-26",
        "01209501780120017826",
        "050-3818-1250 一部のIP電話",
        "050-3818-1250一部のIP電話",
        "0120-95-0178 24時間365日",
        "0120950178 24時間",
        "050-3818-1250 9:30〜20:00",
        "1. 0120-95-0178\n2. 050-3818-1250",
        "2026-11-23 9:30 0120-95-0178",
    ],
)
def test_phone_numbers_with_digits_beside_them(text: str) -> None:
    assert redact(text) == Redacted(text, 0)


def test_a_my_number_beside_a_hotline() -> None:
    assert redact("0120-95-0178 1234 5678 9012です").text == f"0120-95-0178 {MY_NUMBER}です"
    assert redact("123456789012 0120-95-0178").text == f"{MY_NUMBER} 0120-95-0178"


@given(st.sampled_from(SURVIVORS[:9]), KANA_KANJI, KANA_KANJI)
def test_hotlines_survive_anywhere(phone: str, before: str, after: str) -> None:
    text = f"{before}、{phone}。{after}"
    assert phone in redact(text).text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("記号1234 番号567890 枝番00", "記号S 番号S 枝番S"),
        ("記号：１２３４　番号：５６７８９０（枝番）００", "記号：S　番号：S（枝番）S"),
        ("記号\n0123\n番号\n0004321\n枝番\n00", "記号\nS\n番号\nS\n枝番\nS"),
        ("記号番号 1234-567890", "記号番号 S"),
        ("記号・番号は12・3456です", "記号・番号はSです"),
        ("被保険者番号12345678", "被保険者番号S"),
        ("保険者番号は06123456です", "保険者番号はSです"),
        ("番号1234 0120-95-0178", "番号S 0120-95-0178"),
        ("暗証番号1234を忘れた", "暗証番号Sを忘れた"),
    ],
)
def test_symbols_of_the_card(text: str, left: str) -> None:
    assert redact(text).text == left.replace("S", "［記号・番号］")


@given(
    st.text(st.characters(codec=None, exclude_categories=()), max_size=50)
    | st.text("0123 -一番号記の.\n［］個人+x/:", max_size=60)
)
def test_any_text_and_twice(text: str) -> None:
    once = redact(text)
    assert redact(once.text).text.count("［") >= once.text.count("［")
    assert (once.text == text) == (once.count == 0)


@pytest.mark.parametrize(
    "part",
    [
        "1",
        "1 ",
        "1-",
        "- ",
        "0-",
        "1        ",
        "0120-95-0178 ",
        "一",
        "1\u200b",
        "https://a.b/1 ",
        "a.",
        "20240401 ",
    ],
)
def test_a_hostile_megabyte(part: str) -> None:
    text = (part * 1_000_000)[:1_000_000]
    start = time.process_time()
    redact(text)
    assert time.process_time() - start < 4  # under 1 s on an idle core; quadratic takes minutes


def test_examples() -> None:
    assert doctest.testmod(bot.text.redact).failed == 0
