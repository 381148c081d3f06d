"""What the matcher sees in the content: nothing much as shipped, and every slip put into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from bot.faq.entry import Entry, FaqBook
from bot.faq.load import load_book
from bot.faq.notice import Notice
from bot.faq.store import make_book
from bot.match import advice_examples
from bot.match.advice import advise
from bot.match.advice_entries import meet, similar_entries
from bot.match.advice_examples import misleading_examples, similar_examples
from bot.match.advice_words import unknown_words
from bot.match.example import Example, examples_of
from bot.match.fitting import settings_for
from bot.match.signals import Floats, Signals
from tests.conftest import ROOT, copy_project
from tests.match.conftest import SETTINGS
from tests.match.small import small_book
from tests.match.test_takeover import around

ENTRIES = """
  - id: throw_away
    category: 資格情報のお知らせ
    question: 資格情報のお知らせは捨てていいですか。
    answer: 大切に保管してください。
    reviewed: 2026-11-24
    examples:
      - 届いたお知らせを処分してもよいでしょうか
      - お知らせ 廃棄 してよいか
      - 確認が済んだ紙は捨てても問題ない？
      - 通知を破棄していいのか教えて
      - もう見たからゴミに出していいよね
  - id: checkup
    category: 健診
    question: 人間ドックの予約はどうすればいいですか。
    answer: 契約している健診機関へ、直接ご予約ください。
    reviewed: 2026-11-24
    examples:
      - 人間ドックの予約はどうしたらいいですか
      - 人間ドックの予約はどのようにすればよいですか
      - 人間ドックの予約はどうすればいい？
      - 人間ドックの予約方法を教えてください
      - 人間ドックを予約したいのですが、どうすればいいですか
"""
STRAY = "お知らせをなくしたので、もう一枚送ってください"  # of reissue


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped content in a folder of its own."""
    folder = tmp_path_factory.mktemp("advice")
    copy_project(folder)
    return folder


@pytest.fixture(scope="module")
def inside(project: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        yield project


@pytest.fixture(scope="module")
def shipped(inside: Path) -> tuple[Notice, ...]:
    return advise(load_book(Path("data")), settings_for())


@pytest.fixture(scope="module")
def spoilt(inside: Path) -> tuple[Notice, ...]:
    """Advice on the shipped content with two entries more and a stray example."""
    faq = inside / "data/faq.yml"
    before = faq.read_text("utf-8")
    stray = before.replace("    examples:\n", f"    examples:\n      - {STRAY}\n", 1)
    faq.write_text(stray.rstrip("\n") + ENTRIES, "utf-8")
    found = advise(load_book(Path("data")), settings_for())
    faq.write_text(before, "utf-8")
    return found


def test_of_the_shipped_content_a_few_examples_lie_between_entries(
    shipped: tuple[Notice, ...],
) -> None:
    said = "\n".join(map(str, shipped))
    assert {notice.code for notice in shipped} <= {"misleading_example"}, said
    assert len(shipped) <= 3, said
    assert all(notice.place.line and notice.place.column for notice in shipped)


def new(code: str, spoilt: tuple[Notice, ...], shipped: tuple[Notice, ...]) -> list[Notice]:
    known = {notice.message for notice in shipped}
    return [n for n in spoilt if n.code == code and n.message not in known]


def test_a_second_entry_for_one_question(
    spoilt: tuple[Notice, ...], shipped: tuple[Notice, ...]
) -> None:
    (notice,) = new("similar_entries", spoilt, shipped)
    assert notice.place.id == "throw_away"
    assert "項目 may_discard「" in notice.message
    assert "1つにまとめるか" in notice.message
    assert [n for n in spoilt if n.place.id == "throw_away"] == [notice]  # said once, not six times


def test_an_example_of_another_entry(
    spoilt: tuple[Notice, ...], shipped: tuple[Notice, ...]
) -> None:
    found = [n for n in new("misleading_example", spoilt, shipped) if STRAY in n.message]
    assert len(found) == 1
    assert "項目 reissue「" in found[0].message
    assert found[0].place.id == "last_four_digits"
    assert (found[0].place.file, found[0].place.column) == ("data/faq.yml", 9)


def test_five_examples_with_five_endings(
    spoilt: tuple[Notice, ...], shipped: tuple[Notice, ...]
) -> None:
    (notice,) = new("similar_examples", spoilt, shipped)
    assert notice.place.id == "checkup"
    assert notice.message.startswith("言い方 6 件（質問と例文）が似すぎていて、")
    assert notice.message.count("人間ドックの予約") == 2


ONE = Entry("one", "分類", "質問は？", "回答です。", ("例", "文"))


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ((None, None), (None, None), True),
        ((None, date(2027, 3, 31)), (date(2027, 4, 1), None), False),
        ((None, date(2027, 4, 1)), (date(2027, 4, 1), None), True),
        ((date(2027, 4, 1), None), (None, date(2027, 3, 31)), False),
        ((date(2027, 1, 1), date(2027, 1, 31)), (date(2027, 1, 10), None), True),
        ((None, date(2027, 1, 1)), (None, date(2026, 1, 1)), True),
    ],
)
def test_versions_of_an_entry_do_not_meet(
    first: tuple[date | None, date | None], second: tuple[date | None, date | None], together: bool
) -> None:
    one = replace(ONE, valid_from=first[0], valid_until=first[1])
    other = replace(ONE, valid_from=second[0], valid_until=second[1])
    assert meet(one, other) == meet(other, one) == together


