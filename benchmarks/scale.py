"""How the office's commands grow with the FAQ.

    python -m benchmarks.scale                 # 100, 1,000 and 10,000 entries
    python -m benchmarks.scale --sizes 100 1000

Synthetic entries (`growth.synthetic`), a question and five examples each, beside the shipped
contacts and out-of-scope bank.  Each command runs in a process of its own, as staff start it, in
this order: `faq check` and `faq train` on texts that were never encoded; then the answer of one
entry is changed by a program, and `faq check` and `faq train` run again, which is what happens in
an office every day.  Memory is the largest of the command's processes.  The growth is to the
smallest size: ten times the entries in ten times the time grows with the FAQ, and no faster.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.folders import BUILD
from benchmarks.growth import synthetic
from benchmarks.markdown import NOT_MEASURED, table
from benchmarks.processes import BenchmarkError
from bot.faq.edit import Draft, edit, file_form
from bot.faq.entry import Entry
from bot.faq.yaml_lines import mapping_lines

SIZES = (100, 1_000, 10_000)
FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")
CONTENT = ("contacts.yml", "out_of_scope.yml", "rules.yml", "vocabulary.csv")
FAQ = str(Path(sys.executable).with_name("faq"))

# Runs a command and says the seconds and kilobytes that it took: what children have used is only
# known of all of them together, so each has a parent of its own.
_METER = """
import resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
seconds = time.perf_counter() - start
print(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.stdout[-2000:] + done.stderr[-2000:] if done.returncode else 0)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds from start to end; megabytes at the most, None where nobody looked."""

    seconds: float
    megabytes: float | None = None


def project(size: int) -> Path:
    """A project folder with so many entries."""
    folder = BUILD / f"scale-{size}"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    (folder / "models").mkdir()
    for name in FILES:
        shutil.copy(name, folder)
    for name in CONTENT:
        shutil.copy(Path("data") / name, folder / "data")
    for name in ("encoder", "vectors.npz"):
        (folder / "models" / name).symlink_to(Path("models", name).resolve())
    entries = (_entry(*one) for one in enumerate(itertools.islice(synthetic(), size)))
    lines = ["entries:", *(line for entry in entries for line in _lines(entry)), ""]
    (folder / "data/faq.yml").write_text("\n".join(lines), "utf-8")
    return folder


def _entry(number: int, texts: Sequence[str]) -> Entry:
    question, *examples = texts
    answer = f"窓口でご案内します。ご案内の番号は{number}です。"
    return Entry(f"entry_{number}", "施設", question, answer, tuple(examples))


def _lines(entry: Entry) -> list[str]:
    form = {key: value for key, value in file_form(entry).items() if value is not None}
    first, *others = mapping_lines(form, 4)
    return [f"  - {first.lstrip()}", *others]


def costs(folder: Path) -> dict[str, Cost]:
    """By what was done."""
    return {
        "`faq check`, nothing encoded yet": command(folder, "check"),
        "`faq train`, after it": command(folder, "train"),
        "one answer changed": timed(lambda: edit(folder / "data", _change_one)),
        "`faq check`, after the change": command(folder, "check"),
        "`faq train`, after the change": command(folder, "train"),
    }


def _change_one(draft: Draft) -> None:
    entry = draft.entries()[0]
    draft.put_entry(replace(entry, answer=f"{entry.answer}お電話でもどうぞ。"))


def command(folder: Path, *arguments: str) -> Cost:
    """What `faq` with these arguments takes; raises BenchmarkError where it fails."""
    done = subprocess.run(
        [sys.executable, "-c", _METER, FAQ, *arguments], cwd=folder, capture_output=True, text=True
    )
    if done.returncode:
        raise BenchmarkError(f"faq {' '.join(arguments)}:\n{done.stderr}")
    seconds, kilobytes = done.stdout.split()
    return Cost(float(seconds), float(kilobytes) / 1024)


def timed(work: Callable[[], object]) -> Cost:
    start = time.perf_counter()
    work()
    return Cost(time.perf_counter() - start)


def report(measured: dict[int, dict[str, Cost]]) -> str:
    """A Markdown table: a row for each thing done, columns for each size."""
    smallest = min(measured)
    header = [""] + [f"{size:,} entries" for size in measured]
    rows = []
    for name, first in measured[smallest].items():
        cells = [_cell(of[name], first, size == smallest) for size, of in measured.items()]
        rows.append([name, *cells])
    return table(header, rows)


def _cell(cost: Cost, first: Cost, is_first: bool) -> str:
    growth = "" if is_first else f" (×{cost.seconds / first.seconds:.1f})"
    memory = NOT_MEASURED if cost.megabytes is None else f"{cost.megabytes:,.0f} MB"
    return f"{cost.seconds:.1f} s{growth}, {memory}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    measured = {}
    for size in sorted(parser.parse_args().sizes):
        measured[size] = costs(project(size))
        print(report({size: measured[size]}), flush=True)
    print("\n" + report(measured))


if __name__ == "__main__":
    main()
