"""SudachiPy as Rasa tokenizer: tokens stand where they say."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.tokenizer import SudachiTokenizer
from bot.text.sudachi import Sudachi
from tests.conftest import ROOT

TEXTS = [
    "お知らせは捨ててもいいですか？",
    "資格情報のお知らせが、とどきません。マイナ保険証　との違い",
    "ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ　紛失 TEL 0120-95-0178",
    "𠮷野家🍚で𠮷田さん",
    "か\u3099き\u3099　㍿㌔",
    "マイナ\u200bポータル\x00の\ud800見方",
    "a  b\n\nc",
    "お知らせは捨ててもいいですか。" * 300,
]


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> SudachiTokenizer:
    sudachi = Sudachi.load(ROOT / "data/vocabulary.csv", tmp_path_factory.mktemp("dictionary"))
    return SudachiTokenizer(SudachiTokenizer.get_default_config(), sudachi)


def tokens(tokenizer: SudachiTokenizer, text: str) -> list[Token]:
    return tokenizer.tokenize(Message({"text": text}), "text")


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:8]))
def test_a_token_is_the_text_between_its_offsets(tokenizer: SudachiTokenizer, text: str) -> None:
    found = tokens(tokenizer, text)
    assert found
    end = 0
    for token in found:
        assert text[token.start : token.end] == token.text
        assert token.text.strip()
        assert token.start >= end
        end = token.end


@pytest.mark.parametrize("text", ["", " ", "。", "\x00", "🙂"])
def test_a_text_without_words_has_no_tokens(tokenizer: SudachiTokenizer, text: str) -> None:
    assert tokens(tokenizer, text) == []


def test_words_of_the_field_stay_whole(tokenizer: SudachiTokenizer) -> None:
    words = [token.text for token in tokens(tokenizer, "マイナ保険証と資格情報のお知らせ")]
    assert "マイナ保険証" in words


def test_the_lemma_is_the_normalised_form(tokenizer: SudachiTokenizer) -> None:
    lemmas = [token.lemma for token in tokens(tokenizer, "捨てた")]
    assert lemmas[0] == "捨てる"


def test_rasa_gets_tokens_for_every_message(tokenizer: SudachiTokenizer) -> None:
    (message,) = tokenizer.process([Message({"text": "捨てた"})])
    assert [token.text for token in message.get("text_tokens")] == ["捨て", "た"]


def test_it_is_created_with_the_vocabulary_of_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = {**SudachiTokenizer.get_default_config(), "vocabulary": None}
    without = SudachiTokenizer.create(settings, None, None, None)  # type: ignore[arg-type]
    assert len(tokens(without, "マイナ保険証")) > 1
    missing = SudachiTokenizer.create(SudachiTokenizer.get_default_config(), None, None, None)  # type: ignore[arg-type]
    with pytest.raises(OSError, match=r"data/vocabulary\.csv"):
        tokens(missing, "マイナ保険証")
