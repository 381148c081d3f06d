"""Imports run one way: content and text below, then the matcher, Rasa at the rim."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

BASE = {"bot.errors", "bot.clock", "bot.faq", "bot.text"}
# Each part, and the other parts of ours that it may import, anywhere in a file.
MAY_IMPORT: dict[str, set[str]] = {
    "bot": set(),
    "bot.errors": set(),
    "bot.clock": set(),
    "bot.text": {"bot.errors"},
    "bot.faq": {"bot.errors"},
    "bot.match": BASE,
    "bot.review": BASE | {"bot.match"},
    "bot.sheets": {"bot.errors", "bot.faq"},
    "bot.publish": BASE | {"bot.match", "bot.review"},
    "bot.nlu": BASE | {"bot.match"},
    "actions": BASE | {"bot.match", "bot.nlu"},
    "bot.channels": BASE | {"bot.match", "bot.nlu", "bot.review", "actions"},
    "bot.cli": BASE
    | {
        "bot.match",
        "bot.nlu",
        "bot.review",
        "bot.publish",
        "bot.sheets",
        "bot.channels",
        "actions",
    },
}

RASA = {"rasa", "rasa_sdk", "sanic", "sanic_cors", "sanic_routing"}
NETWORKS = {"tensorflow", "keras", "torch"}
AT_THE_RIM = {"bot.nlu", "bot.channels", "actions"}

# What `--help` may load of ours; everything else waits until a command runs.
LIGHT = {"bot.errors", "bot.clock", "bot.cli.options"}
# Imported only by running commands.
INSIDE_COMMANDS = (
    *("bot.cli.content", "bot.cli.comparison", "bot.cli.rich_table"),
    *("bot.cli.evaluation_report", "bot.cli.usage_report", "bot.cli.html"),
    *("bot.cli.reviewing", "bot.cli.interview"),
)


def part_of(module: str) -> str:
    names = module.split(".")
    return names[0] if names[0] != "bot" else ".".join(names[:2])


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


TREES = {
    module_of(file): ast.parse(file.read_text(encoding="utf-8"))
    for folder in ("bot", "actions")
    for file in sorted((ROOT / folder).rglob("*.py"))
}


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module named by an import below `tree`; `from bot import clock` is bot.clock."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module
            inside = node.module == "bot"
            yield from (f"bot.{alias.name}" for alias in node.names) if inside else [node.module]


def imported_at_start(tree: ast.Module) -> Iterator[str]:
    """What importing the module imports: not the bodies of functions, nor TYPE_CHECKING."""
    for node in tree.body:
        guarded = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        if not guarded and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from imported(node)


def test_parts_import_only_what_lies_below_them() -> None:
    wrong = [
        f"{module} imports {name}"
        for module, tree in TREES.items()
        for name in imported(tree)
        if name.split(".")[0] in ("bot", "actions")
        and part_of(name) not in MAY_IMPORT[part_of(module)] | {part_of(module)}
    ]
    assert not wrong


def test_only_the_rim_imports_rasa() -> None:
    wrong = [
        f"{module} imports {name}"
        for module, tree in TREES.items()
        for name in imported(tree)
        if name.split(".")[0] in (NETWORKS if part_of(module) in AT_THE_RIM else RASA | NETWORKS)
    ]
    assert not wrong


def test_commands_import_nothing_heavy_before_they_run() -> None:
    wrong = [
        f"{module} imports {name}"
        for module, tree in TREES.items()
        if part_of(module) == "bot.cli" and not module.startswith(INSIDE_COMMANDS)
        for name in imported_at_start(tree)
        if name not in LIGHT and name.split(".")[0] not in sys.stdlib_module_names
    ]
    assert not wrong


def test_the_matcher_runs_without_rasa() -> None:
    heavy = sorted(RASA | NETWORKS)
    code = f"import sys, bot.match.archive; print([n for n in {heavy} if n in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
