"""``faq purge``: deletes what is older than the retention setting allows."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from bot.errors import FaqBotError

if TYPE_CHECKING:
    import sqlalchemy as sa

    from bot.review.retention import Conversations

HELP = "保存期間（FAQ_RETENTION_DAYS）を過ぎた質問・評価・会話を削除します"
# The review store's tables as a line for the log names them.
NAMES = {
    "turns": "質問",
    "verdicts": "評価",
    "lookups": "回答検索の報告",
    "decisions": "質問への判断",
}


class PurgeError(FaqBotError):
    """There is no such day to delete until."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="件数を示すだけで、何も削除しません")
    parser.add_argument(
        "--before",
        type=_day,
        metavar="日付",
        help="保存期間によらず、この日より前のものを削除します（例: 2026-11-01）",
    )
    parser.add_argument(
        "--vacuum",
        action="store_true",
        help="大きな SQLite ファイルも作り直します（その間、ボットは書き込めません）",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text}: 2026-11-01 のような日付を指定してください"
        ) from None


def run(options: argparse.Namespace) -> int:
    from bot.review.conversations import database_of

    before = _before(options.before)
    tracker = database_of()  # first: a setting that is wrong must not stop half-way
    records = _purge_records(before, options)
    conversations = _purge_conversations(tracker, before, options)
    print(_told(before, records, conversations, options.dry_run))
    return 0


def _before(given: date | None) -> date:
    from bot import clock
    from bot.review.retention import first_kept

    if given is None:
        return first_kept(clock.today())
    if given > clock.today():
        raise PurgeError(
            f"--before が {given} です。今日（{clock.today()}）以前の日付を指定してください。"
        )
    return given


def _purge_records(before: date, options: argparse.Namespace) -> dict[str, int]:
    from bot.cli.records import readable
    from bot.review.erasure import erasing
    from bot.review.retention import purge_records
    from bot.review.store import URL_VARIABLE, ReviewStore

    with readable("質問の記録", URL_VARIABLE):
        engine = erasing(ReviewStore.open().engine)
        deleted = purge_records(engine, before, options.dry_run)
        _erase(engine, options)
        return deleted


def _purge_conversations(
    url: sa.engine.URL | None, before: date, options: argparse.Namespace
) -> Conversations:
    from bot.cli.records import readable
    from bot.review.database import engine_of
    from bot.review.erasure import erasing, file_of
    from bot.review.retention import Conversations, purge_conversations

    if url is None:
        return Conversations()
    with readable("会話", "endpoints.yml"):
        engine = engine_of(url)
        file = file_of(engine)
        if file is not None and not file.exists():  # nobody has asked yet
            return Conversations()
        deleted = purge_conversations(erasing(engine), before, options.dry_run)
        _erase(engine, options)
        return deleted


def _erase(engine: sa.engine.Engine, options: argparse.Namespace) -> None:
    """Even where nothing was deleted: an earlier run may have been cut short."""
    from bot.review.erasure import erase, file_of, is_large

    if options.dry_run:
        return
    file = file_of(engine)
    large = file is not None and is_large(file) and not options.vacuum
    erase(engine, anew=not large)
    if large:
        print(
            f"{file} は大きいため、作り直していません。消した文の断片が残ることがあります。"
            "利用の少ない時間に faq purge --vacuum を実行してください。"
        )


def _told(
    before: date, records: dict[str, int], conversations: Conversations, dry_run: bool
) -> str:
    """One line for cron's log: numbers, nothing of what was written."""
    names = dict.fromkeys([*NAMES, *records])
    counts = [f"{NAMES.get(name, name)} {records[name]:,} 件" for name in names]
    events = f"会話 {conversations.conversations:,} 件（イベント {conversations.events:,} 件）"
    counted = "、".join([*counts, events])
    if dry_run:
        return f"{before} より前の記録: {counted}。--dry-run のため、削除していません。"
    return f"{before} より前の記録を削除しました: {counted}。"
