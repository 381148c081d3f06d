"""What an import would do, as lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from bot.faq.edit import file_form
from bot.faq.entry import Entry
from bot.faq.fault import Fault, quote
from bot.sheets.forms import cell_text
from bot.sheets.headings import HEADINGS, Columns
from bot.sheets.plan import Change, Plan
from bot.sheets.sheet import Sheet, letters

SHOWN = 30  # entries of a kind, lines of a key and rows, unless everything is asked for
_WIDTH = 70  # characters of a text
_BEFORE = 10  # characters that two texts have in common, shown before their difference


def mapping_lines(sheet: Sheet, columns: Columns) -> Iterator[str]:
    """What was read, and what its columns mean."""
    title = f"、シート「{sheet.title}」" if sheet.title is not None else ""
    yield f"ファイル  {sheet.file}（{sheet.form}{title}）"
    if sheet.others:
        others = "・".join(f"「{name}」" for name in sheet.others)
        yield f"読まないシート  {others}（読むには --sheet で名前を指定します）"
    yield f"列の割り当て（見出しは {columns.row} 行目）"
    for column, heading in sorted(columns.headings.items()):
        key = columns.meanings.get(column)
        meaning = "取り込みません" if key is None else named(key)
        yield f"  {letters(column)}列 {quote(heading)} → {meaning}"


def plan_lines(plan: Plan, everything: bool = False) -> Iterator[str]:
    """New and changed entries, and how many there are of each kind."""
    shown = len(plan.new) + len(plan.changed) if everything else SHOWN
    if plan.hidden:
        numbers = "・".join(map(str, plan.hidden[:SHOWN]))
        more = f" ほか {len(plan.hidden) - SHOWN} 行" if len(plan.hidden) > SHOWN else ""
        yield f"注意  非表示の行も取り込みます: {numbers} 行目{more}"
    if plan.new:
        yield f"新しいエントリー {len(plan.new)} 件"
        yield from (_new_line(entry) for entry in plan.new[:shown])
        yield from _more(len(plan.new) - shown, "件")
    if plan.changed:
        yield f"変わるエントリー {len(plan.changed)} 件"
        for change in plan.changed[:shown]:
            yield from change_lines(change, everything)
        yield from _more(len(plan.changed) - shown, "件")
    yield (
        f"新しい {len(plan.new)} 件、変わる {len(plan.changed)} 件、"
        f"変わらない {plan.unchanged} 件、表にない {plan.kept} 件（そのまま残します）"
    )


def change_lines(change: Change, everything: bool = False) -> Iterator[str]:
    """The keys of one entry that differ, each with what goes and what comes."""
    yield f"  {change.new.id}"
    old, new = file_form(change.old), file_form(change.new)
    for key in HEADINGS:
        before, after = _text(key, old[key]), _text(key, new[key])
        if before != after:
            yield f"    {named(key)}"
            lines = [*_differences(before.split("\n"), after.split("\n"))]
            shown = len(lines) if everything else SHOWN
            yield from lines[:shown]
            yield from _more(len(lines) - shown, "行")


def fault_line(fault: Fault, sheet: Sheet, columns: Columns) -> str:
    """Row, column and entry of a fault, and what to do; faults elsewhere name their file."""
    if fault.file != sheet.file:
        return f"誤り  {fault}"
    place = f"{fault.line}行目"
    if fault.column:
        place += f" {letters(fault.column)}列{quote(columns.headings.get(fault.column, ''))}"
    owner = f" 〔{fault.entry}〕" if fault.entry and not fault.entry.endswith("行目") else ""
    return f"誤り  {place}{owner} {fault.found}{fault.expected}{fault.advice}"


def named(key: str) -> str:
    """A key as people and files call it."""
    heading = HEADINGS[key]
    return key if heading == key else f"{heading}（{key}）"


def _new_line(entry: Entry) -> str:
    return (
        f"  {entry.id}  {quote(entry.question)}（{entry.category}、例文 {len(entry.examples)} 件）"
    )


def _differences(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    for kind, i, j, k, l in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():  # noqa: E741
        if kind == "equal":
            continue
        one_each = j - i == l - k == 1
        same = _common(old[i], new[k]) if one_each else 0
        start = max(0, same - _BEFORE) if same > _WIDTH // 2 else 0
        yield from (f"      － {_window(line, start)}" for line in old[i:j] if line)
        yield from (f"      ＋ {_window(line, start)}" for line in new[k:l] if line)


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _window(line: str, start: int) -> str:
    return quote(("…" if start else "") + line[start:], _WIDTH)


def _more(count: int, unit: str) -> Iterator[str]:
    if count > 0:
        yield f"  ほかに {count} {unit}あります（--all を付けると、すべて表示します）"


def _text(key: str, value: object) -> str:
    return "" if value is None else cell_text(key, value)  # type: ignore[arg-type]
