"""``faq serve``: the whole bot in one process, on one port."""

from __future__ import annotations

import argparse

HELP = "ボットを起動します（モデルが古ければ先に学習します）"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=5005, help="ポート番号（既定: 5005）")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="待ち受けるアドレス（既定: 127.0.0.1、この機械からのみ）",
    )


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise ValueError(text)
    return port


def run(options: argparse.Namespace) -> int:
    from bot.cli.content import checked_book
    from bot.cli.train import train
    from bot.match.archive import is_stale, newest_archive

    archive = train() if is_stale(checked_book()) else newest_archive()

    from bot.nlu.rasa_setup import prepare

    prepare()
    from bot.channels.server import serve

    serve(archive, options.host, options.port)
    return 0
