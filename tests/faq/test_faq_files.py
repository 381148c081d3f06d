"""Faults of a whole file: not there, not UTF-8, not YAML; and what is no fault."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from faq_folder import BOOK, Folder

from bot.faq import source, yaml_nodes
from bot.faq.entry import FaqBook
from bot.faq.fault import FaqError, Scope
from bot.faq.load import load_book

FAQ = "faq.yml"


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FaqError) as caught:
        load_book(tmp_path / "nowhere")
    (fault,) = caught.value.faults
    assert fault.code == "missing_folder"
    assert "フォルダーがありません" in str(fault)


@pytest.mark.parametrize("file", ["faq.yml", "contacts.yml", "out_of_scope.yml"])
def test_no_file(folder: Folder, file: str) -> None:
    (folder.path / file).unlink()
    fault = folder.fault()
    assert (fault.code, fault.file, fault.line) == ("missing_file", f"data/{file}", None)
    assert str(fault).startswith(f"data/{file} ファイルがありません。{file} はかならず必要です。")


def test_further_wordings_may_be_missing(folder: Folder, book: FaqBook) -> None:
    (folder.path / "wordings.yml").unlink()
    without = folder.load()
    assert without.entry("may_discard").examples == book.entry("may_discard").examples[:5]
    assert without.entry("check_on_portal") == book.entry("check_on_portal")


def test_further_wordings_with_the_other_ending(folder: Folder) -> None:
    (folder.path / "wordings.yml").rename(folder.path / "wordings.yaml")
    fault = folder.fault()
    assert (fault.code, fault.file, fault.line) == ("missing_file", "data/wordings.yml", None)
    assert "読み込まれるのは wordings.yml だけです。" in str(fault)
    assert "wordings.yaml の名前を wordings.yml に変えてください" in str(fault)


def test_no_further_wordings_are_fine(folder: Folder) -> None:
    folder.write("wordings.yml", "wordings: []\n")
    assert len(folder.load().entry("may_discard").examples) == 5


@pytest.mark.parametrize(
    ("content", "code"),
    [("", "empty_file"), ("wordings:\n", "empty_text"), ("entries: []\n", "unknown_key")],
)
def test_further_wordings_are_read_as_strictly(folder: Folder, content: str, code: str) -> None:
    fault = folder.write("wordings.yml", content).faults()[0]
    assert (fault.code, fault.file) == (code, "data/wordings.yml")


def test_a_broken_faq_makes_no_echo_in_its_further_wordings(folder: Folder) -> None:
    folder.write(FAQ, "entries: [")
    assert folder.fault().code == "broken_yaml"


def test_the_other_ending(folder: Folder) -> None:
    (folder.path / FAQ).rename(folder.path / "faq.yaml")
    assert "faq.yaml の名前を faq.yml に変えてください" in str(folder.fault())


def test_a_folder_instead_of_a_file(folder: Folder) -> None:
    (folder.path / FAQ).unlink()
    (folder.path / FAQ).mkdir()
    fault = folder.fault()
    assert fault.code == "unreadable_file"
    assert "フォルダーなど、ファイルではないもの" in str(fault)


def test_a_pipe_is_not_waited_for(folder: Folder) -> None:
    (folder.path / FAQ).unlink()
    os.mkfifo(folder.path / FAQ)
    assert folder.fault().code == "unreadable_file"


def test_a_file_that_may_not_be_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == FAQ:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    fault = folder.fault()
    assert fault.code == "unreadable_file"
    assert "読み取りの権限" in str(fault)


def test_a_file_that_is_too_large(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 1300)
    fault = folder.fault()
    assert (fault.file, fault.code) == ("data/faq.yml", "unreadable_file")
    assert "大きすぎます" in str(fault)


@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff", "# コメントだけ\n"])
def test_nothing_in_it(folder: Folder, content: str) -> None:
    fault = folder.write(FAQ, content).fault()
    assert fault.code == "empty_file"
    assert "バックアップ" in str(fault)


@pytest.mark.parametrize(
    ("codec", "words"),
    [
        ("cp932", "Shift_JIS（CP932）のようです"),
        ("euc_jp", "EUC-JP のようです"),
        ("utf-16", "UTF-16（メモ帳の「Unicode」）のようです"),
        ("utf-16-be", "UTF-16"),
        ("iso2022_jp", "JIS（ISO-2022-JP）のようです"),
    ],
)
def test_another_encoding(folder: Folder, codec: str, words: str) -> None:
    text = folder.text("contacts.yml")
    fault = folder.write("contacts.yml", text.encode(codec)).fault()
    assert (fault.code, fault.file) == ("wrong_encoding", "data/contacts.yml")
    assert words in str(fault)
    assert "文字コードは UTF-8 である必要があります。" in str(fault)
    assert "「名前を付けて保存」で文字コードに UTF-8 を選んで" in str(fault)


def test_one_broken_character(folder: Folder) -> None:
    raw = folder.text(FAQ).encode()
    folder.write(FAQ, raw.replace("総".encode(), b"").replace("以下".encode(), b"\xe4\xbb"))
    fault = folder.fault()
    assert fault.code == "wrong_encoding"
    assert (fault.line, fault.column) == (32, 13)
    assert "UTF-8 として読めない文字があります" in str(fault)


def test_a_byte_order_mark_is_fine(folder: Folder, book: FaqBook) -> None:
    folder.write(FAQ, "\ufeff" + folder.text(FAQ))
    assert folder.load() == book


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(folder: Folder, book: FaqBook, end: str) -> None:
    folder.write(FAQ, folder.text(FAQ).replace("\n", end))
    assert folder.load() == book
    folder.change(FAQ, "以下のとおりです。", "長" * 5000)
    assert folder.fault().line == 32


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\x7f", "\x85", "\u2028"])
def test_a_control_character(folder: Folder, bad: str) -> None:
    fault = folder.change(FAQ, "以下のとおりです。", f"以下{bad}のとおり").fault()
    assert (fault.code, fault.line, fault.column) == ("control_character", 32, 15)
    assert f"U+{ord(bad):04X}" in str(fault)


def test_tabs_indent(folder: Folder) -> None:
    folder.change(FAQ, "    category: マイナ", "\tcategory: マイナ")
    folder.change(FAQ, "    steps:", "  \tsteps:")
    fault = folder.fault()
    assert (fault.code, fault.line) == ("tab_indent", 29)
    assert "ほかに 1 行、最後は 33 行目" in str(fault)
    assert "タブを半角空白2つに置き換えてください。" in str(fault)


def test_tabs_elsewhere_are_fine(folder: Folder, book: FaqBook) -> None:
    folder.change(FAQ, "entries:", "entries: # all\tof them")
    assert folder.load() == book


BROKEN = [
    ("a list and keys", "- a\nb: c\n", 2, "字下げがそろっていません"),
    ("two colons", "entries: a: b\n", 1, "「: 」"),
    ("open quote", "entries:\n  - id: 'x\n  - id: y\n", 2, "引用符が閉じられていません"),
    ("open bracket", "entries:\n  - id: [x\n  - id: y\n", 2, "「[」が「]」で閉じられて"),
    ("open brace", "entries:\n  - {id: x\n  - {id: y\n", 2, "「}」を書いてください"),
    ("at sign", "entries: @x\n", 1, "値を始められない記号"),
    ("backtick", "entries: `x`\n", 1, '引用符（"）で囲んで'),
    ("percent", "entries: %x\n", 1, "値を始められない記号"),
    ("unindented key", "entries:\n  - id: x\n   name: y\n", 3, "字下げ"),
    ("quote within quotes", "entries: 'it's'\n", 1, "' は '' と書いて"),
    ("escape", 'entries: "\\q"\n', 1, "「\\」の使い方"),
    ("no colon", "entries\n  - id: x\n", 2, "「: 」"),
    ("no colon after a key", "entries: []\nfoo\nbar: 1\n", 2, "「:」が見つかりません"),
    ("full-width colon", "entries：\n  - id: x\n", 2, "「：」は、半角の「:」と半角空白に"),
    ("indented twice", "  entries:\n contacts:\n", 2, "字下げがそろっていません"),
    ("exclamation mark", "entries: !重要 x\n", 1, "値を始められない記号"),
    ("ampersand", "entries: &重要 x\n", 1, "値を始められない記号"),
    ("asterisk", "entries: *重要 x\n", 1, "値を始められない記号"),
    ("text after the bar", "entries: |あ\n  い\n", 1, "「|」や「>」と同じ行"),
    ("list on the line of its key", "entries: - x\n", 1, "項目と同じ行に「- 」"),
    ("bracket", "entries: ]\n", 1, "値を始められない記号"),
]


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", None)])
@pytest.mark.parametrize(
    ("text", "line", "words"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN]
)
def test_broken_yaml(
    folder: Folder,
    monkeypatch: pytest.MonkeyPatch,
    loader: type | None,
    text: str,
    line: int,
    words: str,
) -> None:
    if loader is None:
        pytest.skip("PyYAML without libyaml")
    monkeypatch.setattr(yaml_nodes, "Loader", loader)
    fault = folder.write(FAQ, text).fault()
    assert fault.code == "broken_yaml"
    assert words in str(fault), str(fault)
    assert fault.line is not None
    assert abs(fault.line - line) <= (loader is not yaml.SafeLoader), str(fault)
    assert "YAML として読めません" in str(fault)


REFUSED = [
    ("alias", "entries:\n  - &a {id: x}\n  - *a\n", 3, "YAML の参照（*a）"),
    ("anchor", "entries: &list []\n", 1, "「&list」"),
    ("tag", "entries: !!python/object/apply:os.system [id]\n", 1, "「!!python/object"),
    ("own tag", "entries: !main x\n", 1, "「!main」"),
    ("tag on a text", "entries: !!str x\n", 1, "「!!str」"),
    ("nesting", "entries: " + "[" * 50_000 + "]" * 50_000 + "\n", 1, "16 段を超えて"),
    ("two documents", "entries: []\n---\nentries: []\n", 2, "2つ目の文書"),
    ("list as key", "? [a]\n: b\n", 1, "項目の名前のところ"),
]


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", None)])
@pytest.mark.parametrize(
    ("text", "line", "words"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED]
)
def test_refused_yaml(
    folder: Folder,
    monkeypatch: pytest.MonkeyPatch,
    loader: type | None,
    text: str,
    line: int,
    words: str,
) -> None:
    if loader is None:
        pytest.skip("PyYAML without libyaml")
    monkeypatch.setattr(yaml_nodes, "Loader", loader)
    faults = [one for one in folder.write(FAQ, text).faults() if one.code == "refused_yaml"]
    assert [fault.line for fault in faults if words in str(fault)] == [line], faults


def test_full_width_spaces_do_not_indent(folder: Folder) -> None:
    folder.change(FAQ, "    source: Q&A", "　　source: Q&A")
    assert "行の始まりの全角空白は、半角空白にしてください。" in str(folder.faults()[-1])


def test_full_width_spaces_may_begin_a_paragraph(folder: Folder) -> None:
    folder.change(FAQ, "      カードと一緒に", "      　カードと一緒に")
    assert folder.load().entry("may_discard").short == (
        "大切に保管してください。\n　カードと一緒にお持ちください。"
    )


def test_a_billion_laughs(folder: Folder) -> None:
    lines = ["a0: &a0 [lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    faults = folder.write(FAQ, "\n".join(lines)).faults()
    assert {"refused_yaml", "unknown_key", "missing_key"} == {fault.code for fault in faults}


def test_an_alias_to_itself(folder: Folder) -> None:
    faults = folder.write(FAQ, "entries: &a [*a]\n").faults()
    assert {fault.code for fault in faults} == {"refused_yaml"}


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("- id: x\n", "wrong_type", "「entries: …」のような項目の並び"),
        ("こんにちは\n", "wrong_type", "1つの値「こんにちは」"),
        ("entries：\n", "wrong_type", "「：」は、半角の「:」"),
        ("null\n", "wrong_type", "空の値"),
        ("entries:\n", "empty_text", "entries が空です"),
        ("entries: []\n", "empty_text", "entries が空です"),
        ("entries: {may_discard: {}}\n", "wrong_type", "entries はリストである必要"),
        ("entries: no\n", "wrong_type", "entries はリストである必要"),
        ("{}\n", "missing_key", "entries がありません"),
    ],
)
def test_the_top_level(folder: Folder, text: str, code: str, words: str) -> None:
    fault = folder.write(FAQ, text).fault()
    assert fault.code == code
    assert words in str(fault)


def test_the_list_of_another_file(folder: Folder) -> None:
    faults = folder.write("contacts.yml", folder.text("out_of_scope.yml")).faults()
    assert [fault.code for fault in faults] == ["unknown_key", "missing_key"]
    assert "contacts がありません" in str(faults[1])


def test_no_contacts_and_no_topics_are_fine(folder: Folder) -> None:
    folder.write("contacts.yml", "contacts: []\n").write("out_of_scope.yml", "topics: []\n")
    folder.change(FAQ, "    contacts: [hotline]\n    links: [portal_url]\n", "")
    book = folder.load()
    assert (book.contacts, book.topics) == ((), ())


def test_both_parsers_see_the_same_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML without libyaml")
    for path in BOOK.glob("*.yml"):
        trees = []
        for loader in (yaml.SafeLoader, yaml.CSafeLoader):
            monkeypatch.setattr(yaml_nodes, "Loader", loader)
            trees.append(
                yaml_nodes.parse("𠮷😀: 値 # コメント\n" + path.read_text("utf-8"), Scope("", []))
            )
        assert trees[0] == trees[1]
        assert trees[0] is not None
