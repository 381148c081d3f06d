"""Load the content for a command, or end it with the list of faults."""

from __future__ import annotations

from pathlib import Path

from bot.errors import FaqBotError
from bot.faq.entry import FaqBook
from bot.faq.fault import FaqError
from bot.faq.load import load_book


def checked_book(data: Path = Path("data")) -> FaqBook:
    try:
        return load_book(data)
    except FaqError as error:
        faults = "\n".join(f"誤り  {fault}" for fault in error.faults)
        raise FaqBotError(
            f"{faults}\n内容に誤りがあるため中止しました。直してからもう一度実行してください。"
        ) from None
