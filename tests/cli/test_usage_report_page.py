"""The page of ``faq report``: the same numbers as pictures and tables, for everybody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from bot.cli.html.document import POLICY
from bot.cli.usage_report.charts import OUTCOMES, Scale, columns_chart
from bot.cli.usage_report.page import page
from bot.review.counts import Counts
from bot.review.statistics import Period, Statistics, count
from bot.review.store import LookupVerdict, ReviewStore
from tests.cli.test_evaluation_report_page import DARK, LIGHT, Reader, luminance
from tests.review.usage import ANSWERED, NO_MATCH, Conversation, fill, japan
from tests.web.conftest import browser as browser

PERIOD = Period(date(2026, 10, 26), date(2026, 11, 24))
TITLES = {"may_discard": "お知らせは捨ててよいか", "reissue": "<b>再交付</b>"}
SCREENSHOTS = Path("build/screenshots")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ReviewStore]:
    store = ReviewStore.open(f"sqlite:///{tmp_path / 'review.db'}")
    yield store
    store.engine.dispose()


@pytest.fixture
def usual(store: ReviewStore) -> Statistics:
    fill(store, japan("2026-10-26 00:00"), days=30, conversations=400)
    return count(store.engine, PERIOD)


@pytest.fixture(params=["usual", "few", "none"])
def html(request: pytest.FixtureRequest, store: ReviewStore) -> str:
    if request.param == "usual":
        fill(store, japan("2026-10-26 00:00"), days=30, conversations=400)
    elif request.param == "few":
        Conversation(store, "c", japan("2026-11-01 12:00")).asks(NO_MATCH, None)
    return page(count(store.engine, PERIOD), TITLES)


def test_it_holds_everything_itself(html: str) -> None:
    assert not re.search(r"https?://|//\w|url\(|@import|<script|<link|<img", html)
    elements = Reader(html).elements
    (policy,) = [a["content"] for tag, a in elements if tag == "meta" and "http-equiv" in a]
    assert policy == POLICY


def test_it_is_whole_and_in_japanese(html: str) -> None:
    elements = Reader(html).elements
    assert elements[0] == ("html", {"lang": "ja"})
    assert Counter(tag for tag, _ in elements)["h1"] == 1
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    links = [attributes["href"] for tag, attributes in elements if tag == "a"]
    assert links == [f"#{name}" for name in ids if f"#{name}" in links]
    assert len(ids) == len(set(ids)) == len(links)


def test_every_table_has_a_caption_and_heads(html: str) -> None:
    elements = Reader(html).elements
    tags = Counter(tag for tag, _ in elements)
    assert tags["caption"] == tags["table"] == tags["thead"] >= 5
    scopes = Counter(a.get("scope") for tag, a in elements if tag == "th")
    assert None not in scopes


def test_no_number_is_missing_or_nan(html: str) -> None:
    assert not re.search(r"\b(nan|None|inf)\b", html)


def test_every_rate_has_its_numbers_and_its_interval(usual: Statistics) -> None:
    read = Reader(page(usual, TITLES))
    whole = usual.total
    helpful = whole.rate("helpful")
    assert read.row("質問") == [f"{whole.asked:,}", "—", "—", "—"]
    shown = read.row("役に立った（評価のうち）")
    assert shown[:2] == [str(helpful.count), str(helpful.of)]
    rates = [cell for row in read.rows for cell in row[1:] if "/" in cell]
    assert len(rates) > 100
    assert not [r for r in rates if not re.match(r"(\d+\.\d%[\d,]+/[\d,]+\d+\.\d〜|—0/0$)", r)]


def test_the_pictures_say_the_same_as_their_tables(usual: Statistics) -> None:
    read = Reader(page(usual, TITLES))
    noon = usual.hours()[12]
    assert read.row("12時台") == [str(getattr(noon, measure)) for measure in ("asked", *OUTCOMES)]
    week = next(iter(usual.weeks().values()))
    assert read.row("10/26〜11/1")[:2] == [str(week.asked), str(week.answered)]


def test_weeks_have_their_entries(usual: Statistics) -> None:
    read = Reader(page(usual, TITLES))
    start = read.rows.index(["10/26〜11/1"])
    first = read.rows[start + 1]
    entry, counts = next(iter(usual.entries(next(iter(usual.weeks()))).items()))
    assert first[0].startswith(str(entry))
    assert first[1] == str(counts.asked)


def test_an_entry_that_has_gone_is_shown_by_its_id(store: ReviewStore) -> None:
    Conversation(store, "c", japan("2026-11-01 12:00")).asks(ANSWERED, "gone").asks(ANSWERED)
    read = Reader(page(count(store.engine, PERIOD), TITLES))
    names = {row[0] for row in read.rows}
    assert {"gone", "reissue<b>再交付</b>"} <= names


def test_a_stored_name_stays_text(store: ReviewStore) -> None:
    at = japan("2026-11-01 12:00")
    Conversation(store, "c", at).asks(ANSWERED, "<script>\u202e", language="<i>")
    store.add_lookup(LookupVerdict("a", (), "<u>", "<u>"), at)
    html = page(count(store.engine, PERIOD), {})
    assert "&lt;script&gt;\ufffd" in html and "&lt;i&gt;" in html
    assert not [tag for tag in ("<script", "<i>", "<u>") if tag in html]


def test_a_column_is_as_high_as_its_number() -> None:
    counts = {"a": Counts(answered=30, left=10), "b": Counts(unanswered=20)}
    drawn = Reader(columns_chart("題", "横", counts)).elements
    heights = [float(a["height"] or 0) for tag, a in drawn if tag == "rect"]
    scale = Scale.up_to(40)
    one = (scale.y(0) - scale.y(scale.highest)) / scale.highest
    assert heights == pytest.approx([30 * one, 10 * one, 20 * one], abs=0.02)


def test_names_below_many_columns_do_not_touch() -> None:
    counts = {f"2026/{n}/12": Counts(answered=1) for n in range(60)}
    drawn = Reader(columns_chart("題", "横", counts)).elements
    at = [float(a["x"] or 0) for tag, a in drawn if tag == "text" and a["text-anchor"] == "middle"]
    assert len(at) > 2
    assert min(b - a for a, b in pairwise(at)) >= 60


@pytest.mark.parametrize("most", [0, 1, 5, 6, 9, 10, 99, 101, 999, 12_345])
def test_scales_are_round_and_just_high_enough(most: int) -> None:
    scale = Scale.up_to(most)
    marks = scale.highest // scale.step
    assert scale.highest >= most
    assert 1 <= marks <= 5
    assert str(scale.step).rstrip("0") in ("1", "2", "5")
    assert marks == 1 or scale.highest - scale.step < most


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_parts_of_a_column_stand_out(theme: dict[str, str]) -> None:
    """WCAG 2.2: 3 to the page, or a line around that has it."""
    for colour in ("right", "muted", "picked"):
        darker, lighter = sorted((luminance(theme[colour]), luminance(theme["page"])))
        assert (lighter + 0.05) / (darker + 0.05) >= 3, colour


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    colours: str, width: int, usual: Statistics, tmp_path: Path, browser: Browser
) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    (tmp_path / "report.html").write_text(page(usual, TITLES), encoding="utf-8")
    shown = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme=colours, bypass_csp=True
    )
    shown.goto((tmp_path / "report.html").as_uri())
    shown.screenshot(path=SCREENSHOTS / f"usage-{width}-{colours}.png", full_page=True)
    results = Axe().run(shown)
    assert results.violations_count == 0, results.generate_report()
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    shown.close()


def test_it_fits_on_paper_and_is_light_there(
    usual: Statistics, tmp_path: Path, browser: Browser
) -> None:
    (tmp_path / "report.html").write_text(page(usual, TITLES), encoding="utf-8")
    paper = {"width": 680, "height": 1000}  # A4 less its margins
    shown = browser.new_page(viewport=paper, color_scheme="dark")
    shown.emulate_media(media="print")
    shown.goto((tmp_path / "report.html").as_uri())
    background = shown.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(255, 255, 255)"
    wide = "[...document.querySelectorAll('table')].filter(t => t.offsetWidth > 681).length"
    assert shown.evaluate(wide) == 0
    shown.close()
