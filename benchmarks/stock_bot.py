"""Make the stock Rasa bot: the same FAQ, in the files that a Rasa user would write by hand."""

from __future__ import annotations

import hashlib
import json
import shutil
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
MADE_FROM = "made-from.sha256"
# Read by the training as well: the tokenizer's own code.
CODE = ("bot/nlu/tokenizer.py", "bot/text/sudachi.py")
MODEL = Path("models/stock.tar.gz")
VOCABULARY = "vocabulary.csv"


def write_stock_bot(book: FaqBook, vocabulary: Path, folder: Path) -> None:
    """Fill `folder`; a model in it stays only if it was made from the very same files."""
    files = stock_files(book, vocabulary)
    key = fingerprint(files)
    mark = folder / MADE_FROM
    if not (mark.is_file() and mark.read_text("ascii") == key):
        shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    mark.write_text(key, "ascii")


def stock_files(book: FaqBook, vocabulary: Path) -> dict[str, str]:
    """Path → content of every file of the bot."""
    files = {f.name: f.read_text("utf-8") for f in sorted(TEMPLATE.iterdir()) if f.is_file()}
    return {
        **files,
        VOCABULARY: vocabulary.read_text("utf-8"),
        "domain.yml": _yaml(domain(book)),
        "data/nlu.yml": _yaml(nlu(book)),
        "data/rules.yml": _yaml(rules(book)),
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


def stock_wordings(book: FaqBook, entry: Entry) -> tuple[str, ...]:
    """What the stock bot is trained on, one line each."""
    return tuple(" ".join(w.split()) for w in book.wordings(entry)[:EXAMPLES])


def domain(book: FaqBook) -> dict[str, Any]:
    responses = {_utter(e.id): [{"text": e.answer}] for e in book.entries}
    return {
        "version": "3.1",
        "intents": [e.id for e in book.entries],
        "actions": ["action_contact_card"],
        "responses": {**responses, _utter("default"): [{"text": "確かな回答がありません。"}]},
        "session_config": {
            "session_expiration_time": 30,
            "carry_over_slots_to_new_session": False,
        },
    }


def nlu(book: FaqBook) -> dict[str, Any]:
    def block(entry: Entry) -> dict[str, str]:
        lines = [f"- {wording}\n" for wording in stock_wordings(book, entry)]
        return {"intent": entry.id, "examples": "".join(lines)}

    return {"version": "3.1", "nlu": [block(e) for e in book.entries]}


def rules(book: FaqBook) -> dict[str, Any]:
    """An entry's text, then its contact cards if it has any; a fallback."""

    def rule(intent: str, *actions: str) -> dict[str, Any]:
        return {"rule": intent, "steps": [{"intent": intent}, *({"action": a} for a in actions)]}

    answers = [
        rule(e.id, _utter(e.id), *(["action_contact_card"] if e.contacts else []))
        for e in book.entries
    ]
    return {"version": "3.1", "rules": [*answers, rule("nlu_fallback", _utter("default"))]}


def cards(book: FaqBook) -> dict[str, list[dict[str, Any]]]:
    return {
        e.id: [contact_card(book.contact(c), clock.now()) for c in e.contacts]
        for e in book.entries
        if e.contacts
    }


def _utter(name: str) -> str:
    return f"utter_{name}"


def _yaml(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
