"""A change writes what changed, keeps everything else, or leaves the file as it was."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.faq import files
from bot.faq.edit import Draft, EditError, edit, file_form
from bot.faq.entry import Contrast, Entry, Field, Step, Topic
from bot.faq.fault import FaqError
from bot.faq.load import load_book
from bot.faq.yaml_edit import Document
from bot.faq.yaml_lines import pair_lines, scalar

FAQ = """\
# 先頭のコメント
entries:
  # 一つ目について
  - id: reissue
    category: お知らせ  # 分類
    question: 再交付してほしい
    answer: |
      別途ご連絡ください。
      # これは回答の一部

    # 例は多いほどよい
    examples:
      - 再発行
      # 家族から
      - もう一度送って  # よく聞かれる
    contacts: [hotline]

  # 二つ目について
  - question: 捨ててよいですか
    id: may_discard
    category: お知らせ
    answer: "大切に\\
      保管してください。"
    examples: [捨てる, '処分: する']
    reviewed: 2026-11-23
# 最後のコメント
"""
CONTACTS = """\
contacts:
  - id: hotline
    name: 窓口
    phones:
      - number: "0120-95-0178"
    languages: [ja]
    hours: always
    source: Q&A
    verified: 2026-11-23
"""
TOPICS = """\
topics:
  - id: weather
    name: 天気
    kind: elsewhere
    examples:
      - 明日は晴れますか
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name, text in (
        ("faq.yml", FAQ),
        ("contacts.yml", CONTACTS),
        ("out_of_scope.yml", TOPICS),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def changed(data: Path, change: Callable[[Draft], None]) -> str:
    edit(data, change)
    return (data / "faq.yml").read_text("utf-8")


def changed_entry(data: Path, entry: str, **values: object) -> str:
    def change(draft: Draft) -> None:
        old = next(one for one in draft.entries() if one.id == entry)
        draft.put_entry(replace(old, **values))  # type: ignore[arg-type]

    return changed(data, change)


def test_an_example_goes_behind_the_last_and_comments_stay(data: Path) -> None:
    after = changed(data, lambda draft: draft.add_examples("reissue", ["紛失: した", "no"]))
    expected = FAQ.replace(
        "      - もう一度送って  # よく聞かれる\n",
        "      - もう一度送って  # よく聞かれる\n      - '紛失: した'\n      - 'no'\n",
    )
    assert after == expected
    assert load_book(data).entry("reissue").examples[-2:] == ("紛失: した", "no")


def test_examples_in_brackets_get_one_more(data: Path) -> None:
    after = changed(data, lambda draft: draft.add_examples("may_discard", ["廃棄"]))
    assert load_book(data).entry("may_discard").examples == ("捨てる", "処分: する", "廃棄")
    assert after.endswith("    reviewed: 2026-11-23\n# 最後のコメント\n")


def test_a_text_in_the_middle_goes_and_its_neighbours_keep_their_comments(data: Path) -> None:
    after = changed_entry(data, "reissue", examples=("新しい紙", "もう一度送って"))
    assert after == FAQ.replace("      - 再発行\n", "      - 新しい紙\n")


def test_a_new_value_keeps_the_comment_behind_it(data: Path) -> None:
    after = changed_entry(data, "reissue", category="手続き")
    assert after == FAQ.replace("category: お知らせ  # 分類", "category: 手続き  # 分類")


def test_comments_within_a_value_stand_above_the_new_one(data: Path) -> None:
    old = "    examples: [捨てる, '処分: する']\n"
    brackets = "    examples: [  # 一番\n      '#1 を捨てる',  # 二番\n      処分# する]  # 三番\n"
    (data / "faq.yml").write_text(FAQ.replace(old, brackets), "utf-8")
    after = changed(data, lambda draft: draft.add_examples("may_discard", ["廃棄"]))
    new = "      - '#1 を捨てる'\n      - 処分# する\n      - 廃棄\n"
    assert after == FAQ.replace(old, f"    # 一番\n    # 二番\n    examples:  # 三番\n{new}")


def test_comments_behind_the_sign_of_a_block_and_between_steps_stay(data: Path) -> None:
    steps = """\
    steps:  # 手順
      - title: 開く
        text: |  # 文
          # 画面を開く
      # 二つ目
      - {title: 閉じる, text: 閉じる。}
"""
    (data / "faq.yml").write_text(
        FAQ.replace("    contacts: [hotline]\n", steps).replace("answer: |", "answer: |  # 公式"),
        "utf-8",
    )
    after = changed_entry(data, "reissue", steps=(Step("開く", "開く。"),), answer="はい。")
    assert "    # 公式\n    answer: はい。\n" in after
    above = "    # 手順\n    # 文\n    # 二つ目\n"
    assert f"{above}    steps:\n      - {{title: 開く, text: 開く。}}\n" in after


def test_an_answer_of_several_lines_is_replaced_with_its_own_lines_only(data: Path) -> None:
    after = changed_entry(data, "reissue", answer="一行の回答。")
    old = "    answer: |\n      別途ご連絡ください。\n      # これは回答の一部\n"
    assert after == FAQ.replace(old, "    answer: 一行の回答。\n")


def test_new_keys_stand_where_one_looks_for_them(data: Path) -> None:
    after = changed_entry(data, "reissue", short="一行\n二行", valid_until=date(2027, 3, 31))
    assert "の一部\n    short: |\n      一行\n      二行\n\n    # 例は" in after
    assert "    contacts: [hotline]\n    valid_until: 2027-03-31\n\n" in after


def test_a_key_that_goes_takes_its_lines_along(data: Path) -> None:
    assert changed_entry(data, "reissue", contacts=()) == FAQ.replace(
        "    contacts: [hotline]\n", ""
    )


def test_a_new_entry_stands_last(data: Path) -> None:
    entry = Entry(
        "steps_of",
        "お知らせ",
        "手順は？",
        "次のとおりです。",
        ("手順",),
        contrasts=(Contrast("reissue", "手順ですか、再交付ですか。"),),
        steps=(Step("手順1", "開く", (Field("区分", "0123"), Field("氏名")), ("注1", "注2")),),
    )
    after = changed(data, lambda draft: draft.put_entry(entry))
    assert after.startswith(FAQ)
    assert load_book(data).entry("steps_of") == entry


def test_out_of_scope_topics_are_added_and_extended(data: Path) -> None:
    topic = Topic("pension", "年金", "near", ("年金はいくら",))
    edit(data, lambda draft: draft.add_topic(topic))
    edit(data, lambda draft: draft.add_topic_examples("weather", ["雨ですか"]))
    assert load_book(data).topics == (
        Topic("weather", "天気", "elsewhere", ("明日は晴れますか", "雨ですか")),
        topic,
    )
    assert (data / "faq.yml").read_text("utf-8") == FAQ


def test_the_first_topic_of_all_is_added(data: Path) -> None:
    (data / "out_of_scope.yml").write_text("topics: []  # まだない\n", "utf-8")
    topic = Topic("pension", "年金", "near", ("年金はいくら",))
    edit(data, lambda draft: draft.add_topic(topic))
    assert load_book(data).topics == (topic,)
    assert "# まだない" in (data / "out_of_scope.yml").read_text("utf-8")


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_line_ends_and_byte_order_mark_stay(data: Path, ending: str, mark: str) -> None:
    raw = (mark + FAQ.replace("\n", ending)).encode("utf-8")
    (data / "faq.yml").write_bytes(raw)
    edit(data, lambda draft: draft.add_examples("reissue", ["紛失"]))
    added = f"      - 紛失{ending}".encode()
    assert (data / "faq.yml").read_bytes().replace(added, b"") == raw


def test_a_change_that_changes_nothing_writes_nothing(data: Path) -> None:
    before = (data / "faq.yml").stat()

    def change(draft: Draft) -> None:
        for entry in draft.entries():
            draft.put_entry(entry)

    edit(data, change)
    assert (data / "faq.yml").stat() == before


def test_a_faulty_change_is_told_and_not_made(data: Path) -> None:
    with pytest.raises(FaqError) as caught:
        edit(data, lambda draft: draft.add_examples("reissue", ["捨てる"]))
    (fault,) = caught.value.faults
    assert fault.code == "duplicate_wording"
    assert fault.file == f"{data}/faq.yml" and f"{data}/faq.yml" in fault.found
    assert (data / "faq.yml").read_text("utf-8") == FAQ


def test_an_entry_in_braces_is_left_to_people(data: Path) -> None:
    braces = "  - {id: may_discard, category: a, question: 捨てる？, answer: b, examples: [c]}\n"
    (data / "faq.yml").write_text(f"entries:\n{braces}", "utf-8")
    with pytest.raises(EditError, match="may_discard"):
        edit(data, lambda draft: draft.add_examples("may_discard", ["処分"]))


def test_what_an_editor_saved_meanwhile_is_not_overwritten(data: Path) -> None:
    def change(draft: Draft) -> None:
        draft.add_examples("reissue", ["紛失"])
        (data / "faq.yml").write_text(FAQ + "# 他の人\n", "utf-8")

    with pytest.raises(EditError, match="ほかで変更"):
        edit(data, change)
    assert (data / "faq.yml").read_text("utf-8") == FAQ + "# 他の人\n"


def test_two_files_are_never_changed_by_one_edit(data: Path) -> None:
    def change(draft: Draft) -> None:
        draft.add_examples("reissue", ["紛失"])
        draft.add_topic_examples("weather", ["雨ですか"])

    with pytest.raises(ValueError, match="one file"):
        edit(data, change)
    assert (data / "faq.yml").read_text("utf-8") == FAQ


def test_edits_of_several_processes_are_all_there(data: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_add_many, args=(data, number)) for number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    examples = load_book(data).entry("reissue").examples
    assert {f"紛失 {a} の {b}" for a in range(3) for b in range(5)} <= set(examples)


def _add_many(data: Path, number: int) -> None:
    for count in range(5):
        text = f"紛失 {number} の {count}"
        edit(data, lambda draft, text=text: draft.add_examples("reissue", [text]))  # type: ignore[misc]


STEPS = ("mkstemp", "fdopen", "fchmod", "fsync", "replace", "sync_folder")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [False, True])
def test_killed_at_any_step_the_file_is_old_or_new(data: Path, step: str, after: bool) -> None:
    worker = multiprocessing.get_context("fork").Process(target=_die_at, args=(data, step, after))
    worker.start()
    worker.join()
    assert worker.exitcode == -signal.SIGKILL
    text = (data / "faq.yml").read_text("utf-8")
    is_new = STEPS.index(step) + after > STEPS.index("replace")
    assert ("紛失" in text) is is_new
    assert is_new or text == FAQ
    edit(data, lambda draft: draft.add_examples("reissue", ["次の人"]))  # nothing stays locked
    assert not list(data.glob(".faq-*"))


