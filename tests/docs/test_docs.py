"""Documentation can fail the build: what exists is documented, what is documented exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *(
        page
        for name in ("docs", "models", "training", "tests")
        for page in (ROOT / name).rglob("*.md")
    ),
]
# Where packages come from is a matter of the machine: these files hold no address at all, ...
PINS = [*sorted(ROOT.glob("requirements*")), ROOT / "constraints.txt", ROOT / "pyproject.toml"]
# ... and the documents only addresses of this kind.
KNOWN_HOSTS = {
    *("127.0.0.1", "localhost"),
    *("keepachangelog.com", "semver.org", "www.apache.org"),
    *("github.com", "huggingface.co", "arxiv.org", "doi.org", "creativecommons.org"),
}
MACHINE_PATH = re.compile(r"(?<![\w.~*/-])/(?:home|root|tmp|work|Users|mnt|opt|srv)/")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
OUR_PATH = re.compile(r"`((?:actions|benchmarks|bot|data|docs|tests|training)/[\w./-]*\w)`")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`faq {command}" in README


def test_every_make_target_is_documented() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*##", makefile, re.M)
    pages = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert targets
    assert [t for t in targets if f"make {t}" not in pages and t != "check"] == []


def environment_variables() -> dict[str, str]:
    """Constant → variable, of every `…_VARIABLE = "…"` in the sources."""
    pattern = re.compile(r'^(\w+_VARIABLE)\b.*= "(\w+)"', re.M)
    sources = sorted((ROOT / "bot").rglob("*.py")) + sorted((ROOT / "actions").rglob("*.py"))
    return dict(
        found for source in sources for found in pattern.findall(source.read_text(encoding="utf-8"))
    )


def test_every_environment_variable_is_in_the_readme() -> None:
    variables = environment_variables()
    assert {"SECRET_VARIABLE", "TOKEN_VARIABLE", "URL_VARIABLE"} <= set(variables)
    assert [name for name in variables.values() if f"`{name}`" not in README] == []
    assert set(re.findall(r"\bFAQ_[A-Z_]+", README)) == set(variables.values())


def test_every_notice_of_faq_check_is_documented() -> None:
    source = (ROOT / "bot/faq/check.py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    made = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Notice"
        and isinstance(node.args[0], ast.Constant)
    }
    documented = set(re.findall(r"^\| `(\w+)`", ast.get_docstring(tree) or "", re.M))
    assert made and made == documented


def test_the_first_screen_is_in_both_languages() -> None:
    first_screen = README[: README.index("\n## ")]
    for said in ("make serve", "make test", "お知らせは捨ててもいいですか", "approved text"):
        assert said in first_screen
    assert "承認された" in first_screen


@pytest.fixture(params=PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def page(request: pytest.FixtureRequest) -> Path:
    file: Path = request.param
    return file


def test_internal_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [link for link in internal_links(text) if not leads_somewhere(page, link)] == []


def internal_links(text: str) -> Iterator[str]:
    return (link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link))


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not anchor or anchor in anchors(target.read_text(encoding="utf-8"))


def anchors(text: str) -> set[str]:
    """What GitHub calls the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_paths_named_in_a_page_exist(page: Path) -> None:
    named = set(OUR_PATH.findall(page.read_text(encoding="utf-8")))
    bases = (ROOT, page.parent)
    assert [n for n in named if not any((base / n).exists() for base in bases)] == []


def test_pages_name_no_machine_and_no_package_index(page: Path) -> None:
    assert strange_places(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", ["docs/openapi.yml", "Makefile", "config.yml", "endpoints.yml"])
def test_settings_name_no_machine_and_no_package_index(name: str) -> None:
    assert strange_places((ROOT / name).read_text(encoding="utf-8")) == []


def strange_places(text: str) -> list[str]:
    hosts = re.findall(r"https?://([\w.-]+)", text)
    strange = [h for h in hosts if h not in KNOWN_HOSTS and not h.endswith(".example.jp")]
    return strange + MACHINE_PATH.findall(text)


@pytest.mark.parametrize("pins", PINS, ids=lambda file: file.name)
def test_pins_hold_no_address(pins: Path) -> None:
    text = pins.read_text(encoding="utf-8")
    assert "://" not in text
    assert MACHINE_PATH.findall(text) == []
