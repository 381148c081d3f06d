"""Load the content or the model for a command, or end it with what is wrong."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import FaqBotError
from bot.faq.entry import FaqBook
from bot.faq.fault import FaqError
from bot.faq.load import load_book

if TYPE_CHECKING:
    from bot.faq.edit import Draft
    from bot.match.model import FaqModel


def checked_book(data: Path = Path("data")) -> FaqBook:
    try:
        return load_book(data)
    except FaqError as error:
        raise _refusal(error) from None


def checked_draft(data: Path = Path("data")) -> Draft:
    """The content to be changed."""
    from bot.faq.edit import Draft

    try:
        return Draft.open(data)
    except FaqError as error:
        raise _refusal(error) from None


@contextmanager
def without_collector() -> Iterator[None]:
    """Of 50,000 entries nothing is garbage, and looking for it would take half of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _refusal(error: FaqError) -> FaqBotError:
    faults = "\n".join(f"誤り  {fault}" for fault in error.faults)
    return FaqBotError(
        f"{faults}\n内容に誤りがあるため中止しました。直してからもう一度実行してください。"
    )


def chosen_archive(options: argparse.Namespace) -> Path:
    """What servers serve, or the model that was trained last."""
    from bot.match.archive import archive_to_serve, newest_archive

    return newest_archive() if options.edited else archive_to_serve()


def chosen_model(options: argparse.Namespace, threads: int = 1) -> FaqModel:
    """The model of the chosen archive, without Rasa."""
    from bot.match.archive import load_archive

    return load_archive(chosen_archive(options), threads)
