"""Whatever the files hold, the answer is a book or a FaqError; a good book comes back whole."""

from __future__ import annotations

import string
import tempfile
from datetime import date, time
from pathlib import Path
from typing import Any

import yaml
from faq_folder import BOOK
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.faq.check import check_book
from bot.faq.contacts import PHONE
from bot.faq.contacts import SHAPE as CONTACT_SHAPE
from bot.faq.content import to_plain
from bot.faq.entries import FIELD, SHAPE, STEP
from bot.faq.entry import FaqBook
from bot.faq.fault import FAULT_CODES, FaqError, unprintable
from bot.faq.load import FILES, load_book
from bot.faq.past_dates import past_dates
from bot.faq.store import book_from_json, book_to_json
from bot.faq.topics import KINDS
from bot.faq.wordings import fold

FEW = settings(max_examples=60, deadline=None)


def outcome(contents: dict[str, bytes]) -> FaqBook | FaqError:
    """What comes of a folder with these files, the good ones filled in."""
    with tempfile.TemporaryDirectory() as folder:
        for file in FILES.values():
            raw = contents.get(file)
            (Path(folder) / file).write_bytes((BOOK / file).read_bytes() if raw is None else raw)
        try:
            return load_book(Path(folder))
        except FaqError as error:
            assert error.faults
            for fault in error.faults:
                assert fault.code in FAULT_CODES
                assert fault.found and fault.file
                assert not list(unprintable(str(fault)))
                str(fault).encode("utf-8")
            return error


class Dumper(yaml.SafeDumper):
    """Writes what stands twice twice, without aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def dump(value: object) -> str:
    return yaml.dump(value, Dumper=Dumper, allow_unicode=True, sort_keys=False)


@FEW
@given(st.sampled_from(sorted(FILES.values())), st.binary(max_size=300))
def test_garbage(file: str, raw: bytes) -> None:
    outcome({file: raw})


@FEW
@given(st.sampled_from(sorted(FILES.items())), st.text(max_size=200))
def test_garbage_text(pair: tuple[str, str], text: str) -> None:
    section, file = pair
    outcome({file: text.encode("utf-8", "surrogatepass")})
    outcome(
        {
            file: f"{section}:\n  - id: {text}\n    name: |\n      {text}\n".encode(
                "utf-8", "replace"
            )
        }
    )


@FEW
@given(st.sampled_from(sorted(FILES.values())), st.data())
def test_a_good_file_with_one_slip(file: str, data: st.DataObject) -> None:
    raw = (BOOK / file).read_text("utf-8")
    start = data.draw(st.integers(0, len(raw)))
    end = start + data.draw(st.integers(0, 12))
    slip = data.draw(st.text(st.sampled_from(" \t\n:-#&*!|>'\"%@`{}[],?あ：1"), max_size=4))
    outcome({file: (raw[:start] + slip + raw[end:]).encode()})


KEYS = sorted({*SHAPE.keys, *STEP.keys, *FIELD.keys, *CONTACT_SHAPE.keys, *PHONE.keys, *FILES})
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.text(max_size=20),
    st.sampled_from(["hotline", "2024-02-01", "9:30-20:00", "0120-95-0178", "always", "ja"]),
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)
records = st.dictionaries(st.sampled_from(KEYS), values, max_size=8)


@FEW
@given(st.sampled_from(sorted(FILES.items())), st.lists(records | values, max_size=3))
def test_wrong_types_anywhere(pair: tuple[str, str], items: list[Any]) -> None:
    section, file = pair
    text = dump({section: items})
    outcome({file: text.encode("utf-8", "surrogatepass")})


ids = st.from_regex(r"x[a-z0-9_]{1,20}", fullmatch=True)
words = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp")), max_size=30
)
texts = words.map(str.strip).filter(lambda text: text and not list(unprintable(text)))
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@st.composite
def books(draw: st.DrawFn) -> dict[str, Any]:
    """The three files of a book without faults, as plain values."""
    names = draw(st.lists(ids, min_size=2, max_size=6, unique=True))
    kept = st.lists(st.sampled_from(names), max_size=2, unique=True)
    wordings = iter(f"{draw(texts)} {n}番の言い方" for n in range(1_000))
    entries: list[dict[str, Any]] = []
    for name in names:
        entry: dict[str, Any] = {"id": name, "category": draw(texts), "answer": draw(texts)}
        entry["question"] = next(wordings)
        entry["examples"] = [next(wordings) for _ in range(draw(st.integers(1, 3)))]
        if draw(st.booleans()):
            entry["tests"] = [next(wordings)]
            entry["short"] = f"{draw(texts)}\n{draw(texts)}"
            entry["valid_from"], entry["valid_until"] = sorted([draw(days), draw(days)])
            entry["related"] = [one for one in draw(kept) if one != name]
            entry["steps"] = [{"title": draw(texts), "text": draw(texts), "notes": [draw(texts)]}]
            entry["contacts"] = entry["links"] = ["web"]
            entry["choice"] = f"{len(entries)}番のこと"
            if others := names[len(entries) + 1 :]:
                entry["contrasts"] = {one: draw(texts) for one in others}
        entries.append(entry)
    kind = draw(st.sampled_from(KINDS))
    topic = {"id": "zz", "name": draw(texts), "kind": kind, "examples": [next(wordings)]}
    further = [{"id": one, "examples": [next(wordings)]} for one in draw(kept)]
    book = {"entries": entries, "wordings": further, "topics": [topic]}
    return book | {"contacts": draw(contacts())}


@st.composite
def contacts(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Contacts without faults: one with an address, the others with numbers."""
    common = {"languages": ["ja", "en"], "source": draw(texts), "verified": draw(days)}
    made: list[dict[str, Any]] = [{"id": "web", "name": draw(texts), "url": "https://a.jp"}]
    for n in range(draw(st.integers(0, 3))):
        start, end = sorted(draw(st.lists(st.times(), min_size=2, max_size=2, unique_by=minutes)))
        hours = {"weekday": f"{start:%H:%M}-{end:%H:%M}", "closed": "12-29..01-03"}
        phone = {"number": "03-0000-" + "".join(f"{n:04}"), "label": draw(texts)}
        made.append({"id": f"line_{n}", "name": draw(texts), "phones": [phone], "hours": hours})
        made.append({"id": f"again_{n}", "name": draw(texts), "phones_of": f"line_{n}"})
        made[-1]["hours_of"] = f"line_{n}"
    return [one | common for one in made]