def _die_at(data: Path, step: str, after: bool) -> None:
    owner = {"mkstemp": files.tempfile, "sync_folder": files}.get(step, files.os)
    work = getattr(owner, step)

    def die(*args: object, **options: object) -> object:
        if after:
            work(*args, **options)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    setattr(owner, step, die)
    edit(data, lambda draft: draft.add_examples("reissue", ["紛失"]))


_TEXTS = st.text(
    st.sampled_from("あ漢字ABc012 :#-?!'\"{}[],&*%@`|>~=。、🙂𠮷"), min_size=1, max_size=30
).map(lambda text: f"問{text.strip()}")
_BLOCKS = st.lists(_TEXTS | st.just(""), min_size=1, max_size=4).map(
    lambda lines: "\n".join(["始", *lines, "終"])
)


@given(texts=st.lists(_TEXTS, min_size=1, max_size=5), block=_BLOCKS)
@settings(deadline=None)
def test_any_text_comes_back_as_it_was(texts: list[str], block: str) -> None:
    lines = ["entries:", "  - id: one_two"]
    lines += [*pair_lines("answer", block, 4), *pair_lines("examples", texts, 4)]
    document = Document.read("\n".join(lines), "entries", ("id", "answer", "examples"))
    (_, answer), (_, examples) = document.items["one_two"].value[1:]
    assert answer.value.removesuffix("\n") == block
    assert [item.value for item in examples.value] == texts


