"""The pictures of docs/ja, anew: the pages themselves, with the guide's entry and made-up questions.

    .venv/bin/python -m docs.ja.make_images

Needs Chromium (`make browser`) and takes two minutes.  Run it when a page has changed, and look at
the pictures.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot import clock
from bot.review.store import ReviewStore, Turn, Verdict
from tests.conftest import FAQ, ROOT, copy_project, free_port, serve
from tests.docs.guide import STAFF, Append, Ask, steps
from tests.review.usage import fill

IMAGES = STAFF.parent / "images"
WIDTH = 900  # pixels
LIMIT = 150_000  # bytes
QUESTIONS = (  # that got no answer, each from somebody else
    "お知らせの紙はどれくらい手元に置けばいいの",
    "お知らせの紙はどれくらい手元に置けばいいの",
    "紙のお知らせ、いつまで手元に置いておけばいいの？",
    "お知らせの字が小さくて読めません",
    "字が細かくて見えないのですが",
    "医療費のお知らせはいつ届きますか",
)
WEEKS = 5  # of use, which the report counts
CONVERSATIONS = 240


def main() -> None:
    with tempfile.TemporaryDirectory() as name, browser() as chromium:
        folder = Path(name)
        prepare(folder)
        with preview(folder) as url:
            chat(chromium, url, "preview")
        faq(folder, "publish", "--yes", "--by", "tanaka", "--comment", "説明会のご案内を追加")
        with serve(folder) as url:
            chat(chromium, url, "answer")
            lookup(chromium, url)
            ask(folder)
            review(chromium, url)
        use(folder)
        faq(folder, "report", "--html", "report.html")
        report(chromium, (folder / "report.html").as_uri())


# ---- The project


def prepare(folder: Path) -> None:
    """With the entry that the guide adds."""
    copy_project(folder)
    for step in steps(STAFF):
        if isinstance(step, Append):
            with open(folder / step.file, "a", encoding="utf-8") as file:
                file.write(step.text)


def faq(folder: Path, *arguments: str) -> None:
    subprocess.run([FAQ, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def preview(folder: Path) -> Iterator[str]:
    port = free_port()
    command = [FAQ, "preview", "--port", str(port)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        next(line for line in process.stdout if "起動しました" in line)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def ask(folder: Path) -> None:
    """Questions that wait for a decision."""
    store = store_of(folder)
    for number, text in enumerate(QUESTIONS):
        at = clock.now() - timedelta(hours=5 * number)
        store.add_turn(Turn(f"q{number}", "1", text, "no_match", None, 0.1, "ja"), at)
    at = clock.now() - timedelta(days=2)
    text = "マイナンバーカードの再発行はどこでできますか"
    store.add_turn(Turn("rated", "1", text, "answer", "reissue", 0.9, "ja"), at)
    store.add_verdict(Verdict("rated", "1", "reissue", helpful=False), at)


def use(folder: Path) -> None:
    """Five weeks of it, in the place of those questions."""
    for file in (folder / "var").glob("review.db*"):
        file.unlink()
    first = (clock.now() - timedelta(weeks=WEEKS)).replace(hour=0, minute=0)
    fill(store_of(folder), first, 7 * WEEKS, CONVERSATIONS)


def store_of(folder: Path) -> ReviewStore:
    return ReviewStore.open(f"sqlite:///{folder / 'var/review.db'}")


# ---- The pictures


@contextmanager
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        sys.exit("no Chromium (Debian: chromium)")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


def opened(chromium: Browser, url: str, height: int) -> Page:
    page = chromium.new_page(
        viewport={"width": WIDTH, "height": height},
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
        reduced_motion="reduce",
    )
    page.goto(url)
    return page


def shoot(page: Page, name: str) -> None:
    file = IMAGES / f"{name}.png"
    page.screenshot(path=file)
    page.close()
    size = file.stat().st_size
    print(f"{file.relative_to(ROOT)}: {size:,} bytes")
    assert size < LIMIT, "show less of the page"


def chat(chromium: Browser, url: str, name: str) -> None:
    """The question that the new entry answers."""
    question = next(
        s.question for s in steps(STAFF) if isinstance(s, Ask) and s.answer.startswith("「資格")
    )
    page = opened(chromium, f"{url}/chat/", 510)
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").locator(".typing")).to_have_count(0)
    expect(page.get_by_role("log").locator(".card").last).to_be_visible()
    shoot(page, name)


def lookup(chromium: Browser, url: str) -> None:
    page = opened(chromium, f"{url}/lookup?q=捨てて いい", 560)
    expect(page.get_by_role("option").first).to_be_visible()
    shoot(page, "lookup")


def review(chromium: Browser, url: str) -> None:
    page = opened(chromium, f"{url}/review", 700)
    expect(page.get_by_role("radio").first).to_be_visible(timeout=60_000)
    shoot(page, "review")


def report(chromium: Browser, url: str) -> None:
    shoot(opened(chromium, url, 640), "report")


if __name__ == "__main__":
    main()