def pair(**changes: object) -> tuple[FaqBook, list[Example]]:
    """Two entries of eight wordings each, and four of other things."""
    texts = [tuple(f"{id}{number}" for number in range(8)) for id in "abcdef"]
    entries = [
        Entry(id * 3, "分類", of[0], f"{id}についての回答です。窓口へお越しください。", of[1:])
        for id, of in zip("abcdef", texts, strict=True)
    ]
    entries[1] = replace(entries[1], **changes)  # type: ignore[arg-type]
    book = make_book(tuple(entries), (), ())
    return book, examples_of(book)


def vectors(apart: float) -> Floats:
    """Of the wordings of `pair`: those of the second entry lie `apart` from the first's."""
    second = around(0, 8, 0.06, 2) + apart * around(1, 8, 0.06, 3)
    second /= np.linalg.norm(second, axis=1, keepdims=True)
    others = [around(axis, 8, 0.06, axis + 4) for axis in range(2, 6)]
    return np.concatenate([around(0, 8, 0.06, 1), second, *others])


SAME = "aについての回答です。窓口へお越しください。"


@pytest.mark.parametrize(
    ("apart", "answer", "said"),
    [
        (0.0, SAME, "1つにまとめてください"),
        (0.0, "まったく別のことを言う文章。", "回答が食い違わないか"),
        (0.28, SAME, "1つにまとめてください"),
        (0.28, "まったく別のことを言う文章。", None),
        (0.6, SAME, None),
    ],
)
def test_wordings_and_answers_are_compared(apart: float, answer: str, said: str | None) -> None:
    book, examples = pair(answer=answer)
    found = list(similar_entries(book, examples, vectors(apart)))
    assert [one.ids for one in found] == ([] if said is None else [{"aaa", "bbb"}])
    for one in found:
        assert one.notice(book).place.id == "bbb"
        assert said is not None and said in one.notice(book).message


def test_an_entry_and_its_next_version_may_say_the_same() -> None:
    book, examples = pair(answer=SAME, valid_from=date(2027, 4, 1))
    old = replace(book.entries[0], valid_until=date(2027, 3, 31))
    book = make_book((old, *book.entries[1:]), (), ())
    assert list(similar_entries(book, examples, vectors(0.0))) == []


def test_one_entry_alone_has_no_rival() -> None:
    book = make_book((ONE,), (), ())
    examples = examples_of(book)
    meaning = around(0, 3, 0.06, 1)
    assert list(similar_entries(book, examples, meaning)) == []
    assert list(similar_examples(book, examples, meaning)) == []


@pytest.mark.parametrize(("apart", "least", "most"), [(0.0, 1.0, 1.01), (9.0, 5.9, 6.0)])
def test_the_vendi_score_counts_what_differs(apart: float, least: float, most: float) -> None:
    distance = apart * (1 - np.eye(6, dtype=np.float32))
    assert least <= advice_examples._different(np.exp(-distance)) <= most + 1e-6


