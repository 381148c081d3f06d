"""The texts that the encoder learns from, and the part of them that it is judged by.

Topics are the FAQ's entries and the topics of the out-of-scope bank. `tests/golden` is never read.
Which texts are held out follows from their hashes: the same data gives the same split, and a new
topic moves no other.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import yaml

DATA = Path("data")
# Every fifth out-of-scope topic, and every fourth wording of the topics that stay.
TOPIC_EVERY, WORDING_EVERY = 5, 4
KANA = re.compile(r"[\u3041-\u309f\u30fc]")
KANJI = re.compile(r"[\u4e00-\u9fff々]")
LATIN = re.compile(r"[A-Za-z]")
POLITE = re.compile(r"(です|ます|ません|でしょう|ました|ください|下さい|ございま|願い|存じ)")
LONG, SHORT = 45, 14  # characters


@dataclass(frozen=True, slots=True)
class Text:
    """A wording with its topic."""

    text: str
    topic: str
    kind: str  # "entry", or the kind of an out-of-scope topic

    @property
    def in_scope(self) -> bool:
        return self.kind == "entry"


@dataclass(frozen=True, slots=True)
class Split:
    """Training texts; held-out wordings of trained topics; all texts of held-out topics."""

    train: tuple[Text, ...]
    known: tuple[Text, ...]
    unseen: tuple[Text, ...]


def load_texts(data: Path = DATA) -> tuple[Text, ...]:
    """Every wording of `faq.yml`, `wordings.yml` and `out_of_scope.yml` once, in their order."""
    texts: dict[str, Text] = {}
    for entry in _read(data / "faq.yml", "entries"):
        for wording in [entry["question"], *entry["examples"]]:
            texts.setdefault(wording, Text(wording, entry["id"], "entry"))
    for entry in _read(data / "wordings.yml", "wordings"):
        for wording in entry["examples"]:
            texts.setdefault(wording, Text(wording, entry["id"], "entry"))
    for topic in _read(data / "out_of_scope.yml", "topics"):
        for wording in topic["examples"]:
            texts.setdefault(wording, Text(wording, topic["id"], topic["kind"]))
    return tuple(texts.values())


def split(texts: tuple[Text, ...]) -> Split:
    """Holds out whole out-of-scope topics, and of the others wordings of every voice."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        kinds[text.kind].add(text.topic)
    unseen = {
        topic
        for kind, topics in kinds.items()
        if kind != "entry"
        for topic in sorted(topics, key=_hash)[::TOPIC_EVERY]
    }
    groups: dict[tuple[str, str], list[Text]] = defaultdict(list)
    for text in texts:
        groups[text.topic, voice(text.text)].append(text)
    known = set()
    for topic in sorted({text.topic for text in texts} - unseen):
        # One row of all voices, so that every fourth takes of each in turn.
        row = [
            text
            for (of, _), group in sorted(groups.items())
            if of == topic
            for text in sorted(group, key=lambda t: _hash(t.text))
        ]
        known.update(row[int(_hash(topic), 16) % WORDING_EVERY :: WORDING_EVERY])
    return Split(
        tuple(t for t in texts if t.topic not in unseen and t not in known),
        tuple(t for t in texts if t in known),
        tuple(t for t in texts if t.topic in unseen),
    )


def voice(text: str) -> str:
    """A rough guess at how a text is written, from its shape alone.

    >>> [voice(t) for t in ("sutete ii?", "すてていいですか", "お知らせ 廃棄", "捨てていいですか？")]
    ['latin', 'kana', 'terse', 'polite']
    """
    kana, kanji, latin = (len(p.findall(text)) for p in (KANA, KANJI, LATIN))
    if latin > kana + kanji:
        return "latin"
    if kana and not kanji:
        return "kana"
    if len(text) >= LONG:
        return "long"
    if POLITE.search(text):
        return "polite"
    return "terse" if len(text) < SHORT or kanji >= kana else "plain"


def _read(path: Path, key: str) -> list[dict[str, object]]:
    content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return list(content[key])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
