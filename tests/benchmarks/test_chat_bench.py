"""The parts of `make bench` that need no server: numbers, memory, table, the stock bot's files."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
import yaml
from rich.console import Console

from benchmarks import report, stock_bot
from benchmarks.bots import FaqBot, Question, StockBot, questions
from benchmarks.processes import PROC, descendants, free_ports, status_number, tree_cpu, tree_memory
from benchmarks.report import Round
from bot.faq.entry import FaqBook
from bot.faq.load import load_book

ROOT = Path(__file__).parent.parent.parent


def make_round(**changes: float | None) -> Round:
    values = {
        "ready": 5.0,
        "first_reply": 5.5,
        "memory": 400.0,
        "memory_all": 400.0,
        "memory_after_load": 450.0,
        "reply_median": 10.0,
        "reply_p95": 15.0,
        "replies_per_second": 90.0,
        "cpu": 8.0,
        "right": 100.0,
    }
    return Round(**{**values, **changes})  # type: ignore[arg-type]


def shown(ours: list[Round], theirs: list[Round]) -> dict[str, list[str]]:
    """The table's rows by label."""
    table = report.table({"ours": ours, "stock Rasa": theirs}, clients=8)
    rows = zip(*(column.cells for column in table.columns), strict=True)
    return {str(label): [str(cell) for cell in cells] for label, *cells in rows}


# percentiles


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([7.0], 0.95, 7.0),
        ([float(n) for n in range(1, 101)], 0.95, 95.0),
        ([float(n) for n in range(100, 0, -1)], 0.5, 50.0),
        ([3.0, 1.0, 2.0], 1.0, 3.0),
        ([3.0, 1.0, 2.0], 0.01, 1.0),
    ],
)
def test_percentile(values: list[float], share: float, expected: float) -> None:
    assert report.percentile(values, share) == expected


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 0.0), ([1.0], 1.1)])
def test_percentile_of_nothing_is_refused(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match=r"percentile|share"):
        report.percentile(values, share)


# memory


def write_status(proc: Path, pid: int, parent: int, resident: int | None) -> None:
    (proc / str(pid)).mkdir(parents=True)
    lines = [f"Name:\tp{pid}", f"Pid:\t{pid}", f"PPid:\t{parent}", "VmHWM:\t 999999 kB"]
    lines += [f"VmRSS:\t  {resident} kB"] if resident is not None else []
    (proc / str(pid) / "status").write_text("\n".join(lines) + "\n")


def test_memory_is_that_of_the_whole_tree(tmp_path: Path) -> None:
    (tmp_path / "self").mkdir()
    write_status(tmp_path, 1, 0, 50_000)
    write_status(tmp_path, 20, 1, 100_000)
    write_status(tmp_path, 21, 20, 10_000)
    write_status(tmp_path, 22, 21, 1_000)
    write_status(tmp_path, 23, 20, None)  # a zombie has no memory
    write_status(tmp_path, 30, 1, 77_000)
    (tmp_path / "99").mkdir()  # ended while we looked
    assert tree_memory(20, tmp_path) == pytest.approx(111_000 * 1024 / 1e6)


def test_no_proc_is_not_measured(tmp_path: Path) -> None:
    assert tree_cpu(20, tmp_path) is None
    assert tree_memory(20, tmp_path) is None


@pytest.mark.skipif(not (PROC / "self").exists(), reason="needs Linux' /proc")
def test_memory_of_this_very_process() -> None:
    memory = tree_memory(os.getpid())
    assert memory is not None
    assert 10 < memory < 10_000


def test_status_number_takes_the_whole_key() -> None:
    status = "PPid:\t7\nVmRSSx:\t1 kB\nVmRSS:\t2 kB\n"
    assert status_number(status, "VmRSS") == 2
    assert status_number(status, "Pid") is None


def test_processor_time_of_the_tree(tmp_path: Path) -> None:
    (tmp_path / "self").mkdir()
    for pid, parent in ((20, 1), (21, 20), (30, 1)):
        write_status(tmp_path, pid, parent, 1)
        stat = f"{pid} (a ) b) S {parent} 0 0 0 0 0 0 0 0 0 {pid} 100 9999 9999 20 0 1 0 5"
        (tmp_path / str(pid) / "stat").write_text(stat)
    expected = (20 + 21 + 200) / os.sysconf("SC_CLK_TCK")
    assert tree_cpu(20, tmp_path) == pytest.approx(expected)


def test_descendants_of_a_process_without_children() -> None:
    assert descendants(5, {5: 1, 6: 1}) == {5}


def test_free_ports_differ() -> None:
    assert len(set(free_ports(5))) == 5


# table


