"""``faq serve``: the whole bot in one process, on one port."""

from __future__ import annotations

import argparse
import errno
import gc
import os
import socket
import subprocess
import sys
from pathlib import Path

from bot.cli.options import port_number
from bot.errors import FaqBotError

HELP = "ボットを起動します（モデルが古ければ先に学習します）"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=port_number, default=5005, help="ポート番号（既定: 5005）")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="待ち受けるアドレス（既定: 127.0.0.1、この機械からのみ）",
    )


def run(options: argparse.Namespace) -> int:
    require_free(options.host, options.port)
    # One question is too little work for two threads: they would only wait for each other.
    # It has to be said before NumPy is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # What start-up makes, stays; looking through it for garbage takes a tenth of its time.
    gc.disable()

    archive, version = _model()

    from bot.nlu.rasa_setup import prepare

    prepare()
    from bot.channels.server import serve

    serve(archive, options.host, options.port, version)
    return 0


def require_free(host: str, port: int) -> None:
    """Raises FaqBotError where nothing can listen; Sanic would say it with a traceback, and exit 0."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # A bot that has just ended leaves connections behind; they keep nobody from listening.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise FaqBotError(_not_free(error, host, port)) from None


def _not_free(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"ポート {port} はほかのプログラムが使っています。--port で別の番号を指定してください。"
        )
    if error.errno == errno.EACCES:
        return (
            f"ポート {port} を使う権限がありません。--port で 1024 以上の番号を指定してください。"
        )
    return f"{host} はこの機械のアドレスではありません。--host の指定を確かめてください。"


def _model() -> tuple[Path, int | None]:
    """The published version, or, before anything was published, the content in data/."""
    from bot.match.archive import archive_to_serve
    from bot.match.versions import Versions
    from bot.publish.publisher import is_readable

    versions = Versions()
    number = versions.served()
    if number is None:
        return trained_archive(), None
    try:
        if versions.is_outdated(versions.get(number)):
            number = _made_again(number, "以前のプログラムで作られた")
        elif not is_readable(versions.archive(number)):
            number = _made_again(number, "モデルを読み込めない")
    except FaqBotError as error:
        raise FaqBotError(
            f"{error}\n公開中の版 {number} を使えません。faq rollback でほかの版に戻すか、"
            "faq publish で公開し直してください。"
        ) from error
    _tell_of_edits(versions.get(number).book)
    return archive_to_serve(), number


def trained_archive() -> Path:
    """The model of the content in data/, trained now if it is not there."""
    from bot.cli.content import checked_book
    from bot.match.archive import is_stale, newest_archive

    if is_stale(checked_book()):
        _train()
    return newest_archive()


def _made_again(number: int, why: str) -> int:
    """The same content as a new version."""
    from bot.publish.publisher import publish_again

    print(f"版 {number} は{why}ため、同じ内容で作り直します。", flush=True)
    return publish_again(number, "faq serve").number


def _tell_of_edits(published: str) -> None:
    from bot.faq.fault import FaqError
    from bot.faq.load import load_book

    try:
        is_edited = load_book(Path("data")).fingerprint != published
    except FaqError:
        is_edited = True
    if is_edited:
        print(
            "data/ にまだ公開していない変更があります。公開するには faq publish を実行してください。"
        )


def _train() -> None:
    """In a process of its own: training needs twice the memory that serving keeps."""
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run([sys.executable, "-m", "bot.cli.main", "train"], env=environment)
    if done.returncode:
        raise FaqBotError("学習できなかったため、起動を中止しました。")
