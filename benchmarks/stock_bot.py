"""Make the stock Rasa bot: the same FAQ, in the files that a Rasa user would write by hand."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from bot import clock
from bot.faq.card import contact_card
from bot.faq.entry import Entry, FaqBook

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "benchmarks/stock"
EXAMPLES = 6  # wordings of an entry that the stock bot is trained on
OUT_OF_SCOPE = "out_of_scope"  # the intent that Rasa's documentation gives to such questions
MADE_FROM = "made-from.sha256"
# Read by the training as well: the tokenizer's own code.
CODE = ("bot/nlu/tokenizer.py", "bot/text/sudachi.py")
MODEL = Path("models/stock.tar.gz")
VOCABULARY = "vocabulary.csv"
CONFIG = "config.yml"


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the bot learns from: at most `examples` wordings of an entry (None: all), and with
    `out_of_scope` as many of every topic, as one more intent; DIET reads them `epochs` times."""

    examples: int | None = EXAMPLES
    out_of_scope: bool = False
    epochs: int = 100  # as in the bot that `rasa init` makes


FIRST_LESSONS = Lessons()


def write_stock_bot(
    book: FaqBook, vocabulary: Path, folder: Path, lessons: Lessons = FIRST_LESSONS
) -> None:
    """Fill `folder`; a model in it stays only if it was made from the very same files."""
    files = stock_files(book, vocabulary, lessons)
    key = fingerprint(files)
    mark = folder / MADE_FROM
    if not (mark.is_file() and mark.read_text("ascii") == key):
        shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    mark.write_text(key, "ascii")


def stock_files(
    book: FaqBook, vocabulary: Path, lessons: Lessons = FIRST_LESSONS
) -> dict[str, str]:
    """Path → content of every file of the bot."""
    wordings = {e.id: stock_wordings(book, e, lessons.examples) for e in book.entries}
    others = (OUT_OF_SCOPE,) if lessons.out_of_scope else ()
    wordings |= {intent: topic_wordings(book, lessons.examples) for intent in others}
    files = {f.name: f.read_text("utf-8") for f in sorted(TEMPLATE.iterdir()) if f.is_file()}
    return {
        **files,
        VOCABULARY: vocabulary.read_text("utf-8"),
        CONFIG: _yaml(config(files[CONFIG], lessons.epochs)),
        "domain.yml": _yaml(domain(book, others)),
        "data/nlu.yml": _yaml(nlu(wordings)),
        "data/rules.yml": _yaml(rules(book, others)),
        "cards.json": json.dumps(cards(book), ensure_ascii=False, indent=1),
    }


def fingerprint(files: dict[str, str]) -> str:
    """SHA-256, hexadecimal, over what a training reads, and the version of Rasa.

    The cards change with the hour (open or closed) and are not trained on.
    """
    trained_on = {name: text for name, text in files.items() if name != "cards.json"}
    trained_on |= {name: (ROOT / name).read_text("utf-8") for name in CODE}
    return digest({**trained_on, "rasa": version("rasa")})


def digest(texts: dict[str, str]) -> str:
    """SHA-256, hexadecimal, over names and texts."""
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()


def stock_wordings(book: FaqBook, entry: Entry, limit: int | None = EXAMPLES) -> tuple[str, ...]:
    """What the stock bot is trained on, one line each; at most `limit`."""
    return tuple(map(_one_line, book.wordings(entry)[:limit]))


def topic_wordings(book: FaqBook, limit: int | None = None) -> tuple[str, ...]:
    """Those of all out-of-scope topics, at most `limit` of each, one line each."""
    return tuple(_one_line(w) for topic in book.topics for w in topic.examples[:limit])


def config(template: str, epochs: int) -> dict[str, Any]:
    """The pipeline and policies of `template`, with so many epochs of DIET."""
    content: dict[str, Any] = yaml.safe_load(template)
    for component in content["pipeline"]:
        if component["name"] == "DIETClassifier":
            component["epochs"] = epochs
    return content


def domain(book: FaqBook, other_intents: Sequence[str] = ()) -> dict[str, Any]:
    responses = {_utter(e.id): [{"text": e.answer}] for e in book.entries}
    return {
        "version": "3.1",
        "intents": [*(e.id for e in book.entries), *other_intents],
        "actions": ["action_contact_card"],
        "responses": {**responses, _utter("default"): [{"text": "確かな回答がありません。"}]},
        "session_config": {
            "session_expiration_time": 30,
            "carry_over_slots_to_new_session": False,
        },
    }


def nlu(wordings: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """`wordings`: intent → examples."""
    blocks = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
        for intent, texts in wordings.items()
    ]
    return {"version": "3.1", "nlu": blocks}


def rules(book: FaqBook, other_intents: Sequence[str] = ()) -> dict[str, Any]:
    """An entry's text, then its contact cards if it has any; a fallback for all else."""

    def rule(intent: str, *actions: str) -> dict[str, Any]:
        return {"rule": intent, "steps": [{"intent": intent}, *({"action": a} for a in actions)]}

    answers = [
        rule(e.id, _utter(e.id), *(["action_contact_card"] if e.contacts else []))
        for e in book.entries
    ]
    fallbacks = [rule(intent, _utter("default")) for intent in ("nlu_fallback", *other_intents)]
    return {"version": "3.1", "rules": [*answers, *fallbacks]}


def cards(book: FaqBook) -> dict[str, list[dict[str, Any]]]:
    return {
        e.id: [contact_card(book.contact(c), clock.now()) for c in e.contacts]
        for e in book.entries
        if e.contacts
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _utter(name: str) -> str:
    return f"utter_{name}"


def _yaml(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
