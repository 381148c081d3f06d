"""Rasa training data straight from the FaqBook: nothing generated lies about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from bot.faq.entry import Entry, FaqBook
from bot.faq.load import FILES, load_book
from bot.faq.wordings import claimed
from bot.match.example import is_foreign
from bot.match.sources import DATA, sources_fingerprint
from bot.nlu.labels import FAQ_INTENT, FINGERPRINT_KEY, OUT_OF_SCOPE_INTENT, utter_action


class FaqImporter(RasaFileImporter):
    """Adds every entry as retrieval intent ``faq/<id>`` and every out-of-scope topic as
    examples of ``out_of_scope`` to what Rasa's own files (config, domain, rules) hold.

    Args:
        data: the folder of faq.yml, wordings.yml, contacts.yml and out_of_scope.yml.
        examples: of each entry, so many at most; None for all.  Rasa hashes and copies its
            examples again and again, and FaqClassifier learns from the book.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        data: str = "data",
        examples: int | None = None,
    ) -> None:
        self._data = Path(data)
        self._examples = examples
        if isinstance(training_data_paths, str):
            training_data_paths = [training_data_paths]
        super().__init__(config_file, domain_path, _without_faq_files(training_data_paths or []))

    @cached_method
    def _book(self) -> FaqBook:
        return load_book(self._data)

    @cached_method
    def get_domain(self) -> Domain:
        return super().get_domain().merge(book_domain(self._book()))

    @cached_method
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        return super().get_nlu_data(language).merge(self._training_data())

    def _training_data(self) -> TrainingData:
        return book_training_data(self._book(), self._data, self._examples)


def _without_faq_files(paths: list[str]) -> list[str]:
    """The files below `paths` except our own, which Rasa would parse at length to no end."""
    files: list[str] = []
    for path in map(Path, paths):
        inside = sorted(path.rglob("*.y*ml")) if path.is_dir() else [path]
        files += [str(file) for file in inside if file.name not in FILES.values()]
    return files


def book_domain(book: FaqBook) -> Domain:
    """The responses of all entries; their approved text goes out as it stands."""
    return Domain.from_dict(
        {
            "intents": [{FAQ_INTENT: {"is_retrieval_intent": True}}],
            "actions": [f"utter_{FAQ_INTENT}"],
            "responses": {utter_action(e.id): [response(e, book)] for e in book.entries},
        }
    )


def response(entry: Entry, book: FaqBook) -> dict[str, Any]:
    """One entry as a Rasa response: the text, and the same as data for our own channel."""
    answer = {
        "type": "answer",
        "id": entry.id,
        "category": entry.category,
        "question": entry.question,
        "text": entry.answer,
        "short": entry.short,
        "easy": entry.easy,
        "source": entry.source,
        "reviewed": entry.reviewed.isoformat() if entry.reviewed else None,
        "links": [
            {"id": c.id, "name": c.name, "url": c.url} for c in map(book.contact, entry.links)
        ],
        "related": [
            {"id": other.id, "question": other.question, "label": other.label}
            for other in map(book.entry, entry.related)
        ],
    }
    return {"text": entry.answer, "custom": answer}


def book_training_data(
    book: FaqBook, data: Path = DATA, examples_of_entry: int | None = None
) -> TrainingData:
    """Japanese wordings of the entries, and one of each topic.

    Each carries the fingerprint of everything that training reads.  Rasa's training cache
    looks at the examples alone; it would not see a change of an answer, of a telephone
    number, of the vocabulary or of the encoder.
    """
    fingerprint = sources_fingerprint(book.fingerprint, data)
    examples = [
        _example(text, FAQ_INTENT, fingerprint, intent_response_key=f"{FAQ_INTENT}/{entry.id}")
        for entry in book.entries
        for text in _japanese(book.wordings(entry))[:examples_of_entry]
    ]
    of_entries = claimed(book)
    for topic in book.topics:
        own = [text for text in topic.examples if text not in of_entries]
        examples += [_example(text, OUT_OF_SCOPE_INTENT, fingerprint) for text in own[:1]]
    return TrainingData(examples)


def _japanese(wordings: Sequence[str]) -> list[str]:
    return [text for text in wordings if not is_foreign(text)]


def _example(text: str, intent: str, fingerprint: str, **data: str) -> Message:
    return Message({"text": text, "intent": intent, FINGERPRINT_KEY: fingerprint, **data})
