"""Ids made of questions: of the form that is asked for, readable, and no second one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.ids import latin, propose_id
from bot.text.sudachi import Sudachi

SUDACHI = Sudachi.load(None)


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("扶養に入れる手続きを教えて", "fuyou_tetsuzuki"),
        ("医療費が高額になったら？", "iryouhi_kougaku"),
        ("出産したときにもらえるお金は？", "shussan_kane"),
        ("PDFで保存できますか", "pdf_hozon"),
        ("捨てていい？", "sute"),
        ("？", "entry"),
        ("", "entry"),
    ],
)
def test_an_id_says_what_the_question_is_about(question: str, id: str) -> None:
    assert propose_id(question, SUDACHI, ()) == id


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert propose_id("捨てていい？", SUDACHI, {"sute", "sute_2"}) == "sute_3"


def test_a_long_question_gets_a_short_id() -> None:
    assert len(propose_id("高額療養費と傷病手当金と出産育児一時金の申請" * 30, SUDACHI, ())) <= 40


@given(
    st.text(max_size=60)
    | st.text(st.sampled_from("保険証再発行きゃっーンヴIP9 _お費"), max_size=60)
)
@settings(max_examples=500, deadline=None)
def test_any_question_gets_an_id_of_the_form_that_faq_yml_asks_for(question: str) -> None:
    assert re.fullmatch("[a-z][a-z0-9_]{1,63}", propose_id(question, SUDACHI, ()))


@pytest.mark.parametrize(
    ("kana", "letters"),
    [
        ("シャチョウ", "shachou"),
        ("キャッシュ", "kyasshu"),
        ("イッチ", "itchi"),
        ("ジュウショ", "juusho"),
        ("フォーム", "fomu"),
        ("パーティー", "pati"),
        ("ヴァン", "van"),
    ],
)
def test_kana_in_latin_letters(kana: str, letters: str) -> None:
    assert latin(kana) == letters
