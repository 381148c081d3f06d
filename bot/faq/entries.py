"""faq.yml: questions and their approved answers."""

from __future__ import annotations

from datetime import date

from bot.faq.contrasts import read_contrasts
from bot.faq.entry import Entry, Field, Step
from bot.faq.ledger import Ledger
from bot.faq.record import Record, Shape
from bot.faq.texts import Limit

SHAPE = Shape(
    required=("id", "category", "question", "examples", "answer"),
    optional=(
        "short",
        "easy",
        "choice",
        "agent_note",
        "contacts",
        "links",
        "related",
        "contrasts",
        "steps",
        "source",
        "valid_from",
        "valid_until",
        "reviewed",
        "tests",
    ),
)
STEP = Shape(required=("title", "text"), optional=("fields", "notes"))
FIELD = Shape(required=("name",), optional=("example",))

_WORDING = Limit(1000, lines=None)  # a caller's whole story; the chat itself takes 500
_ANSWER = Limit(4000, lines=None)  # the longest official answer has 300
_SHORT = Limit(120, lines=2)  # two lines of a phone are about 50
_EASY = Limit(400, lines=None)  # for readers who struggle: the longest of ours has 180
_CHOICE = Limit(30)  # two lines on the button of a phone, with room
_TEXT = Limit(2000, lines=None)

# Keys whose place messages may name.
_PLACES = (
    "question",
    "answer",
    "short",
    "easy",
    "choice",
    "contrasts",
    "steps",
    "examples",
    "agent_note",
)


def read_entry(record: Record, ledger: Ledger) -> Entry:
    """One entry; with faults noted, its texts may be blank."""
    id = record.id() or ""
    for key in _PLACES:
        if (node := record.get(key)) is not None:
            ledger.where[f"entries/{id}/{key}"] = f"{record.scope.file}:{node.line}"
    question = record.text("question", _WORDING)
    if question is not None:
        ledger.word(question, "question", record.values["question"], record.scope)
    valid_from, valid_until = _validity(record)
    return Entry(
        id=id,
        category=record.text("category", Limit(40)) or "",
        question=question or "",
        answer=record.text("answer", _ANSWER) or "",
        examples=read_wordings(record, "examples", ledger),
        short=record.text("short", _SHORT),
        easy=record.text("easy", _EASY),
        choice=_choice(record, ledger),
        agent_note=record.text("agent_note", _TEXT),
        contacts=_references(record, "contacts", ledger),
        links=_references(record, "links", ledger),
        related=_references(record, "related", ledger),
        contrasts=read_contrasts(record, ledger),
        steps=tuple(_step(step) for step in record.records("steps", STEP)),
        source=record.text("source", Limit(300)),
        valid_from=valid_from,
        valid_until=valid_until,
        reviewed=record.date("reviewed"),
        tests=read_wordings(record, "tests", ledger),
    )


def read_wordings(record: Record, key: str, ledger: Ledger) -> tuple[str, ...]:
    """The list of wordings at `key`, each noted as leading here."""
    read = record.texts(key, _WORDING)
    for text, node in read:
        ledger.word(text, key, node, record.scope)
    return tuple(text for text, _ in read)


def _choice(record: Record, ledger: Ledger) -> str | None:
    choice = record.text("choice", _CHOICE)
    if choice is not None:
        ledger.choice(choice, record.values["choice"], record.scope)
    return choice


def _references(record: Record, key: str, ledger: Ledger) -> tuple[str, ...]:
    read = record.ids(key)
    for target, node in read:
        ledger.refer(target, key, node, record.scope)
    return tuple(target for target, _ in read)


def _validity(record: Record) -> tuple[date | None, date | None]:
    start, end = record.date("valid_from"), record.date("valid_until")
    if start is not None and end is not None and start > end:
        record.scope.fault(
            "date_order",
            record.values["valid_until"],
            f"valid_from（{start}）が valid_until（{end}）よりあとになっています。",
            "valid_from は valid_until と同じ日か、それより前である必要があります。",
            "2つの日付を確かめてください。",
        )
    return start, end


def _step(record: Record) -> Step:
    return Step(
        title=record.text("title", Limit(200)) or "",
        text=record.text("text", _TEXT) or "",
        fields=tuple(
            Field(field.text("name", Limit(100)) or "", field.text("example", Limit(200)))
            for field in record.records("fields", FIELD)
        ),
        notes=tuple(text for text, _ in record.texts("notes", _TEXT)),
    )
