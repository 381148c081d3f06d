"""From a question to a decision, with an encoder that only counts letters."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.match import matcher as matcher_module
from bot.match.decision import Answer, Choices, Decision, NoMatch
from bot.match.example import Example
from bot.match.matcher import ALIAS_CONFIDENCE, Matcher
from bot.match.signals import meant_text
from bot.match.vector_cache import CachedEncoder
from tests.match.conftest import SETTINGS
from tests.match.small import TOPICS, WORDINGS, LetterEncoder, small_examples

ODD = [
    "",
    " ",
    "\x00",
    "\ud800",
    "a\udfffb",
    "🙂🙂",
    "\u200b",
    "か\u3099",
    "𠮷",
    "？？？",
    "\u202eabc",
]
QUESTIONS = [text for texts in (*WORDINGS.values(), *TOPICS.values()) for text in texts]


def one(matcher: Matcher, text: str, hidden: frozenset[str] = frozenset()) -> Decision:
    (decision,) = matcher.match([text], hidden)
    return decision


@pytest.mark.parametrize(("entry", "texts"), WORDINGS.items())
def test_an_exact_wording_is_answered(
    small_matcher: Matcher, entry: str, texts: tuple[str, ...]
) -> None:
    for text in texts:
        decision = one(small_matcher, text)
        assert isinstance(decision, Answer), text
        assert (decision.entry, decision.confidence) == (entry, ALIAS_CONFIDENCE)


def test_width_case_and_punctuation_do_not_hide_an_exact_wording(small_matcher: Matcher) -> None:
    decision = one(small_matcher, "　「ポータルのｕｒｌは」！？")
    assert isinstance(decision, Answer)
    assert (decision.entry, decision.confidence) == ("portal_url", ALIAS_CONFIDENCE)


def test_hidden_entries_are_never_offered(small_matcher: Matcher) -> None:
    hidden = frozenset({"reissue"})
    for text in QUESTIONS:
        assert all(c.entry != "reissue" for c in small_matcher.rank(text, hidden)), text
        assert "reissue" not in str(one(small_matcher, text, hidden)), text


def test_an_exact_wording_of_a_hidden_entry_gets_no_other_answer(small_matcher: Matcher) -> None:
    for text in WORDINGS["reissue"]:
        assert isinstance(one(small_matcher, text, frozenset({"reissue"})), NoMatch), text


def test_with_everything_hidden_it_says_nothing(small_matcher: Matcher) -> None:
    decision = one(small_matcher, "捨てたい", frozenset(WORDINGS))
    assert decision == NoMatch((), decision.topic)  # type: ignore[union-attr]
    assert decision.as_dict()["confidence"] == 0


def test_no_match_names_the_nearest_topic(small_matcher: Matcher) -> None:
    decision = one(small_matcher, "今日の天気は？")
    assert isinstance(decision, NoMatch)
    assert decision.topic == "weather"


def test_saved_and_loaded_it_decides_the_same(small_matcher: Matcher, letters: Path) -> None:
    folder = letters / "saved"
    folder.mkdir()
    small_matcher.save(folder)
    again = Matcher.load(folder)
    for text in [*QUESTIONS, *ODD, "お知らせを破って捨てた", "URL 再交付"]:
        before, after = one(small_matcher, text), one(again, text)
        assert after.as_dict() == before.as_dict(), repr(text)


@pytest.mark.parametrize(
    "text", [*ODD, "捨てる" * 33_000, "\x00" * 100_000], ids=lambda text: ascii(text[:9])
)
def test_odd_texts_never_raise(small_matcher: Matcher, text: str) -> None:
    ranked = small_matcher.rank(text)
    confidences = [c.confidence for c in ranked]
    assert confidences == sorted(confidences, reverse=True)
    assert 0 <= sum(confidences) <= 1 + 1e-6
    one(small_matcher, text)


def test_all_entries_are_ranked(small_matcher: Matcher) -> None:
    assert {c.entry for c in small_matcher.rank("何か")} == set(WORDINGS)


def test_a_second_training_gives_the_same_matcher(small_matcher: Matcher) -> None:
    again = Matcher.fit(small_matcher.examples, small_matcher.settings)
    for text in QUESTIONS:
        assert one(again, text).as_dict() == one(small_matcher, text).as_dict(), text


def test_many_at_once_are_decided_like_one_by_one(small_matcher: Matcher) -> None:
    texts = [*QUESTIONS, *ODD]
    for text, together in zip(texts, small_matcher.match(texts), strict=True):
        alone = one(small_matcher, text)
        assert type(together) is type(alone), text
        assert [c.entry for c in together.candidates] == [c.entry for c in alone.candidates], text
        assert together.confidence == pytest.approx(alone.confidence, abs=1e-5), text


def test_no_texts_get_no_decisions(small_matcher: Matcher) -> None:
    assert small_matcher.match([]) == []


def test_two_questions_in_one_message_are_both_offered(small_matcher: Matcher) -> None:
    decision = one(small_matcher, "お知らせは捨ててもいいですか。マイナポータルのアドレス。")
    assert isinstance(decision, Choices) and decision.both
    assert decision.entries == ("may_discard", "portal_url")


def test_a_topic_that_an_entry_has_taken_over_is_not_learnt(letters: Path) -> None:
    topic = ["傷病手当金の申請", "傷病手当金を申請", "傷病手当金申請"]
    entry = ["傷病手当金の申請書", "申請、傷病手当金", "傷病手当金は申請を"]
    examples = [
        *small_examples(),
        *(Example.of_topic(text, "allowance") for text in topic),
        *(Example.of_entry(text, "sickness_allowance") for text in entry),
    ]
    matcher = Matcher.fit(examples, SETTINGS)
    assert matcher.scorer.labels.topics == tuple(TOPICS)
    for text in (*topic, *entry):
        assert one(matcher, text).as_dict()["entry"] == "sickness_allowance", text


def test_shipped_vectors_are_used(letters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = CachedEncoder.open([], LetterEncoder())
    shipped.encode([meant_text(e.text, SETTINGS.sudachi()) for e in small_examples()])
    shipped.save(letters / matcher_module.SHIPPED_VECTORS)
    encoded: list[str] = []
    monkeypatch.setattr(
        LetterEncoder, "encode", lambda self, texts: encoded.extend(texts) or np.zeros((0, 32))
    )
    Matcher.fit(small_examples(), SETTINGS)
    assert encoded == []
