"""``faq import``: entries from a table of Excel or CSV, all of them or none."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Container
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import FaqBotError

if TYPE_CHECKING:
    from bot.faq.edit import Draft
    from bot.sheets.headings import Columns
    from bot.sheets.plan import Plan
    from bot.sheets.sheet import Sheet

HELP = "Excel（.xlsx）か CSV の表から、エントリーを faq.yml に取り込みます"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        f"{HELP}。変わる内容を表示してから尋ねます。誤りが1つでもあれば、何も変えません。"
        "表にないエントリー・列にない項目・wordings.yml の言い回しは、そのまま残します。"
    )
    parser.add_argument("file", type=Path, help="取り込むファイル（faq export の形）")
    parser.add_argument("--sheet", metavar="名前", help="読むシート（既定: 最初のシート）")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="見出し=項目",
        help='見出しを項目に当てます（例: --map "お客様の声=例文"）。何度でも使えます',
    )
    parser.add_argument(
        "--ignore-columns", action="store_true", help="知らない見出しの列を読みません"
    )
    parser.add_argument(
        "--make-ids", action="store_true", help="id のない行の id を、質問の読みから作ります"
    )
    parser.add_argument("--all", action="store_true", help="変わる内容を省かずに表示します")
    parser.add_argument("--dry-run", action="store_true", help="表示するだけで、取り込みません")
    parser.add_argument("--yes", action="store_true", help="尋ねずに取り込みます")
    parser.add_argument(
        "--data", type=Path, default=Path("data"), help="内容のフォルダー（既定: data）"
    )


def run(options: argparse.Namespace) -> int:
    from bot.cli.content import checked_draft, without_collector
    from bot.sheets.headings import find_columns, parse_mapping
    from bot.sheets.plan import plan_import
    from bot.sheets.preview import mapping_lines, plan_lines
    from bot.sheets.read import read_sheet

    mapping = parse_mapping(options.map)
    with without_collector():
        sheet = read_sheet(options.file, options.sheet)
        columns = find_columns(sheet, mapping)
        print(*mapping_lines(sheet, columns), "", sep="\n")
        draft = checked_draft(options.data)
        plan = plan_import(
            sheet,
            columns,
            draft,
            ignore_columns=options.ignore_columns,
            make_id=_id_maker(options.data) if options.make_ids else None,
        )
        if plan.faults:
            return _refuse(plan, sheet, columns)
        print(*plan_lines(plan, options.all), sep="\n")
        if plan.changes_nothing:
            print("変わるところはありません。")
            return 0
        if options.dry_run:
            print("表示だけにして、何も変えていません（--dry-run）。")
            return 0
        if not (options.yes or _agreed()):
            print("取り込みませんでした。何も変えていません。")
            return 1
        _save(plan, draft)
    print(f"{options.data / 'faq.yml'} に取り込みました。")
    print("faq check で注意を確かめてから、faq publish で公開してください。")
    return 0


def _save(plan: Plan, draft: Draft) -> None:
    """Write what was shown: where somebody changed the file meanwhile, nothing is written."""
    from bot.faq.fault import FaqError
    from bot.faq.files import locked

    try:
        with locked(draft.data):
            plan.put_into(draft)
            draft.save()
    except FaqError as error:
        faults = "\n".join(f"誤り  {fault}" for fault in error.faults)
        raise FaqBotError(f"{faults}\n取り込むと上の誤りになるため、何も変えていません。") from None


def _refuse(plan: Plan, sheet: Sheet, columns: Columns) -> int:
    from bot.sheets.preview import fault_line

    for fault in plan.faults:
        print(fault_line(fault, sheet, columns))
    print(
        f"{len(plan.faults)} 件の誤りがあるため、何も変えていません。"
        "表を直して、もう一度実行してください。"
    )
    return 1


def _agreed() -> bool:
    from bot.cli.terminal import InputEnded, agreed

    if not sys.stdin.isatty():
        raise FaqBotError(
            "端末ではないため確かめられません。取り込むなら --yes を付けてください。"
            "何も変えていません。"
        )
    try:
        return agreed("取り込みますか？")
    except InputEnded:
        return False


def _id_maker(data: Path) -> Callable[[str, Container[str]], str]:
    from bot.text.ids import propose_id
    from bot.text.sudachi import Sudachi

    sudachi = Sudachi.load(data / "vocabulary.csv", cache=Path("var"))
    return lambda question, taken: propose_id(question, sudachi, taken)
