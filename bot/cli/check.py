"""``faq check``: faults and warnings of the content in data/."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.cli.findings import Finding, Findings
    from bot.faq.entry import FaqBook
    from bot.faq.fault import Fault
    from bot.faq.notice import Notice

HELP = "data/ の内容（faq.yml・contacts.yml・vocabulary.csv など）に誤りがないか確かめます"

# Findings come file by file, in the order in which people write them.
_ORDER = ("faq.yml", "wordings.yml", "contacts.yml", "out_of_scope.yml", "vocabulary.csv")
_VOCABULARY_FAULT = re.compile(r"(?P<file>.+?):(?P<line>[0-9]+): (?P<found>.+)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, default=Path("data"), help="内容のフォルダー（既定: data）"
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="時間のかかる、言い回しどうしの照合を省きます（コミットの前などに）",
    )
    parser.add_argument("--strict", action="store_true", help="注意があるときも失敗（1）で終えます")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="結果を JSON で出力します")
    form.add_argument("--sarif", action="store_true", help="結果を SARIF 2.1.0 で出力します")


def run(options: argparse.Namespace) -> int:
    from bot.cli.check_codes import MEANINGS
    from bot.cli.findings import print_json
    from bot.cli.sarif import sarif

    findings = look(options.data, options.quick)
    if options.json:
        print_json(findings.as_dict())
    elif options.sarif:
        print_json(sarif((*findings.faults, *findings.notices), MEANINGS))
    else:
        for line in findings.lines():
            print(line)
    return 1 if findings.faults or (options.strict and findings.notices) else 0


def look(data: Path, quick: bool) -> Findings:
    """Everything that is to be said of the folder `data`."""
    from bot.cli.findings import Findings, of_fault, of_notice
    from bot.faq.fault import FaqError
    from bot.faq.load import load_book

    book, faults = None, list(_vocabulary_faults(data / "vocabulary.csv"))
    try:
        book = load_book(data)
    except FaqError as error:
        faults = [*error.faults, *faults]
    if book is None or faults:
        return Findings([of_fault(fault) for fault in faults], [], None, quick)
    notices = [of_notice(notice) for notice in _notices(book, data, quick)]
    return Findings([], sorted(notices, key=_where), book, quick)


def _vocabulary_faults(file: Path) -> Iterator[Fault]:
    from bot.faq.fault import Fault
    from bot.match.matcher import VAR
    from bot.text.sudachi import Sudachi
    from bot.text.vocabulary import VocabularyError

    try:
        Sudachi.load(file, cache=VAR)
    except VocabularyError as error:
        for text in str(error).splitlines():
            found = _VOCABULARY_FAULT.fullmatch(text)
            line, said = (int(found["line"]), found["found"]) if found else (None, text)
            yield Fault("bad_vocabulary", file.as_posix(), line, None, None, said, "", "")
    except OSError:
        said, advice = "ファイルを読み込めません。", "ファイルがあるか確かめてください。"
        yield Fault("missing_file", file.as_posix(), None, None, None, said, "", advice)


def _notices(book: FaqBook, data: Path, quick: bool) -> Iterator[Notice]:
    from bot.clock import today
    from bot.faq.check import check_book
    from bot.match.advice_words import unknown_words
    from bot.match.matcher import VAR

    yield from check_book(book, today())
    yield from unknown_words(book, data / "vocabulary.csv", VAR)
    if not quick:
        yield from _advice(book, data)


def _advice(book: FaqBook, data: Path) -> Iterator[Notice]:
    from bot.faq.notice import Notice, Place
    from bot.match.advice import advise
    from bot.match.encoder import EncoderError
    from bot.match.fitting import CONFIG, settings_for

    try:
        yield from advise(book, settings_for(data))
    except EncoderError as error:
        message = f"言い回しどうしの照合はできませんでした。{error}"
        yield Notice("unchecked", Place(CONFIG.as_posix(), 1), message)


def _where(finding: Finding) -> tuple[int, int]:
    name = Path(finding.place.file).name
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), finding.place.line or 0)
