"""What ``faq check`` found, as SARIF 2.1.0, the format in which editors and code hosts show the
findings of checkers (OASIS, Static Analysis Results Interchange Format, 2020)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from bot.cli.findings import Finding
    from bot.faq.notice import Place

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(findings: Sequence[Finding], meanings: Mapping[str, str]) -> dict[str, Any]:
    """One run; files are relative to the project's folder, columns count characters.

    `meanings`: code → what it means.
    """
    levels = {finding.code: finding.level for finding in findings}
    driver = {
        "name": "faq check",
        "version": version("hoken-faq"),
        "rules": [_rule(code, level, meanings[code]) for code, level in sorted(levels.items())],
    }
    numbers = {code: number for number, code in enumerate(sorted(levels))}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(finding, numbers[finding.code]) for finding in findings],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, level: str, meaning: str) -> dict[str, Any]:
    return {
        "id": code,
        "shortDescription": {"text": meaning},
        "defaultConfiguration": {"level": level},
    }


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    owner = f"〔{finding.place.id}〕" if finding.place.id else ""
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.level,
        "message": {"text": owner + finding.message},
        "locations": [{"physicalLocation": _location(finding.place)}],
    }


def _location(place: Place) -> dict[str, Any]:
    file = Path(place.file)
    artifact = {"uri": quote(place.file), "uriBaseId": "%SRCROOT%"}
    if file.is_absolute():
        artifact = {"uri": file.as_uri()}
    location: dict[str, Any] = {"artifactLocation": artifact}
    if place.line is not None:
        region = {"startLine": place.line}
        location["region"] = region | ({"startColumn": place.column} if place.column else {})
    return location
