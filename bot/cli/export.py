"""``faq export``: the entries as a table for Excel, CSV or .xlsx."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.errors import FaqBotError

HELP = "faq.yml のエントリーを、Excel（.xlsx）か CSV の表に書き出します"
NOTE = "wordings.yml の言い回しは書き出しません。書き直した表は faq import で取り込めます。"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = HELP + "。" + NOTE
    parser.add_argument("file", type=Path, help="書き出すファイル（.csv か .xlsx）")
    parser.add_argument(
        "--encoding",
        choices=("utf-8", "cp932"),
        help="CSV の文字コード（既定: utf-8。Excel でそのまま開けます）",
    )
    parser.add_argument("--overwrite", action="store_true", help="同じ名前のファイルを置き換えます")
    parser.add_argument(
        "--data", type=Path, default=Path("data"), help="内容のフォルダー（既定: data）"
    )


def run(options: argparse.Namespace) -> int:
    from bot.cli.content import checked_draft, without_collector
    from bot.sheets.write import KINDS, write_sheet

    file: Path = options.file
    kind = file.suffix.lower()
    if kind not in KINDS:
        raise FaqBotError(f"{file} の拡張子は .csv か .xlsx にしてください。")
    if options.encoding is not None and kind == ".xlsx":
        raise FaqBotError("--encoding は CSV だけに使えます。.xlsx なら外してください。")
    if file.exists() and not options.overwrite:
        raise FaqBotError(f"{file} はすでにあります。置き換えるなら --overwrite を付けてください。")
    with without_collector():
        entries = checked_draft(options.data).entries()
        write_sheet(entries, file, options.encoding or "utf-8")
    print(f"{file} に {len(entries)} 件のエントリーを書き出しました。")
    print(NOTE)
    return 0
