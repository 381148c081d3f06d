"""Values as YAML: what is written by a shortcut is what PyYAML would write."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import yaml
from faq_folder import BOOK
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.faq.edit import Draft, edit
from bot.faq.yaml_lines import scalar

_TEXTS = st.text(
    st.sampled_from("あんアヶ一鿿々ーA9０ｚ、。・？！「」（） :#-'\"%@|>~") | st.characters(),
    max_size=20,
).filter(lambda text: "\n" not in text)


@given(_TEXTS)
@settings(max_examples=1000, deadline=None)
def test_a_text_is_written_as_pyyaml_writes_it(text: str) -> None:
    try:
        dumped = yaml.safe_dump(text, allow_unicode=True, width=float("inf"))
    except UnicodeEncodeError:  # half of a surrogate pair
        return
    assert scalar(text) == dumped.removesuffix("\n").removesuffix("\n...")


def test_several_new_keys_stand_in_their_usual_order(tmp_path: Path) -> None:
    shutil.copytree(BOOK, tmp_path / "data")

    def change(draft: Draft) -> None:
        entry = draft.entries()[1]
        draft.put_entry(replace(entry, short="短い", easy="やさしい", source="出典"))
        draft.put_entry(replace(draft.entries()[0], easy="やさしいほう"))

    edit(tmp_path / "data", change)
    text = (tmp_path / "data/faq.yml").read_text()
    assert "    answer: 以下のとおりです。\n    short: 短い\n    easy: やさしい\n" in text
