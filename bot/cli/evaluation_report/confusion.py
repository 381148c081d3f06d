"""The confusion matrix: which entry would have been right, and what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.cli.html.markup import Markup, element, joined
from bot.cli.html.table import scrolling
from bot.match.evaluation.counts import Cell

# More columns nobody can read; then the entries with most faults are shown.
MOST = 30

_CHOICES, _NO_MATCH = ("choices", None), ("no_match", None)
_Done = tuple[str, str | None]


def confusion_table(cells: Sequence[Cell]) -> Markup:
    entries = _shown(cells)
    counts = {(cell.expected, (cell.decision, cell.answered)): cell.count for cell in cells}
    columns: list[_Done] = [*(("answer", entry) for entry in entries), _CHOICES, _NO_MATCH]
    rows = [_row(expected, counts, columns, entries) for expected in (*entries, None)]
    matrix = element(
        "table",
        element("caption", "行: 正解の項目、列: ボットの判断"),
        element("thead", _head(entries)),
        element("tbody", *rows),
        class_="confusion numbers",
    )
    note = _note(len(entries), len(_all_entries(cells)))
    return joined(element("p", note, class_="about"), scrolling("混同行列", matrix))


def _all_entries(cells: Sequence[Cell]) -> list[str]:
    """Those that are right or were answered, in the order in which they come."""
    named = [*(cell.expected for cell in cells), *(cell.answered for cell in cells)]
    return list(dict.fromkeys(entry for entry in named if entry is not None))


def _shown(cells: Sequence[Cell]) -> list[str]:
    entries = _all_entries(cells)
    if len(entries) <= MOST:
        return entries
    faults: Counter[str | None] = Counter()
    for cell in cells:
        if cell.decision != "answer" or cell.answered != cell.expected:
            faults[cell.expected] += cell.count
            faults[cell.answered] += cell.count
    worst = set(sorted(entries, key=lambda entry: -faults[entry])[:MOST])
    return [entry for entry in entries if entry in worst]


def _note(shown: int, entries: int) -> str:
    left_out = (
        f"全{entries}項目のうち、取り違えの多い{shown}項目だけを示します。"
        if shown < entries
        else ""
    )
    return (
        "列の番号は、行の番号と同じ項目への回答を表します。枠で囲んだ数字は望ましい判断、"
        f"下線の数字は誤った回答、空欄は0件です。{left_out}"
    )


def _head(entries: Sequence[str]) -> Markup:
    numbers = [
        element("th", str(number), scope="col", aria_label=f"{number} {entry}への回答")
        for number, entry in enumerate(entries, 1)
    ]
    others = [element("th", name, scope="col") for name in ("候補提示", "該当なし", "計")]
    return element("tr", element("th", "正解", scope="col"), *numbers, *others)


def _row(
    expected: str | None,
    counts: dict[tuple[str | None, _Done], int],
    columns: Sequence[_Done],
    entries: Sequence[str],
) -> Markup:
    name = (
        "対象外"
        if expected is None
        else joined(f"{entries.index(expected) + 1} ", element("code", expected))
    )
    total = sum(count for (right, _), count in counts.items() if right == expected)
    cells = [
        element("td", str(count), class_=_kind(expected, done)) if count else element("td")
        for done in columns
        for count in [counts.get((expected, done), 0)]
    ]
    return element("tr", element("th", name, scope="row"), *cells, element("td", str(total)))


def _kind(expected: str | None, done: _Done) -> str:
    right = _NO_MATCH if expected is None else ("answer", expected)
    if done == right:
        return "good"
    return "bad" if done[0] == "answer" else "other"
