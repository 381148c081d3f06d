"""Suggested wordings: those that a person would write, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.rewordings import rewordings
from bot.text.sudachi import Sudachi

SUDACHI = Sudachi.load(None)
PLAIN, POLITE, SEARCH, KANA = "くだけた言い方", "ていねいな言い方", "言葉だけ", "ひらがな"


def made(question: str) -> dict[str, str]:
    return {one.kind: one.text for one in rewordings(question, SUDACHI)}


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("お知らせはいつ届きますか。", "お知らせはいつ届く？"),
        ("再交付されますか", "再交付される？"),
        ("郵送してもらえますか？", "郵送してもらえる？"),
        ("電話からもかけられますか", "電話からもかけられる？"),
        ("高額療養費とは何ですか", "高額療養費とは何？"),
        ("保険証は必要ですか", "保険証は必要？"),
        ("捨てていいですか。", "捨てていい？"),
        ("どうしたらいいでしょうか", "どうしたらいい？"),
        ("どこに連絡すればいいんですか", "どこに連絡すればいいの？"),
        ("再発行の手続きを教えてください。", "再発行の手続きは？"),
        ("電話番号を知りたい", "電話番号は？"),
        ("申請書を送ってください", "申請書を送って"),
    ],
)
def test_polite_questions_have_a_plain_form(question: str, plain: str) -> None:
    assert made(question)[PLAIN] == plain


@pytest.mark.parametrize(
    ("question", "polite"),
    [
        ("捨てていい？", "捨てていいですか"),
        ("返送してもいいの？", "返送してもいいのですか"),
        ("住所を教えて", "住所を教えてください"),
    ],
)
def test_plain_questions_have_a_polite_form(question: str, polite: str) -> None:
    assert made(question)[POLITE] == polite


@pytest.mark.parametrize(
    ("question", "search"),
    [
        ("このお知らせは捨てていいですか", "お知らせ 捨てる"),
        ("医療費が高額になったらどうすればいいですか", "医療費 高額"),
        ("窓口の受付時間は何時までですか", "窓口 受付時間"),
        ("記入方法と提出先をお教えいただけますか", "記入 提出先"),
    ],
)
def test_the_words_of_a_search_are_those_that_tell(question: str, search: str) -> None:
    assert made(question)[SEARCH] == search


@pytest.mark.parametrize(
    "question", ["保険証が届かないのですが、なぜですか", "加入できない家族の分"]
)
def test_a_search_would_lose_the_not(question: str) -> None:
    assert SEARCH not in made(question)


def test_kana_are_those_of_every_word_or_none() -> None:
    assert made("証明書を郵送してもらえますか")[KANA] == "しょうめいしょをゆうそうしてもらえますか"
    for question in ("PDFで保存できますか", "受付は何時ですか", "おしらせはいつ"):
        assert KANA not in made(question)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "？",
        "引っ越しました。手続きは要りますか。",
        "一行目\n二行目",
        "以下のいずれかに該当する場合、再交付されますか。",
    ],
)
def test_where_no_rule_is_certain_nothing_is_suggested(question: str) -> None:
    assert made(question) == {}


@given(
    st.text(max_size=40)
    | st.text(st.sampled_from("保険証をはいつですかますか教えてください？お知"), max_size=40)
)
@settings(max_examples=500, deadline=None)
def test_a_suggestion_is_one_line_and_never_the_question(question: str) -> None:
    texts = [one.text for one in rewordings(question, SUDACHI)]
    assert len(set(texts)) == len(texts)
    assert all(text.strip() and "\n" not in text and text != question.strip() for text in texts)
