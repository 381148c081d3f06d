"""docs/openapi.yml says what the server does: routes, errors, limits, and every real reply."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.channels.client import Response, get, post

ROOT = Path(__file__).parents[2]
OPENAPI: dict[str, Any] = yaml.safe_load((ROOT / "docs/openapi.yml").read_text(encoding="utf-8"))
SCHEMAS = OPENAPI["components"]["schemas"]
METHODS = ("get", "put", "post", "delete", "patch")

# Read as text: what imports Rasa takes seconds to import.
CHANNELS = [ast.parse(f.read_text("utf-8")) for f in sorted((ROOT / "bot/channels").glob("*.py"))]
SPEAKERS = [
    *CHANNELS,
    *(ast.parse(f.read_text("utf-8")) for f in sorted((ROOT / "actions").glob("*.py"))),
    *(ast.parse((ROOT / f).read_text("utf-8")) for f in ("bot/nlu/importer.py", "bot/faq/card.py")),
]


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in OPENAPI["paths"].items():
        yield from ((path, name, operation) for name, operation in methods.items())


def calls(trees: list[ast.Module]) -> Iterator[tuple[str, list[Any]]]:
    """The name of every function called, and its constant positional arguments."""
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            yield name, [a.value for a in node.args if isinstance(a, ast.Constant)]


def test_operations_have_ids_of_their_own() -> None:
    ids = [operation["operationId"] for _, _, operation in operations()]
    assert len(ids) == len(set(ids))


def test_schemas_are_schemas_and_references_lead_somewhere() -> None:
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)
    for reference in re.findall(r"'\$ref': '#/([^']+)'", repr(OPENAPI)):
        found: Any = OPENAPI
        for key in reference.split("/"):
            found = found[key]


def test_routes_are_those_of_the_channels() -> None:
    registered = {
        (re.sub("<(.+)>", r"{\1}", arguments[0]), name if name in METHODS else "get")
        for name, arguments in calls(CHANNELS)
        if name in (*METHODS, "static", "route")
        and arguments
        and str(arguments[0]).startswith("/")
        and not str(arguments[0]).endswith(".css")
    }
    assert {(path, method) for path, method, _ in operations()} == registered


def test_errors_are_those_of_the_channels() -> None:
    made = {tuple(arguments[:2]) for name, arguments in calls(CHANNELS) if name == "ApiError"}
    described = set()
    for _, _, operation in operations():
        for status, response in operation["responses"].items():
            name = response.get("$ref", "").rpartition("/")[2]
            response = OPENAPI["components"]["responses"].get(name, response)
            examples = response.get("content", {}).get("application/json", {}).get("examples", {})
            described |= {(int(status), e["value"]["error"]["code"]) for e in examples.values()}
    assert made and described == made


def test_message_types_are_those_that_are_said() -> None:
    said = {
        value.value
        for node in (node for tree in SPEAKERS for node in ast.walk(tree))
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and key.value == "type" and isinstance(value, ast.Constant)
    }
    members = [m["$ref"].rpartition("/")[2] for m in SCHEMAS["Message"]["oneOf"]]
    assert {SCHEMAS[member]["properties"]["type"]["const"] for member in members} == said
    assert set(SCHEMAS["Message"]["discriminator"]["mapping"]) == said


def test_limits_are_those_of_the_channels() -> None:
    limits = {
        target.id: node.value.value
        for node in (node for tree in CHANNELS for node in tree.body)
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant)
        for target in ([node.target] if isinstance(node, ast.AnnAssign) else node.targets)
        if isinstance(target, ast.Name)
    }
    assert SCHEMAS["ChatRequest"]["properties"]["text"]["maxLength"] == limits["MAX_TEXT"]
    assert SCHEMAS["SuggestRequest"]["properties"]["text"]["maxLength"] == limits["MAX_TEXT"]
    assert SCHEMAS["Feedback"]["properties"]["comment"]["maxLength"] == limits["MAX_TEXT"]
    query, limit, _ = OPENAPI["paths"]["/api/lookup"]["get"]["parameters"]
    assert query["schema"]["maxLength"] == limits["MAX_QUERY"]
    assert limit["schema"]["maximum"] == limits["MAX_HITS"]
    too_large = OPENAPI["components"]["responses"]["TooLarge"]["description"]
    assert f"{limits['MAX_BODY']:,} bytes" in too_large


def closed(schema: Any) -> Any:
    """The same schemas, but a key that they do not name is an error."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inside = {key: closed(value) for key, value in schema.items()}
    return inside | ({"additionalProperties": False} if schema.get("type") == "object" else {})


def validate(body: Any, schema: str) -> None:
    components = {"schemas": closed(copy.deepcopy(SCHEMAS))}
    root = {"$ref": f"#/components/schemas/{schema}", "components": components}
    errors = [f"{e.json_path}: {e.message}" for e in Draft202012Validator(root).iter_errors(body)]
    assert errors == [], body


@pytest.mark.parametrize(
    "text",
    [
        "お知らせは捨ててもいいですか",
        "マイナポータルで最新の資格情報を確認する手順を教えてください",
        "マイナンバー総合フリーダイヤルの電話番号と受付時間を教えてください",
        "日本語が話せないので、英語か中国語で相談できる電話番号を教えてください",
        "マイナンバーカードの申請方法を教えてください",
        "傷病手当金の申請書はどこでもらえますか",
        "お知らせ マイナポータル 電話",
        "番号は123456789012です",
        "Can I throw away this notice?",
        "How do I renew my residence card?",
        "",
    ],
)
def test_replies_are_as_described(server_url: str, text: str) -> None:
    validate(post(f"{server_url}/api/chat", {"text": text}).body, "ChatReply")


@pytest.mark.parametrize("entry", ["reissue", "check_on_portal", "hotline", "portal_url"])
def test_replies_to_choices_are_as_described(server_url: str, entry: str) -> None:
    validate(post(f"{server_url}/api/chat", {"choice": entry}).body, "ChatReply")


def test_lookup_is_as_described(server_url: str) -> None:
    found = get(f"{server_url}/api/lookup?limit=20&q={quote('電話')}")
    assert found.body["hits"]
    validate(found.body, "LookupReply")
    validate(get(f"{server_url}/api/lookup/entries/check_on_portal").body, "StaffEntry")


def test_errors_are_as_described(server_url: str) -> None:
    refused: list[Response] = [
        post(f"{server_url}/api/chat", raw=b"[]"),
        post(f"{server_url}/api/feedback", {}),
        get(f"{server_url}/api/lookup?limit=0"),
    ]
    for response in refused:
        assert response.status >= 400
        validate(response.body, "Error")
