"""A small data folder that tests may damage."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.faq.entry import FaqBook
from bot.faq.fault import FaqError, Fault
from bot.faq.load import load_book

BOOK = Path(__file__).parent / "book"


@dataclass(frozen=True)
class Folder:
    """A data folder of its own for one test."""

    path: Path

    def text(self, file: str) -> str:
        return (self.path / file).read_text(encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> Folder:
        raw = content if isinstance(content, bytes) else content.encode("utf-8")
        (self.path / file).write_bytes(raw)
        return self

    def change(self, file: str, old: str, new: str) -> Folder:
        """Replace the first `old`; it must be there."""
        text = self.text(file)
        assert old in text, f"{old!r} is not in {file}"
        return self.write(file, text.replace(old, new, 1))

    def line_of(self, file: str, words: str) -> int:
        """The line, from 1, on which `words` first stand."""
        text = self.text(file)
        assert words in text, f"{words!r} is not in {file}"
        return text[: text.index(words)].count("\n") + 1

    def load(self) -> FaqBook:
        return load_book(self.path)

    def faults(self) -> tuple[Fault, ...]:
        with pytest.raises(FaqError) as caught:
            self.load()
        return caught.value.faults

    def fault(self) -> Fault:
        """The only fault: a second one would be an echo of the first."""
        faults = self.faults()
        assert len(faults) == 1, "\n".join(map(str, faults))
        return faults[0]
