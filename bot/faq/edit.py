"""Change the content on behalf of a person: checked first, then one file replaced as a whole."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.faq import topics
from bot.faq.entry import Entry, FaqBook, Step, Topic
from bot.faq.fault import FaqError, Fault
from bot.faq.files import locked, replace_file
from bot.faq.load import FILES, load_book
from bot.faq.yaml_edit import Document, EditError
from bot.faq.yaml_lines import Value

__all__ = ["Draft", "EditError", "edit", "file_form"]

ORDER = (
    "id",
    "category",
    "question",
    "answer",
    "short",
    "easy",
    "choice",
    "agent_note",
    "contrasts",
    "contacts",
    "links",
    "related",
    "steps",
    "source",
    "valid_from",
    "valid_until",
    "reviewed",
    "examples",
    "tests",
)
"""The keys of an entry as faq.yml has them, the longest lists last."""

_ORDERS: Mapping[str, Sequence[str]] = {"entries": ORDER, "topics": topics.SHAPE.required}
_BOM = "\ufeff"


def edit(data: Path, change: Callable[[Draft], None]) -> FaqBook:
    """Let `change` change a draft of the folder, check the whole and write it; returns the book.

    Raises FaqError with every fault that the change would bring, or that was there before, and
    EditError where a file is written in a way that only people can change. Then, and if this
    process is killed, every file is as it was. One change, one file: two could not be replaced
    at the same moment.
    """
    with locked(data):
        draft = Draft.open(data)
        change(draft)
        return draft.save()


@dataclass(slots=True)
class Draft:
    """The content as somebody wants it; `book` is as the files are."""

    data: Path
    book: FaqBook
    _texts: dict[str, str]
    _documents: dict[str, Document]

    @classmethod
    def open(cls, data: Path) -> Draft:
        """Raises FaqError where the files have faults: they are mended by hand, first."""
        return cls(data, load_book(data), {}, {})

    def own_examples(self, entry_id: str) -> tuple[str, ...]:
        """Those in faq.yml, without the further ones of wordings.yml."""
        return self._document("entries").texts(entry_id, "examples")

    def entries(self) -> tuple[Entry, ...]:
        """As faq.yml has them, with their own examples alone."""
        return tuple(replace(e, examples=self.own_examples(e.id)) for e in self.book.entries)

    def put_entry(self, entry: Entry) -> None:
        """A new entry, or another form of the one with this id, whose `examples` are its own
        ones; only what differs is written."""
        document = self._document("entries")
        new = file_form(entry)
        if entry.id not in document.items:
            document.add({key: value for key, value in new.items() if value is not None})
            return
        before = self.book.entry(entry.id)
        old = file_form(replace(before, examples=self.own_examples(entry.id)))
        for key, value in new.items():
            moved = key == "contrasts" and entry.contrasts != before.contrasts  # order counts
            if value != old[key] or moved:
                document.put(entry.id, key, value)

    def add_examples(self, entry_id: str, texts: Sequence[str]) -> None:
        """Further examples of an entry, behind those in faq.yml."""
        examples = [*self.own_examples(entry_id), *texts]
        self._document("entries").put(entry_id, "examples", examples)

    def add_topic(self, topic: Topic) -> None:
        """A topic that the FAQ does not answer."""
        self._document("topics").add(
            {"id": topic.id, "name": topic.name, "kind": topic.kind, "examples": topic.examples}
        )

    def add_topic_examples(self, topic_id: str, texts: Sequence[str]) -> None:
        """Further examples of an out-of-scope topic."""
        examples = [*self._document("topics").texts(topic_id, "examples"), *texts]
        self._document("topics").put(topic_id, "examples", examples)

    def checked(self) -> FaqBook:
        """The content as it would be; FaqError with its faults."""
        return self._load(self._changed())

    def save(self) -> FaqBook:
        """Check, then replace the file that changed."""
        changed = self._changed()
        if len(changed) > 1:
            raise ValueError("one change, one file")
        book = self._load(changed)
        for section, text in changed.items():
            file = self.data / FILES[section]
            if _read(file) != self._texts[section]:
                raise EditError(
                    f"{file} は、書き込む直前にほかで変更されました。もう一度実行してください。"
                )
            replace_file(file, text.encode("utf-8"))
        return book

    def _document(self, section: str) -> Document:
        if section not in self._documents:
            text = self._texts[section] = _read(self.data / FILES[section])
            plain = text.removeprefix(_BOM).replace("\r\n", "\n")
            self._documents[section] = Document.read(plain, section, _ORDERS[section])
        return self._documents[section]

    def _changed(self) -> dict[str, str]:
        """Section → the new text of its file, as the file writes line ends."""
        texts = {}
        for section, document in self._documents.items():
            old, new = self._texts[section], document.text
            if "\r\n" in old:
                new = new.replace("\n", "\r\n")
            if old.startswith(_BOM):
                new = _BOM + new
            if new != old:
                texts[section] = new
        return texts

    def _load(self, changed: Mapping[str, str]) -> FaqBook:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for section, file in FILES.items():
                if section in changed:
                    (folder / file).write_bytes(changed[section].encode("utf-8"))
                elif (self.data / file).exists():
                    (folder / file).symlink_to((self.data / file).resolve())
            try:
                return load_book(folder)
            except FaqError as error:
                raise FaqError(tuple(_named(error.faults, folder, self.data))) from None


def file_form(entry: Entry) -> dict[str, Value | None]:
    """An entry by the keys of faq.yml in their order, None for what it does not have."""
    values: dict[str, Value | None] = {key: getattr(entry, key) or None for key in ORDER}
    if entry.contrasts:
        values["contrasts"] = {one.entry: one.question for one in entry.contrasts}
    if entry.steps:
        values["steps"] = [_step(step) for step in entry.steps]
    return values


def _step(step: Step) -> dict[str, Value]:
    form: dict[str, Value] = {"title": step.title, "text": step.text}
    if step.fields:
        form["fields"] = [
            {"name": one.name} | ({"example": one.example} if one.example is not None else {})
            for one in step.fields
        ]
    if step.notes:
        form["notes"] = step.notes
    return form


def _read(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def _named(faults: Iterable[Fault], folder: Path, data: Path) -> Iterable[Fault]:
    """Faults of the copies under the names of the files."""
    for fault in faults:
        file, found = (
            text.replace(folder.as_posix(), data.as_posix()) for text in (fault.file, fault.found)
        )
        yield replace(fault, file=file, found=found)
