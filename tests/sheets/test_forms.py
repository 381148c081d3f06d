"""What an entry says, as people edit it in a cell, and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sheets.forms import cell_text, cell_value
from bot.sheets.steps import FormError

LINES = st.text(st.sampled_from("手順画面注意：:＝=\\nn あ漢1#-"), min_size=1, max_size=12).map(
    lambda text: f"{text.strip()}。"
)
TEXTS = st.lists(LINES | st.just(""), min_size=1, max_size=4).map(
    lambda lines: "\n".join([*lines, "終"]).strip()
)
FIELDS = st.fixed_dictionaries({"name": LINES}, optional={"example": LINES})
STEPS = st.fixed_dictionaries(
    {"title": LINES, "text": TEXTS},
    optional={
        "fields": st.lists(FIELDS, min_size=1, max_size=3),
        "notes": st.lists(TEXTS, min_size=1, max_size=3),
    },
)


@given(st.lists(STEPS, min_size=1, max_size=3))
@settings(max_examples=400, deadline=None)
def test_steps_come_back(steps: list[dict[str, Any]]) -> None:
    assert cell_value("steps", cell_text("steps", steps).strip()) == steps


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=400, deadline=None)
def test_wordings_come_back(wordings: list[str]) -> None:
    assert cell_value("examples", cell_text("examples", wordings)) == wordings


@given(st.dictionaries(st.from_regex("[a-z][a-z0-9_]{1,9}", fullmatch=True), LINES, min_size=1))
@settings(max_examples=200, deadline=None)
def test_contrasts_come_back_in_their_order(contrasts: dict[str, str]) -> None:
    found = cell_value("contrasts", cell_text("contrasts", contrasts))
    assert isinstance(found, dict)
    assert list(found.items()) == list(contrasts.items())


def test_steps_look_like_this() -> None:
    steps = [
        {
            "title": "カードを選ぶ",
            "text": "右上から選びます。\n手順：は最後です。",
            "fields": [{"name": "区分", "example": "一般"}, {"name": "氏名"}],
            "notes": ["一つ目\n続き"],
        }
    ]
    text = (
        "手順：カードを選ぶ\n右上から選びます。\n\\手順：は最後です。\n"
        "画面：区分＝一般\n画面：氏名\n注意：一つ目\n続き"
    )
    assert cell_text("steps", steps) == text
    assert cell_value("steps", text.replace("：", ":").replace("＝", "=")) == [
        {**steps[0], "text": "右上から選びます。\n手順:は最後です。"}
    ]


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("steps", "右上から選びます。", "「手順：題」の行から書き"),
        ("steps", "注意：先に\n手順：題\n説明", "「手順：題」の行から書き"),
        ("steps", "前書き\n手順：題\n説明", "「手順：題」の行から書き"),
        ("steps", "手順：題だけ", "1つ目の「手順：」に説明がありません"),
        ("steps", "手順：\n説明だけ", "1つ目の「手順：」に題がありません"),
        ("steps", "手順：題\n説明\n手順：題", "2つ目の「手順：」に説明がありません"),
        ("steps", "手順：題\n説明\n注意：", "「注意：」のあとに何もありません"),
        ("steps", "手順：題\n説明\n画面：区分\n続き", "2行にわたっています"),
        ("steps", "手順：題\n説明\n画面：区分＝", "「＝」の前か後が空です"),
        ("steps", "手順：題\n説明\n画面：＝一般", "「＝」の前か後が空です"),
        ("contrasts", "再交付ですか。", "「id：質問」の形ではありません"),
        ("contrasts", "reissue：", "「id：質問」の形ではありません"),
        ("contrasts", "reissue：再交付？\nreissue：別の？", "2回書かれています"),
    ],
)
def test_what_is_wrong_with_a_cell_is_said(key: str, text: str, said: str) -> None:
    with pytest.raises(FormError, match=said):
        cell_value(key, text)


@pytest.mark.parametrize(
    "written", ["2027-03-31", "2027/3/31", "2027/03/31", "2027年3月31日", "2027.3.31"]
)
def test_days_may_be_written_as_excel_writes_them(written: str) -> None:
    assert cell_value("valid_until", written) == "2027-03-31"


def test_a_day_that_is_none_is_left_to_the_check_of_the_content() -> None:
    assert cell_value("valid_until", "来年度末") == "来年度末"


@pytest.mark.parametrize(
    "written", ["hotline、portal_url", "hotline, portal_url", "hotline\nportal_url"]
)
def test_ids_may_be_divided_as_people_do(written: str) -> None:
    assert cell_value("contacts", written) == ["hotline", "portal_url"]
