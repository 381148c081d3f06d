"""``faq publish``: check, train, test, show what changes, and let the servers take it over."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bot.cli.options import add_who, who

if TYPE_CHECKING:
    from bot.publish.publisher import Candidate

HELP = "編集中の内容を確かめてから公開します（動いているボットに数秒で反映されます）"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="確認の質問をせずに公開します")
    parser.add_argument("--dry-run", action="store_true", help="確かめるだけで、公開しません")
    parser.add_argument(
        "--force", action="store_true", help="基準に届かなくても公開します（理由を --comment に）"
    )
    add_who(parser)


def run(options: argparse.Namespace) -> int:
    from bot.cli.comparison import described, gates
    from bot.cli.content import checked_book
    from bot.clock import today
    from bot.faq.check import check_book
    from bot.match.versions import Versions
    from bot.publish.publisher import candidate, publish

    if options.force and not options.comment:
        print("--force を使うときは、--comment に理由を書いてください。", file=sys.stderr)
        return 1
    notices = check_book(checked_book(), today())
    print(f"誤りはありません（注意 {len(notices)} 件。詳しくは faq check）。")
    versions = Versions()
    with candidate(versions) as one:
        if not one.is_new and not options.force:
            assert one.served is not None
            print(f"公開中の版 {one.served.number} と同じ内容です。公開するものはありません。")
            return 0
        if one.is_blind:
            print(f"公開中の版 {one.number} を読み込めないため、見比べずに進みます。")
        print("学習しました。質問で確かめています…\n", flush=True)
        if one.comparison.before is not None:
            print("\n".join(described(one.comparison)) + "\n")
        print("基準\n" + "\n".join(gates(one.comparison)) + "\n")
        if not _may_go_on(one, options):
            return 1
        if options.dry_run:
            print("確かめただけで、公開していません（--dry-run）。")
            return 0
        version = publish(versions, one, who(options), options.comment)
    print(f"版 {version.number} を公開しました。動いているボットには5秒以内に反映されます。")
    if version.number > 1:
        print("取り消すときは faq rollback を実行してください。")
    return 0


def _may_go_on(one: Candidate, options: argparse.Namespace) -> bool:
    if one.failed and not options.force:
        print("基準に届かないため、公開していません。言い回しや回答を見直してください。")
        print("変更が意図どおりなら、--force と --comment 理由 を付けて実行してください。")
        return False
    if options.yes or options.dry_run:
        return True
    if not sys.stdin.isatty():
        print("公開していません。確認せずに公開するときは --yes を付けてください。")
        return False
    from bot.cli.terminal import agreed

    if not agreed("公開しますか？"):
        print("公開していません。")
        return False
    return True
