"""``faq add``: a new entry, asked for piece by piece."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import FaqBotError

if TYPE_CHECKING:
    from bot.faq.entry import Entry

HELP = "新しいエントリーを、端末で尋ねながら faq.yml に書き足します"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        f"{HELP}。分類・質問・回答・id・例文などを順に尋ね、書く内容を見せてから確かめます。"
        "Ctrl-C で中止でき、そのときは何も変わりません。"
    )
    parser.add_argument(
        "--data", type=Path, default=Path("data"), help="内容のフォルダー（既定: data）"
    )


def run(options: argparse.Namespace) -> int:
    from bot.cli.content import checked_draft
    from bot.cli.interview import Interview
    from bot.cli.terminal import agreed
    from bot.text.sudachi import Sudachi

    try:
        draft = checked_draft(options.data)
        sudachi = Sudachi.load(options.data / "vocabulary.csv", cache=Path("var"))
        entry = Interview.about(draft, sudachi).entry()
        _show(entry)
        if not agreed("書き込みますか？"):
            print("書き込みませんでした。何も変えていません。")
            return 1
    except KeyboardInterrupt:
        print("\n中止しました。何も変えていません。")
        raise
    _write(entry, options.data)
    print(f"{options.data / 'faq.yml'} に {entry.id} を書き足しました。")
    print("faq check で注意を確かめてから、faq publish で公開してください。")
    return 0


def _show(entry: Entry) -> None:
    """The lines as they will stand in the file."""
    from bot.faq.edit import file_form
    from bot.faq.yaml_lines import STEP, item_lines

    form = {key: value for key, value in file_form(entry).items() if value is not None}
    print("\n次の内容を書き足します。")
    print(*item_lines(form, STEP), "", sep="\n")


def _write(entry: Entry, data: Path) -> None:
    from bot.faq.edit import Draft, edit
    from bot.faq.fault import FaqError

    def put(draft: Draft) -> None:
        if any(one.id == entry.id for one in draft.book.entries):
            raise FaqBotError(
                f"id「{entry.id}」は、尋ねているあいだにほかで使われました。何も変えていません。"
            )
        draft.put_entry(entry)

    try:
        edit(data, put)
    except FaqError as error:
        faults = "\n".join(f"誤り  {fault}" for fault in error.faults)
        raise FaqBotError(f"{faults}\n書き足すと上の誤りになるため、何も変えていません。") from None
