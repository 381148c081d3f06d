"""``faq serve``: the whole bot in one process, on one port."""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys

from bot.errors import FaqBotError

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
    # One question is too little work for two threads: they would only wait for each other.
    # It has to be said before NumPy is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # What start-up makes, stays; looking through it for garbage takes a tenth of its time.
    gc.disable()

    from bot.cli.content import checked_book
    from bot.match.archive import is_stale, newest_archive

    if is_stale(checked_book()):
        _train()
    archive = newest_archive()

    from bot.nlu.rasa_setup import prepare

    prepare()
    from bot.channels.server import serve

    serve(archive, options.host, options.port)
    return 0


def _train() -> None:
    """In a process of its own: training needs twice the memory that serving keeps."""
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run([sys.executable, "-m", "bot.cli.main", "train"], env=environment)
    if done.returncode:
        raise FaqBotError("学習できなかったため、起動を中止しました。")