def test_table_shows_both_the_ratio_and_the_target() -> None:
    stock = make_round(ready=20.0, memory=800.0, replies_per_second=30.0)
    rows = shown([make_round()], [stock])
    assert rows["ready after, s"] == ["5.0", "20.0", "4.0 ×", "< 8"]
    assert rows["idle memory, server, MB"] == ["400", "800", "2.0 ×", "< 700"]
    assert rows["replies/s, 8 clients"] == ["90", "30", "3.0 ×", "≥ 60"]
    assert rows["right replies, %"] == ["100", "100", "", ""]


def test_table_shows_median_and_range_of_rounds() -> None:
    ours = [make_round(reply_median=ms) for ms in (12.0, 9.0, 10.0)]
    rows = shown(ours, [make_round(reply_median=40.0)])
    assert rows["reply, median, ms"] == ["10.0 (9.0–12.0)", "40.0", "4.0 ×", "< 20"]


def test_table_fits_a_terminal() -> None:
    rounds = [make_round(memory_all=mb, reply_median=mb / 25) for mb in (1072.0, 1010.0, 1150.0)]
    out = io.StringIO()
    Console(file=out, width=80).print(report.table({"ours": rounds, "stock Rasa": rounds}, 8))
    lines = [line for line in out.getvalue().splitlines() if line.strip()]
    assert len(lines) == 3 + len(report.MEASURES), "a row was wrapped"


def test_memory_that_was_not_measured_is_a_dash() -> None:
    rows = shown([make_round(memory=None)], [make_round(memory=None)])
    assert rows["idle memory, server, MB"] == ["–", "–", "", "< 700"]


def test_json_has_medians_and_every_round() -> None:
    ours = [make_round(ready=s) for s in (4.0, 6.0, 5.0)]
    result = report.as_dict({"ours": ours, "stock Rasa": [make_round(memory=None)]}, clients=8)
    result = json.loads(json.dumps(result))
    assert result["medians"]["ours"]["ready"] == 5.0
    assert [r["ready"] for r in result["rounds"]["ours"]] == [4.0, 6.0, 5.0]
    assert result["medians"]["stock Rasa"]["memory"] is None
    assert result["clients"] == 8


def test_every_field_of_a_round_is_shown() -> None:
    assert {m.field for m in report.MEASURES} == set(Round.__slots__)


# the two bots


@pytest.fixture(scope="module")
def book() -> FaqBook:
    return load_book(ROOT / "data")


def test_questions_are_answered_with_a_card_and_known_to_both(book: FaqBook) -> None:
    asked = questions(book)
    assert "hotline" in {q.entry for q in asked}
    for question in asked:
        entry = book.entry(question.entry)
        assert entry.contacts
        assert not entry.steps


def test_stock_files_hold_six_examples_an_entry(book: FaqBook) -> None:
    files = stock_bot.stock_files(book, ROOT / "data/vocabulary.csv")
    blocks = yaml.safe_load(files["data/nlu.yml"])["nlu"]
    assert [b["intent"] for b in blocks] == [e.id for e in book.entries]
    assert all(b["examples"].count("\n") == stock_bot.EXAMPLES for b in blocks)
    rules = {r["rule"]: r["steps"] for r in yaml.safe_load(files["data/rules.yml"])["rules"]}
    assert rules["hotline"][-1] == {"action": "action_contact_card"}
    assert json.loads(files["cards.json"])["hotline"][0]["type"] == "contact"


def test_stock_model_is_kept_until_its_sources_change(book: FaqBook, tmp_path: Path) -> None:
    vocabulary = tmp_path / "words.csv"
    vocabulary.write_text("一\n", "utf-8")
    model = tmp_path / "bot" / stock_bot.MODEL
    stock_bot.write_stock_bot(book, vocabulary, tmp_path / "bot")
    model.parent.mkdir()
    model.touch()
    stock_bot.write_stock_bot(book, vocabulary, tmp_path / "bot")
    assert model.exists()
    vocabulary.write_text("二\n", "utf-8")
    stock_bot.write_stock_bot(book, vocabulary, tmp_path / "bot")
    assert not model.exists()


def test_right_replies_are_told_from_wrong_ones(book: FaqBook, tmp_path: Path) -> None:
    question = Question("hotline", "電話番号は？")
    ours = FaqBot(ROOT, tmp_path)
    answer, card = {"type": "answer", "id": "hotline"}, {"type": "contact"}
    assert ours.is_right({"session": "s", "messages": [answer, card]}, question)
    assert not ours.is_right({"session": "s", "messages": [answer]}, question)
    assert not ours.is_right({"session": "s", "messages": [{"type": "no_match"}]}, question)
    stock = StockBot(book, tmp_path, tmp_path)
    text = {"recipient_id": "r", "text": "…"}
    assert stock.is_right([text, {"custom": {"entry": "hotline"}}], question)
    assert not stock.is_right([text, {"custom": {"entry": "reissue"}}], question)
    assert not stock.is_right([text], question)
    assert not stock.is_right([], question)
