"""``faq check``: faults and warnings of the content in data/."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.faq.entry import FaqBook

HELP = "data/ の内容（faq.yml・contacts.yml・vocabulary.csv など）に誤りがないか確かめます"


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
    notices = [*map(str, check_book(book, today())), *_takeovers(book, options.data)]
    for notice in notices:
        print(f"注意  {notice}")
    examples = sum(len(book.wordings(entry)) for entry in book.entries)
    print(
        f"誤りはありません。項目 {len(book.entries)} 件（言い回し {examples} 件）、"
        f"連絡先 {len(book.contacts)} 件、対象外の話題 {len(book.topics)} 件、注意 {len(notices)} 件。"
    )
    return 0


def _takeovers(book: FaqBook, data: Path) -> list[str]:
    """A line for each out-of-scope topic that yields to an entry."""
    from bot.faq.check import where
    from bot.match.encoder import EncoderError
    from bot.match.example import examples_of
    from bot.match.matcher import Settings, topics_taken_over

    settings = Settings(_encoder(), str(data / "vocabulary.csv"))
    try:
        taken = topics_taken_over(examples_of(book), settings)
    except EncoderError as error:
        return [f"対象外の話題と項目の重なりは確かめられませんでした。{error}"]
    return [
        f"{where(book, 'topics', topic)} 対象外の話題「{book.topic(topic).name}」は、項目 {entry} "
        "が答えるようになったため、学習に使いません。out_of_scope.yml から消しても構いません。"
        for topic, entry in taken.items()
    ]


def _encoder() -> str:
    """The encoder that config.yml names for the classifier."""
    import yaml

    config = yaml.safe_load(Path("config.yml").read_text(encoding="utf-8")) or {}
    components = [c for c in config.get("pipeline") or () if "encoder" in c]
    return str(components[0]["encoder"]) if components else "models/encoder"
