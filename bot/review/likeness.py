"""What questions are like: each other, the entries and the out-of-scope topics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.faq.categories import button
from bot.faq.entry import FaqBook
from bot.match.decide import CANDIDATES
from bot.match.decision import Candidate, NoMatch
from bot.match.model import FaqModel

Floats = NDArray[np.float32]

# Half of a vector is the meaning of the text, half is which entries and topics are near to it:
# people who ask for one thing in different words have the same neighbours.  The cosines with the
# nearest wording of each lie close together, and exp spreads them.
SHARPNESS = 20.0
# Mean cosine from which groups are joined.  Of the development questions (537 for 12 entries, 429
# about 344 other topics) .87 are in a group in which theirs is the most frequent entry or topic.
# Of the pairs that are together .93 belong together, and of those that belong together .70 are;
# by meaning alone it would be .22 at the same purity.  A threshold of .82 would give a purity of
# .90 and .53 of the pairs.  Of an entry that the model does not know yet, .24 of the pairs are
# together: it comes as several groups, as by meaning alone (.21).
THRESHOLD = 0.77

TOPICS = 5  # offered for a question that is to be out of scope
_AT_ONCE = 256  # texts whose cosines with all wordings are in memory together: some megabytes


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Where a question may belong.

    `candidates`: the likeliest entries; `topics`: the ids of the nearest out-of-scope topics;
    `topic`: the first of them where the model would say that no entry answers, else None.
    """

    candidates: tuple[Candidate, ...]
    topics: tuple[str, ...]
    topic: str | None

    def within(self, book: FaqBook) -> Suggestion:
        """Without what has gone since the model was trained."""
        entries, topics = {e.id for e in book.entries}, {t.id for t in book.topics}
        return Suggestion(
            tuple(one for one in self.candidates if one.entry in entries),
            tuple(topic for topic in self.topics if topic in topics),
            self.topic if self.topic in topics else None,
        )

    def as_dict(self, book: FaqBook) -> dict[str, Any]:
        """With what people call them; all of them are in `book`."""
        return {
            "candidates": [
                {**button(book.entry(one.entry)), "confidence": round(one.confidence, 4)}
                for one in self.candidates
            ],
            "topics": [{"id": id, "name": book.topic(id).name} for id in self.topics],
            "topic": self.topic,
        }


class Likeness:
    """By one model; the vectors of the texts asked for last are kept."""

    def __init__(self, model: FaqModel) -> None:
        self.model = model
        self._known: dict[str, Floats] = {}

    def vectors(self, texts: Sequence[str]) -> Floats:
        """(n_texts, dim + n_labels), float32, unit length."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        meaning = self._meaning(new)
        described = np.hstack([meaning, _spread(self._closeness(meaning))]) / np.sqrt(2)
        known = self._known | dict(zip(new, described.astype(np.float32), strict=True))
        self._known = {text: known[text] for text in texts}
        return np.stack([self._known[text] for text in texts]) if texts else described

    def suggestion(self, text: str) -> Suggestion:
        """Of today's entries."""
        decision = self.model.match(text)
        labels = self.model.matcher.scorer.labels
        outside = self._closeness(self._meaning([text]))[0, len(labels.entries) :]
        nearest = np.argsort(-outside, kind="stable")[:TOPICS]
        topics = tuple(labels.topics[number] for number in nearest)
        topic = topics[0] if topics and isinstance(decision, NoMatch) else None
        return Suggestion(decision.candidates[:CANDIDATES], topics, topic)

    def _meaning(self, texts: Sequence[str]) -> Floats:
        reader = self.model.matcher.reader
        meaning: Floats = reader.encoder.encode([reader.meant(text) for text in texts])
        return meaning

    def _closeness(self, meaning: Floats) -> Floats:
        """(n_texts, n_labels): the cosine with the nearest wording of each entry and topic."""
        return np.concatenate([*self._closenesses(meaning)])

    def _closenesses(self, meaning: Floats) -> Iterator[Floats]:
        matcher = self.model.matcher
        for start in range(0, max(len(meaning), 1), _AT_ONCE):
            cosines = meaning[start : start + _AT_ONCE] @ matcher.columns.meaning
            yield matcher.nearest.similarities(cosines)


def _spread(closeness: Floats) -> Floats:
    """With unit length."""
    spread: Floats = np.exp(np.float32(SHARPNESS) * (closeness - 1))
    spread /= np.linalg.norm(spread, axis=1, keepdims=True)
    return spread
