"""What ``faq check`` found, as lines for people and as JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.faq.entry import FaqBook
    from bot.faq.fault import Fault
    from bot.faq.notice import Notice, Place


@dataclass(frozen=True, slots=True)
class Finding:
    """`level`: error for a fault, which stops training and publishing, or warning."""

    code: str
    level: str
    place: Place
    message: str

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "level": self.level,
            **asdict(self.place),
            "message": self.message,
        }

    def __str__(self) -> str:
        kind = "誤り" if self.level == "error" else "注意"
        return f"{kind}  {self.place} {self.message}"


def of_fault(fault: Fault) -> Finding:
    from bot.faq.notice import Place

    place = Place(fault.file, fault.line, fault.column, fault.entry)
    return Finding(fault.code, "error", place, fault.found + fault.expected + fault.advice)


def of_notice(notice: Notice) -> Finding:
    return Finding(notice.code, "warning", notice.place, notice.message)


@dataclass(frozen=True, slots=True)
class Findings:
    """`notices` are looked for only where there are no faults; `book` is None where there are.

    `quick`: what needs the encoder was left out.
    """

    faults: Sequence[Finding]
    notices: Sequence[Finding]
    book: FaqBook | None
    quick: bool

    def lines(self) -> Iterator[str]:
        """For the terminal; the last line counts."""
        yield from map(str, (*self.faults, *self.notices))
        if self.faults or self.book is None:
            yield f"{len(self.faults)} 件の誤りがあります。直すまで学習・公開はできません。"
            return
        counts = self.summary()
        left_out = "言い回しの照合は省きました（--quick）。" if self.quick else ""
        yield (
            f"誤りはありません。項目 {counts['entries']} 件（言い回し {counts['wordings']} 件）、"
            f"連絡先 {counts['contacts']} 件、対象外の話題 {counts['topics']} 件、"
            f"注意 {counts['notices']} 件。{left_out}"
        )

    def summary(self) -> dict[str, int]:
        """How many of everything; without a book only of what was found."""
        counts = {"faults": len(self.faults), "notices": len(self.notices)}
        if self.book is not None:
            counts |= {
                "entries": len(self.book.entries),
                "wordings": sum(len(self.book.wordings(entry)) for entry in self.book.entries),
                "contacts": len(self.book.contacts),
                "topics": len(self.book.topics),
            }
        return counts

    def as_dict(self) -> dict[str, Any]:
        return {
            "faults": [fault.as_dict() for fault in self.faults],
            "notices": [notice.as_dict() for notice in self.notices],
            "summary": {**self.summary(), "quick": self.quick},
        }


def print_json(document: dict[str, Any]) -> None:
    """UTF-8, whatever the terminal's encoding; a lone surrogate stays an escape."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
