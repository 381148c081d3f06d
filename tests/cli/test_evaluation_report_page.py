"""The report of ``faq evaluate`` as one HTML file."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser

import pytest

from bot.cli.evaluation_report.confusion import MOST
from bot.cli.evaluation_report.page import Origin, page
from bot.cli.html.document import POLICY
from bot.cli.html.style import CSS
from bot.match.evaluation import Question, Report
from tests.match.decisions import (
    answer,
    choices,
    inside_report,
    mixed_report,
    outside_report,
    report,
    report_on,
    silence,
)

ORIGIN = Origin("model.tar.gz", ("questions.jsonl",), date(2026, 1, 2), {"a": "捨てていいですか"})
VOID = {"meta", "wbr"}
REPORTS = {
    "mixed": mixed_report(),
    "inside": inside_report(),
    "outside": outside_report(),
    "nothing answered": report(("a", silence()), (None, silence("a", 0.0))),
    "none": Report(()),
}


class Reader(HTMLParser):
    """Tables by caption as lists of rows of cells; checks that elements are nested."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"th", "td"} & set(self.open):
            self.rows[-1][-1] += data

    def row(self, first: str) -> list[str]:
        return next(row[1:] for row in self.rows if row[0] == first)


@pytest.fixture(params=REPORTS)
def html(request: pytest.FixtureRequest) -> str:
    return page(REPORTS[request.param], ORIGIN)


def test_it_holds_everything_itself(html: str) -> None:
    assert not re.search(r"https?://|//\w|url\(|@import|<script|<link|<img", html)
    elements = Reader(html).elements
    assert not {"src", "srcset", "action"} & {
        name for _, attributes in elements for name in attributes
    }
    policy = {"http-equiv": "Content-Security-Policy", "content": POLICY}
    assert ("meta", policy) in elements
    assert POLICY.startswith("default-src 'none';")


def test_it_is_accessible(html: str) -> None:
    elements = Reader(html).elements
    tags = Counter(tag for tag, _ in elements)
    assert ("html", {"lang": "ja"}) in elements
    assert tags["main"] == tags["h1"] == tags["nav"] == 1
    assert tags["table"] == tags["caption"]
    assert all("scope" in attributes for tag, attributes in elements if tag == "th")
    for tag, attributes in elements:
        if tag == "svg":
            assert attributes.get("role") == "img" or attributes.get("aria-hidden") == "true"
    assert tags["title"] == 1 + sum(a.get("role") == "img" for _, a in elements)
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    links = [attributes["href"] for tag, attributes in elements if tag == "a"]
    assert links == [f"#{name}" for name in ids]
    assert len(set(ids)) == len(ids)


def test_no_number_is_nan(html: str) -> None:
    assert "nan" not in re.findall(r"[a-z]+", html.replace(CSS, "").lower())


def test_a_question_stays_text() -> None:
    rows = report_on((Question('<script>"&\x00\ud800', "a"), silence()))
    html = page(rows, ORIGIN)
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    html.encode("utf-8")


def test_figures_groups_and_confusion_have_their_numbers() -> None:
    read = Reader(page(mixed_report(), ORIGIN))
    assert read.row("すぐに正答")[::2] == ["20.0%", "5"]
    assert read.row("対象外への回答")[::2] == ["33.3%", "3"]
    assert read.row("a捨てていいですか") == ["2", "1", "0", "0", "1", "0", "50.0%"]
    assert read.row("書き言葉・敬語（formal）") == ["2", "0", "1", "0", "1", "0", "0.0%"]
    assert read.row("隣の話題（near）") == ["2", "0", "1", "1", "50.0%"]
    assert read.row("正解") == ["1", "2", "候補提示", "該当なし", "計"]
    assert read.row("1 a") == ["1", "", "1", "", "2"]
    assert read.row("2 b") == ["1", "", "1", "1", "3"]
    assert read.row("対象外") == ["1", "", "1", "1", "3"]
    assert read.row("0.9以上") == ["25.0%", "50.0%", "2"]
    assert read.row("0.9〜1.0") == ["2", "95.0%", "50.0%"]


def test_every_miss_is_listed_with_its_candidates() -> None:
    read = Reader(page(mixed_report(), ORIGIN))
    listed = [row[1:] for row in read.rows if row[0].isdigit() and len(row) == 3]
    assert listed[0] == [
        "なくした正解: b話し方: 短い一言（terse）",
        "誤答 回答 a（確からしさ 0.93）a 0.93c 0.00",
    ]
    assert len(listed) == 5 + 1  # misses, then what was right among the choices
    assert listed[-1][0].startswith("<b>どこ</b>")


def test_groups_without_questions_have_no_section() -> None:
    assert 'id="kinds"' not in page(inside_report(), ORIGIN)
    assert 'id="entries"' not in page(outside_report(), ORIGIN)
    assert "どの質問にも答えませんでした。" in page(REPORTS["nothing answered"], ORIGIN)


def test_of_many_entries_the_matrix_shows_the_most_confused() -> None:
    fine = [(f"e{n}", answer(f"e{n}")) for n in range(MOST)]
    confused = [("x", answer("y")), ("z", choices("x", "y"))]
    read = Reader(page(report(*fine, *confused), ORIGIN))
    names = {row[0].split()[1] for row in read.rows if re.match(r"\d+ ", row[0])}
    assert len(names) == MOST
    assert {"x", "y", "z"} <= names


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", css))


def luminance(colour: str) -> float:
    """Of sRGB, 0–1 (WCAG 2.2, relative luminance)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


LIGHT, DARK = (colours(part) for part in CSS.split("prefers-color-scheme: dark"))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        *((front, back, 4.5) for front in ("text", "muted") for back in ("page", "panel")),
        *(("text", back, 4.5) for back in ("good", "bad")),
        *((front, "page", 4.5) for front in ("accent", "bad-text")),
        ("bad-text", "bad", 4.5),
        *((part, "page", 3) for part in ("right", "wrong")),
    ],
)
def test_contrast(theme: dict[str, str], front: str, back: str, least: float) -> None:
    """WCAG 2.2: 4.5 for text, 3 for what pictures are made of."""
    darker, lighter = sorted((luminance(theme[front]), luminance(theme[back])))
    assert (lighter + 0.05) / (darker + 0.05) >= least