def test_wordings_that_are_one_to_the_matcher(letters: Path) -> None:
    twins = ("紛失 マイナンバーカード", "紛失　マイナンバ－カ－ド", "破れた", "再交付", "もう一枚")
    found = [n for n in advise(small_book(examples=twins), SETTINGS) if n.place.id == "reissue"]
    (notice,) = [notice for notice in found if notice.code == "similar_examples"]
    assert (
        "「紛失　マイナンバ－カ－ド」は「紛失 マイナンバーカード」と、ボットには同じ文"
        in notice.message
    )


def test_a_chunk_at_a_time_gives_the_same(letters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = small_book(examples=("マイナポータルのサイトのURLはどこ", "なくした", "破れた"))
    whole = advise(book, SETTINGS)
    monkeypatch.setattr(advice_examples, "_AT_ONCE", 1)
    assert advise(book, SETTINGS) == whole
    assert "reissue" in {n.place.id for n in whole if n.code == "misleading_example"}


def test_foreign_wordings_mislead_nobody() -> None:
    book, examples = pair()
    signals = Signals(vectors(1.0), sparse.csr_matrix((48, 1), dtype=np.float32))
    stray = [replace(e, label="ccc") if e.text == "b7" else e for e in examples]
    (notice,) = misleading_examples(book, stray, signals)
    assert "「b7」" in notice.message and "項目 bbb" in notice.message
    foreign = [replace(e, foreign=e.text == "b7") for e in stray]
    assert list(misleading_examples(book, foreign, signals)) == []


def test_a_version_that_comes_later_misleads_nobody() -> None:
    book, examples = pair(valid_from=date(2027, 4, 1))
    signals = Signals(vectors(1.0), sparse.csr_matrix((48, 1), dtype=np.float32))
    stray = [replace(e, label="ccc") if e.text == "b7" else e for e in examples]
    old = replace(book.entries[2], valid_until=date(2027, 3, 31))
    book = make_book((*book.entries[:2], old, *book.entries[3:]), (), ())
    assert list(misleading_examples(book, stray, signals)) == []


WORD = "フェムテック"


@pytest.fixture
def words(inside: Path) -> Path:
    return inside / "data/vocabulary.csv"


def unknown(entry: Entry, vocabulary: Path) -> list[Notice]:
    return list(unknown_words(make_book((entry,), (), ()), vocabulary, Path("var")))


def test_an_unknown_word_and_the_row_that_makes_it_known(words: Path) -> None:
    entry = replace(ONE, question=f"{WORD}の健診はありますか。")
    (notice,) = unknown(entry, words)
    assert notice.code == "unknown_word"
    assert f"「{WORD}」は辞書にない言葉です。" in notice.message
    row = notice.message.rpartition("足してください: ")[2]
    before = words.read_text("utf-8")
    words.write_text(f"{before.rstrip()}\n{row}\n", "utf-8")
    try:
        assert unknown(entry, words) == []
    finally:
        words.write_text(before, "utf-8")


def test_the_reading_of_kanji_is_asked_for(words: Path) -> None:
    (notice,) = unknown(replace(ONE, answer="往療の料金についてご案内します。"), words)
    assert ",（読みを全角カタカナで),".replace(")", "）") in notice.message


def test_slips_and_sentences_in_examples_are_no_words(words: Path) -> None:
    slips = ("マイナンバカード 紛失", "オシラセヲステタイ", "oshirase wo suteru", "おしらせすてる")
    assert unknown(replace(ONE, examples=slips), words) == []
    seven = tuple(
        f"{WORD}の{about}" for about in ("予約", "料金", "場所", "時間", "内容", "対象", "結果")
    )
    assert unknown(replace(ONE, examples=seven), words) == []
    (notice,) = unknown(replace(ONE, examples=(*seven, f"{WORD} とは")), words)
    assert f"「{WORD}」" in notice.message


def test_every_code_is_documented() -> None:
    files = sorted((ROOT / "bot/match").glob("advice*.py"))
    sources = "\n".join(file.read_text("utf-8") for file in files)
    made = set(re.findall(r'Notice\(\s*"([a-z_]+)"', sources))
    assert made and made == set(re.findall(r"^\| `([a-z_]+)`", sources, re.M))
