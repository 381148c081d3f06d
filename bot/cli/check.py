"""``faq check``: faults and warnings of the content in data/."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "data/ の内容（faq.yml・contacts.yml・out_of_scope.yml・vocabulary.csv）に誤りがないか確かめます"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, default=Path("data"), help="内容のフォルダー（既定: data）"
    )


def run(options: argparse.Namespace) -> int:
    from bot.clock import today
    from bot.faq.check import check_book
    from bot.faq.fault import FaqError
    from bot.faq.load import load_book
    from bot.text.sudachi import Sudachi
    from bot.text.vocabulary import VocabularyError

    faults: list[str] = []
    try:
        book = load_book(options.data)
    except FaqError as error:
        faults += map(str, error.faults)
    try:
        Sudachi.load(options.data / "vocabulary.csv", cache=Path("var"))
    except VocabularyError as error:
        faults += str(error).splitlines()
    except OSError:
        faults.append(
            f"{options.data / 'vocabulary.csv'} を読み込めません。ファイルがあるか確かめてください。"
        )
    if faults:
        for fault in faults:
            print(f"誤り  {fault}")
        print(f"{len(faults)} 件の誤りがあります。直すまで学習・公開はできません。")
        return 1
    notices = check_book(book, today())
    for notice in notices:
        print(f"注意  {notice}")
    examples = sum(len(book.wordings(entry)) for entry in book.entries)
    print(
        f"誤りはありません。項目 {len(book.entries)} 件（言い回し {examples} 件）、"
        f"連絡先 {len(book.contacts)} 件、対象外の話題 {len(book.topics)} 件、注意 {len(notices)} 件。"
    )
    return 0
