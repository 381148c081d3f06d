"""``faq versions``: what was published, by whom, and which version is served."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.match.versions import Version

HELP = "公開した版の一覧を表示します"

_SCORES = {
    "offered": "正しく答える",
    "wrong": "誤って答える",
    "answered": "対象外に答える",
    "tests": "項目のテスト",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="プログラム向けに JSON で出力します")


def run(options: argparse.Namespace) -> int:
    from bot.match.versions import Versions

    versions = Versions()
    known, history = versions.all(), versions.history()
    served = history[-1].version if history else None
    if options.json:
        content = {
            "served": served,
            "versions": [asdict(one) for one in known],
            "history": [asdict(one) for one in history],
        }
        print(json.dumps(content, ensure_ascii=False, indent=2))
        return 0
    if not known:
        print("まだ公開していません。faq publish で公開できます。")
    for one in known:
        mark = "公開中" if one.number == served else "　　　"
        print(f"{mark} 版 {one.number}  {_minute(one.at)}  {one.by}  {_described(one)}")
    backs = [one for one in history if one.action == "rollback"]
    for switch in backs:
        print(
            f"取り消し  {_minute(switch.at)}  {switch.by}  版 {switch.version} に戻す  {switch.comment}"
        )
    return 0


def _described(version: Version) -> str:
    shares = [
        f"{label} {count}/{total}"
        for name, label in _SCORES.items()
        for count, total in [version.scores.get(name, (0, 0))]
        if total
    ]
    parts = [f"項目 {version.entries} 件", *shares, version.book[:12], version.comment]
    return "  ".join(part for part in parts if part)


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")
