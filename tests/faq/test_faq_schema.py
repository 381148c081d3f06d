"""The schemas for editors: they accept what the loader accepts, and refuse what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from faq_folder import BOOK, Folder
from hypothesis import given
from hypothesis import strategies as st

from bot.faq import addresses, schema_forms, texts
from bot.faq.fault import Scope
from bot.faq.load import FILES
from bot.faq.schema import schema, schemas
from bot.faq.schema_words import DESCRIPTIONS
from bot.faq.texts import Limit
from bot.faq.yaml_nodes import Scalar

ROOT = Path(__file__).parents[2]


class Editor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: dates and yes are texts, 007 is a number."""


Editor.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)

Editor.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))  # never octal


def complaints(file: Path, section: str) -> list[str]:
    """What an editor would mark."""
    content = yaml.load(file.read_text("utf-8"), Editor)
    kind = jsonschema.Draft7Validator
    validator = kind(schema(section), format_checker=kind.FORMAT_CHECKER)
    return [f"{list(e.absolute_path)} {e.message[:200]}" for e in validator.iter_errors(content)]


def refused(form: dict[str, Any], value: object) -> bool:
    return not jsonschema.Draft7Validator(form).is_valid(value)


@pytest.mark.parametrize("data", [ROOT / "data", BOOK], ids=["shipped", "small"])
@pytest.mark.parametrize(("section", "file"), FILES.items())
def test_good_content_is_accepted(data: Path, section: str, file: str) -> None:
    assert complaints(data / file, section) == []


@pytest.mark.parametrize("section", FILES)
def test_they_are_schemas(section: str) -> None:
    jsonschema.Draft7Validator.check_schema(schema(section))


def test_the_tracked_files_are_what_the_code_makes() -> None:
    tracked = {file.name: file.read_text("utf-8") for file in (ROOT / "docs/schema").iterdir()}
    assert tracked == schemas(), "run: faq schema"


def test_every_key_and_nothing_else_is_described() -> None:
    described: set[str] = set()

    def visit(form: dict[str, Any], path: str) -> None:
        for key, inner in form.get("properties", {}).items():
            if not path or "description" in inner:
                name = f"{path}.{key}" if path else key
                assert re.search("[ぁ-ん]", inner["description"]), name
                described.add(name)
                visit(inner.get("items", inner), name)
        for inner in (*form.get("anyOf", ()), *form.get("allOf", ())):
            visit(inner, path)

    for section in FILES:
        visit(schema(section), "")
    assert described == set(DESCRIPTIONS)


