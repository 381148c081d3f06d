"""Marks in a cell come back as what they were: marks, or text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sheets.escapes import (
    guarded,
    join_pair,
    many_lines,
    one_line,
    split_pair,
    unguarded,
)

TEXTS = st.text(st.sampled_from("\\\nn=＝'+-＋－＠@ aあ"), max_size=12)


@given(TEXTS)
@settings(max_examples=1000, deadline=None)
def test_a_guarded_text_is_no_formula_and_comes_back(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert unguarded(guarded(text)) == text


@given(TEXTS)
@settings(max_examples=1000, deadline=None)
def test_lines_in_one_line_come_back(text: str) -> None:
    assert "\n" not in one_line(text)
    assert many_lines(one_line(text)) == text


@given(TEXTS.map(lambda text: text.replace("\n", "")), st.none() | TEXTS)
@settings(max_examples=1000, deadline=None)
def test_a_pair_comes_back(name: str, value: str | None) -> None:
    assert split_pair(join_pair(name, value)) == (name, value)


def test_what_people_write_by_hand_stays_as_it_is() -> None:
    assert unguarded("'90年代の証") == "'90年代の証"
    assert many_lines("C:\\Users") == "C:\\Users"
    assert split_pair("区分=一般") == ("区分", "一般")
