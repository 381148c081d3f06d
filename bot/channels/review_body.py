"""``POST /api/review/decision``: what a request decides, whatever a client sends."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from bot import clock
from bot.channels import body, errors
from bot.faq.entry import Entry, Topic
from bot.review.decisions import WORDS
from bot.review.reviewer import MOST_TEXTS, About, Reviewer, Written
from bot.text.normalize import fold
from bot.text.redact import redact

MAX_QUESTIONS: Final = 1_000
MAX_WORDING: Final = 1_000  # characters, as in faq.yml
MAX_ANSWER: Final = 4_000
MAX_NAME: Final = 64  # of a person, an entry or a topic

Said = dict[str, Any]


def carry_out(said: Said, reviewer: Reviewer, by: str | None) -> dict[str, Any] | None:
    """What was written, or None; ApiError for what no decision is, and what `Reviewer` raises."""
    what = said.get("what")
    if not isinstance(what, str) or what not in WORDS:
        raise errors.invalid_field("what", "・".join(WORDS) + " のいずれか")
    keys = tuple(filter(None, map(fold, _texts(said, "questions", MAX_QUESTIONS))))
    about = About(tuple(dict.fromkeys(keys)), by or _name(said))
    if what not in ("skip", "ignore"):
        return asdict(_written(said, what, about, reviewer))
    if what == "skip":
        reviewer.skip(about)
    else:
        reviewer.ignore(about)
    return None


def _written(said: Said, what: str, about: About, reviewer: Reviewer) -> Written:
    texts = _texts(said, "texts", MOST_TEXTS)
    if what == "example":
        return reviewer.add_examples(about, _text(said, "entry", MAX_NAME), texts)
    if what == "new_entry":
        return reviewer.add_entry(about, _entry(_object(said, "new_entry"), texts))
    if said.get("new_topic") is not None:
        return reviewer.add_topic(about, _topic(_object(said, "new_topic"), texts))
    return reviewer.add_topic_examples(about, _text(said, "topic", MAX_NAME), texts)


def _entry(given: Said, texts: list[str]) -> Entry:
    return Entry(
        id=_text(given, "id", MAX_NAME),
        category=_text(given, "category", MAX_WORDING),
        question=_text(given, "question", MAX_WORDING),
        answer=_lines(given, "answer", MAX_ANSWER),
        examples=tuple(texts),
        reviewed=clock.today(),
    )


def _topic(given: Said, texts: list[str]) -> Topic:
    id, kind = _text(given, "id", MAX_NAME), _text(given, "kind", MAX_NAME)
    return Topic(id, _text(given, "name", MAX_WORDING), kind, tuple(texts))


def _name(said: Said) -> str | None:
    name = body.read_text(said, "by", MAX_NAME)
    return body.storable(redact(name).text).strip() or None if name else None


def _text(said: Said, name: str, limit: int) -> str:
    return body.storable(_lines(said, name, limit)).strip()


def _lines(said: Said, name: str, limit: int) -> str:
    text = body.read_text(said, name, limit)
    if text is None or not text.strip():
        raise errors.invalid_field(name, "文字列")
    return "\n".join(map(body.storable, text.strip().splitlines()))


def _texts(said: Said, name: str, most: int) -> list[str]:
    texts = said.get(name)
    if not isinstance(texts, list) or len(texts) > most:
        raise errors.invalid_field(name, f"文字列の並び（{most}件まで）")
    if not all(isinstance(one, str) for one in texts):
        raise errors.invalid_field(name, f"文字列の並び（{most}件まで）")
    if any(len(one) > MAX_WORDING for one in texts):
        raise errors.too_long(MAX_WORDING)
    return [body.storable(one).strip() for one in texts]


def _object(said: Said, name: str) -> Said:
    value = said.get(name)
    if not isinstance(value, dict):
        raise errors.invalid_field(name, "オブジェクト")
    return value