def minutes(moment: time) -> tuple[int, int]:
    return moment.hour, moment.minute


@FEW
@given(books())
def test_a_good_book_loads_and_comes_back(plain: dict[str, Any]) -> None:
    raw = {file: dump({section: plain[section]}).encode() for section, file in FILES.items()}
    book = outcome(raw)
    assert isinstance(book, FaqBook), str(book)
    assert book_from_json(book_to_json(book)) == book
    for entry, expected in zip(book.entries, plain["entries"], strict=True):
        found = to_plain(entry)
        dates = {
            key: str(expected[key]) for key in ("valid_from", "valid_until") if key in expected
        }
        further = {one["id"]: one["examples"] for one in plain["wordings"]}
        examples = expected["examples"] + further.get(entry.id, [])
        contrasts = [
            {"entry": other, "question": question}
            for other, question in expected.get("contrasts", {}).items()
        ]
        expected_steps = [one | {"fields": []} for one in expected.get("steps", [])]
        read = {"examples": examples, "contrasts": contrasts, "steps": expected_steps}
        assert found == found | expected | dates | read
    check_book(book, date(2026, 11, 23))


@given(st.text(), st.dates())
def test_past_dates_never_fail(text: str, today: date) -> None:
    past_dates(text, today)


@given(st.text(string.printable + "あ令和年月日春〇一十元0123456789-/.", max_size=40), st.dates())
def test_past_dates_never_fail_on_dates(text: str, today: date) -> None:
    past_dates("令和6年" + text, today)


@given(st.text())
def test_space_does_not_change_a_wording(text: str) -> None:
    assert fold(text) == fold(f" {text}\n")