# File, what stands there, what somebody writes instead, and the fault that the loader finds.
WRONG = [
    ("faq.yml", "    category: マイナポータル\n", "", "missing_key"),
    ("faq.yml", "entries:", "entrys:", "unknown_key"),
    ("faq.yml", "    short: |", "    shrot: |", "unknown_key"),
    ("faq.yml", "        text: ログイン後", "        body: ログイン後", "unknown_key"),
    ("faq.yml", "      - title: 画面を確認する。\n        ", "      - ", "missing_key"),
    ("faq.yml", "    category: マイナポータル", "    category: [マイナポータル]", "wrong_type"),
    ("faq.yml", "contacts: [hotline]", "contacts: hotline", "wrong_type"),
    ("faq.yml", "      may_discard: お手元", "      - お手元", "wrong_type"),
    ("faq.yml", "    category: マイナポータル", "    category: 123", "not_text"),
    ("faq.yml", '"0004321"', "0004321", "not_text"),
    ("faq.yml", "    category: マイナポータル", "    category:", "empty_text"),
    ("faq.yml", "    category: マイナポータル", '    category: "　"', "empty_text"),
    ("faq.yml", "[見方を教えて, 確認方法, 画面で見たい, ログインの手順, PDFで保存したい]", "[]",
     "empty_text"),
    ("faq.yml", "category: マイナポータル", f"category: {'あ' * 41}", "long_text"),
    ("faq.yml", "カードと一緒にお持ちください。", "二行目\n      三行目", "long_text"),
    ("faq.yml", "お手元の紙のことですか、", "あ" * 61, "long_text"),
    ("faq.yml", "id: may_discard", "id: May_discard", "bad_id"),
    ("faq.yml", "id: may_discard", "id: m", "bad_id"),
    ("faq.yml", "related: [check_on_portal]", "related: [check-on-portal]", "bad_id"),
    ("faq.yml", "      may_discard: お手元", "      May: お手元", "bad_id"),
    ("faq.yml", "links: [portal_url]", "links: [portal_url, portal_url]", "duplicate_reference"),
    ("faq.yml", "2024-02-01", "2024-2-1", "bad_date"),
    ("faq.yml", "2024-02-01", "2024/02/01", "bad_date"),
    ("faq.yml", "2024-02-01", "2024-02-31", "bad_date"),
    ("faq.yml", "2024-02-01", "2023-02-29", "bad_date"),
    ("faq.yml", "2024-02-01", "2024-13-01", "bad_date"),
    ("faq.yml", "2024-02-01", "1989-12-31", "bad_date"),
    ("faq.yml", "2027-03-31", "2101-01-01", "bad_date"),
    ("wordings.yml", "    examples: [", "    example: [", "unknown_key"),
    ("contacts.yml", "    name: 総合フリーダイヤル\n", "", "missing_key"),
    ("contacts.yml", "number: 0120-95-0178", "number: 0120-95-01789", "bad_phone"),
    ("contacts.yml", "number: 0120-95-0178", "number: ０１２０-95-0178", "bad_phone"),
    ("contacts.yml", "https://myna", "http://myna", "bad_url"),
    ("contacts.yml", "https://myna.go.jp", "https://myna", "bad_url"),
    ("contacts.yml", "weekday: 9:30-20:00", "weekday: 9時半-20時", "bad_hours"),
    ("contacts.yml", "weekday: 9:30-20:00", "weekday: 9:30-24:00", "bad_hours"),
    ("contacts.yml", "12-29..01-03", "12-29..02-30", "bad_hours"),
    ("contacts.yml", "hours: always", "hours: open", "bad_hours"),
    ("contacts.yml", "languages: [en, zh, ko]", "languages: [en, cn]", "bad_language"),
    ("contacts.yml", "languages: [en, zh, ko]", "languages: [en, en]", "bad_language"),
    ("contacts.yml", "languages: [en, zh, ko]", "languages: []", "empty_text"),
    ("contacts.yml", "    hours_of: hotline\n", "", "no_contact_way"),
    ("contacts.yml", "    phones_of: hotline\n    languages: [ja]\n    hours: always\n",
     "    languages: [ja]\n", "no_contact_way"),
    ("contacts.yml", "    phones_of: hotline\n",
     "    phones_of: hotline\n    phones: [{number: 03-1234-5678}]\n", "no_contact_way"),
    ("contacts.yml", "    hours_of: hotline\n", "    hours_of: hotline\n    hours: always\n",
     "no_contact_way"),
    ("out_of_scope.yml", "kind: near", "kind: nearby", "bad_kind"),
    ("out_of_scope.yml", "    kind: near\n", "", "missing_key"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code"), WRONG)
def test_what_the_loader_refuses_is_marked(
    folder: Folder, file: str, old: str, new: str, code: str
) -> None:
    folder.change(file, old, new)
    assert code in {fault.code for fault in folder.faults()}
    section = next(section for section, name in FILES.items() if name == file)
    assert complaints(folder.path / file, section)


RIGHT = [
    ("faq.yml", "category: マイナポータル", f"category: {'あ' * 40}"),
    ("faq.yml", "category: マイナポータル", "category: あ"),
    ("faq.yml", "以下のとおりです。", "|\n      " + "あ" * 4000),
    ("faq.yml", "カードと一緒にお持ちください。", "あ" * 106),
    ("faq.yml", "    valid_from: 2024-02-01\n", ""),
    ("faq.yml", "2024-02-01", '"2024-02-29"'),
    ("faq.yml", "          - マイナンバーカードによる認証が必要です。", "          - 同じ\n          - 同じ"),
    ("contacts.yml", "number: 0120-95-0178", "number: 0120950178"),
    ("contacts.yml", "number: 0120-95-0178", 'number: "050-3818-1250"'),
    ("contacts.yml", "https://myna.go.jp", "https://www.myna.go.jp:8443"),
    ("contacts.yml", "      holiday: 9:30-17:30\n", ""),
    ("out_of_scope.yml", "kind: near", "kind: elsewhere"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new"), RIGHT)
def test_what_the_loader_accepts_is_not_marked(
    folder: Folder, file: str, old: str, new: str
) -> None:
    folder.change(file, old, new).load()
    section = next(section for section, name in FILES.items() if name == file)
    assert complaints(folder.path / file, section) == []


def read(reader: Any, value: str, *arguments: object) -> bool:
    """Whether a reader of the loader refuses a text."""
    scope = Scope("x.yml", [])
    reader(Scalar(value, "str", 1, 1), "x ", *arguments, scope)
    return bool(scope.faults)


@given(st.text("0123456789-", min_size=8, max_size=14).map(lambda rest: "0" + rest))
def test_numbers_are_those_of_the_loader(number: str) -> None:
    assert refused(schema_forms.phone_number(), number) == read(addresses.read_phone_number, number)


@given(st.text(" あ\n", max_size=12), st.sampled_from([None, 1, 2, 3]))
def test_texts_are_measured_as_the_loader_does(text: str, lines: int | None) -> None:
    limit = Limit(4, lines)
    assert refused(schema_forms.text(limit), text) == read(texts.read_text, text, limit)


@given(st.from_regex(r"\A(https?://)[a-zA-Z0-9.:@/?#<>|~_-]{1,20}\Z"))
def test_addresses_that_the_loader_takes_are_not_marked(url: str) -> None:
    if not read(addresses.read_url, url):
        assert not refused(schema_forms.url(), url), url


def test_they_are_plain_json_in_japanese() -> None:
    for name, text in schemas().items():
        assert json.loads(text)["title"] == name.replace(".schema.json", ".yml")
        assert "\\u" not in text
