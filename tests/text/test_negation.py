from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.negation import denied_spans, kept
from bot.text.sudachi import Sudachi

PARTS = [
    *(
        "再発行",
        "お知らせ",
        "じゃなくて",
        "ではなく",
        "以外",
        "は",
        "の",
        "を",
        "なくした",
        "方",
        "、",
        "「",
        "」",
        "捨て",
    ),
    *(
        "はいいので",
        "関係なくて",
        "届いていない",
        "ん",
        "ですか",
        " ",
        "\n",
        "😀",
        "\ud800",
        "カード",
    ),
]


@pytest.mark.parametrize(
    ("text", "denied", "left"),
    [
        ("再発行じゃなくて捨てていいかを知りたい", "再発行じゃなくて", "捨てていいかを知りたい"),
        (
            "お知らせの再発行ではなく、カードの申請方法",
            "お知らせの再発行ではなく",
            "カードの申請方法",
        ),
        ("「再発行」ではなく「破棄」について", "「再発行」ではなく", "「破棄」について"),
        ("フリーダイヤル以外の番号を教えて", "フリーダイヤル以外", "番号を教えて"),
        ("マイナカードの方じゃない方の電話番号", "マイナカードの方じゃない方", "電話番号"),
        ("マイナンバーカードじゃないほうの番号", "マイナンバーカードじゃないほう", "番号"),
        ("再発行はいいので、捨て方を教えて", "再発行はいいので", "捨て方を教えて"),
        ("再発行はもういいから捨て方を教えて", "再発行はもういいから", "捨て方を教えて"),
        (
            "ポータルは関係なくて、紙のお知らせの話です",
            "ポータルは関係なくて",
            "紙のお知らせの話です",
        ),
        (
            "カードをなくしたんじゃなくて、お知らせをなくした",
            "カードをなくしたんじゃなくて",
            "お知らせをなくした",
        ),
        (
            "カードを落としたわけじゃないんです。電話番号を知りたい",
            "カードを落としたわけじゃないんです",
            "電話番号を知りたい",
        ),
        ("紛失とかではないです。申請の方法は", "紛失とかではないです", "申請の方法は"),
        (
            "カードを作る方法じゃなくて、お知らせの見方",
            "カードを作る方法じゃなくて",
            "お知らせの見方",
        ),
        ("私は再発行じゃなくて住所変更をしたい", "再発行じゃなくて", "私は住所変更をしたい"),
        (
            "家族の分が届いていないのではなく、自分の分が届かない",
            "家族の分が届いていないのではなく",
            "自分の分が届かない",
        ),
        (
            "再発行のことじゃないです。捨てていいですか",
            "再発行のことじゃないです",
            "捨てていいですか",
        ),
        ("申請というより再発行です", "申請というより", "再発行です"),
    ],
)
def test_denied(sudachi: Sudachi, text: str, denied: str, left: str) -> None:
    words = sudachi.words(text)
    assert [text[start:end] for start, end in denied_spans(text, words)] == [denied]
    assert kept(text, words) == left


@pytest.mark.parametrize(
    "text",
    [
        "届いていない",
        "家族の分が入っていないのですが",
        "マイナ保険証が読み取れないときは",
        "つながらない",
        "これは詐欺ではないですか",
        "忘れられているのではないかと心配しております",
        "何回かけてもつながらないじゃないか",
        "被扶養者でなくなった証明書",
        "本人じゃなくてもいいですか",
        "紙でなくていいですか",
        "外出先でなくしました",
        "病院でなくて困る",
        "マイナンバーカードだけじゃなく保険証も",
        "被保険者ではない方のお知らせ",
        "お知らせは要らないので捨てていいですか",
        "内容は合っているので捨てていい",
        "紙じゃないとだめですか",
        "お知らせは関係ないですか",
        "カードじゃない方がいいですか",
        "これはいいですか",
        "カードがないのですが",
    ],
)
def test_statements_and_questions_deny_nothing(sudachi: Sudachi, text: str) -> None:
    words = sudachi.words(text)
    assert denied_spans(text, words) == ()
    assert kept(text, words) == text


@pytest.mark.parametrize(
    "text", ["再発行じゃなくて", "再発行はいいので教えてください", "再発行以外のこと", ""]
)
def test_nothing_left_to_ask_about(sudachi: Sudachi, text: str) -> None:
    assert kept(text, sudachi.words(text)) == text


@given(parts=st.lists(st.sampled_from(PARTS), max_size=15))
@settings(deadline=None)
def test_spans_are_in_order(sudachi: Sudachi, parts: list[str]) -> None:
    text = "".join(parts)
    words = sudachi.words(text)
    at = 0
    for start, end in denied_spans(text, words):
        assert at <= start < end <= len(text)
        at = end
    assert (kept(text, words) == "") == (text == "")


@pytest.mark.parametrize("part", ["Aじゃなくて", "資格", "の", "は関係なく", "届いたの", "「"])
def test_long_texts_are_linear(sudachi: Sudachi, part: str) -> None:
    text = (part * 100_000)[:100_000]
    words = sudachi.words(text)
    start = time.process_time()
    kept(text, words)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("目的は分かりました。そうではなく、捨てていいか知りたい", "捨てていいか知りたい"),
        ("なくした話は済みました。それとは別に、番号の意味を教えて", "番号の意味を教えて"),
        ("再発行の件です。それはもういいです。捨てていいですか", "捨てていいですか"),
        ("紙が届きました。それはいいのですが、家族の分がない", "家族の分がない"),
        (
            "退職しました。カードを止めました。それではなく、お知らせの件",
            "退職しました。お知らせの件",
        ),
    ],
)
def test_a_sentence_that_the_next_turns_away_from_goes(
    text: str, left: str, sudachi: Sudachi
) -> None:
    assert kept(text, sudachi.words(text)) == left


@pytest.mark.parametrize(
    "text",
    [
        "捨てていいですか。そうではないなら保管します",
        "紙が届きました。それはいいことですか",
        "届きました。それとは別に。",  # nothing is left to turn to
    ],
)
def test_what_only_looks_like_a_turn_stays(text: str, sudachi: Sudachi) -> None:
    assert kept(text, sudachi.words(text)) == text