@given(new=st.lists(_TEXTS, min_size=1, max_size=6, unique=True))
@settings(deadline=None)
def test_any_list_becomes_any_other(new: list[str]) -> None:
    document = Document.read(FAQ, "entries", ("id", "examples"))
    document.put("reissue", "examples", new)
    document.put("may_discard", "examples", new)
    again = Document.read(document.text, "entries", ("id", "examples"))
    assert again.texts("reissue", "examples") == tuple(new)
    assert again.texts("may_discard", "examples") == tuple(new)
    assert {line for line in FAQ.split("\n") if line.lstrip().startswith("#")} <= set(
        document.text.split("\n")
    )


def test_the_shipped_entries_come_back_from_their_file_form(data: Path) -> None:
    """Written anew from nothing but their values, all entries are the same entries."""
    shipped = Draft.open(Path("data"))
    lines = ["entries:"]
    for entry in shipped.entries():
        form = {k: v for k, v in file_form(entry).items() if v is not None}
        lines += ["  - " + pair_lines("id", entry.id, 0)[0]]
        for key, value in form.items():
            if key != "id":
                lines += pair_lines(key, value, 4)
    for name in ("contacts.yml", "out_of_scope.yml"):
        (data / name).write_bytes((Path("data") / name).read_bytes())
    (data / "faq.yml").write_text("\n".join(lines), "utf-8")
    assert load_book(data).entries == shipped.entries()


def test_a_date_needs_no_quotes_and_a_word_like_one_does() -> None:
    assert scalar(date(2027, 3, 31)) == "2027-03-31"
    assert scalar("2027-03-31") == "'2027-03-31'"
