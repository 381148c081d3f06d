"""From a table to what would change: whole rows, or every fault of every row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.faq.edit import Draft
from bot.faq.entry import Contrast
from bot.sheets.csv_file import csv_bytes, read_csv
from bot.sheets.headings import find_columns
from bot.sheets.plan import Plan, plan_import
from bot.sheets.preview import change_lines, fault_line, plan_lines
from bot.sheets.sheet import Sheet, SheetError
from bot.sheets.xlsx_file import read_xlsx
from tests.sheets.workbook import workbook

NEW = ["card_reissue", "お知らせ", "再交付できますか", "できます。", "再交付したい"]
HEAD = ["id", "分類", "質問", "回答", "例文"]


def table(*rows: list[str]) -> Sheet:
    return read_csv(csv_bytes(rows, "utf-8"), "faq.csv")


def plan(draft: Draft, sheet: Sheet, **options: Any) -> Plan:
    return plan_import(sheet, find_columns(sheet, {}), draft, **options)


def faults(draft: Draft, *rows: list[str], **options: Any) -> list[str]:
    sheet = table(*rows)
    columns = find_columns(sheet, {})
    found = plan_import(sheet, columns, draft, **options).faults
    return [fault_line(fault, sheet, columns) for fault in found]


def test_a_new_entry_is_read_whole(draft: Draft) -> None:
    found = plan(draft, table(HEAD, NEW))
    (entry,) = found.new
    assert (entry.id, entry.category, entry.question) == tuple(NEW[:3])
    assert (entry.answer, entry.examples) == ("できます。", ("再交付したい",))
    assert (found.changed, found.unchanged, found.kept, found.faults) == ((), 0, 2, ())


def test_a_column_that_is_not_there_leaves_its_key_and_an_empty_cell_takes_it_away(
    draft: Draft,
) -> None:
    sheet = table(["id", "出典", "短い回答", "確認日"], ["may_discard", "社内", "", "2027/3/31"])
    (change,) = plan(draft, sheet).changed
    assert change.old.source == "Q&A Q4" and change.new.source == "社内"
    assert change.old.short is not None and change.new.short is None
    assert change.new.reviewed == date(2027, 3, 31)
    assert change.new.examples == change.old.examples
    assert change.new.answer == change.old.answer


def test_examples_are_those_of_faq_yml_alone(draft: Draft) -> None:
    sheet = table(["id", "例文"], ["may_discard", "捨てたい\n破棄\n\n処分の方法"])
    (change,) = plan(draft, sheet).changed
    assert change.new.examples == ("捨てたい", "破棄", "処分の方法")
    assert len(change.old.examples) == 5  # of which wordings.yml has two more


def test_another_order_of_contrasts_is_a_change(draft: Draft, data: Path) -> None:
    plan(draft, table(HEAD, NEW)).put_into(draft)
    cells = "may_discard：お手元の紙のことですか、画面のことですか。\ncard_reissue：再交付ですか。"
    draft.save()
    draft = Draft.open(data)
    for order in (cells, "\n".join(reversed(cells.split("\n")))):
        plan(draft, table(["id", "見分ける質問"], ["check_on_portal", order])).put_into(draft)
        draft.save()
        draft = Draft.open(data)
    assert draft.book.entry("check_on_portal").contrasts == (
        Contrast("card_reissue", "再交付ですか。"),
        Contrast("may_discard", "お手元の紙のことですか、画面のことですか。"),
    )


def test_every_fault_of_every_row_is_told_with_its_cell(draft: Draft) -> None:
    found = faults(
        draft,
        [*HEAD, "連絡先", "有効期間の終わり", "手順", "備考"],
        ["Card!", *NEW[1:], "hotlin", "来年", "説明だけ", ""],
        ["", "お知らせ", "再交付できますか", "", "捨ててもいいですか", "", "", "", "表の外"],
        ["card_two", "お知らせ", "二つ目", "はい。", "シュレッダーにかけたい", "", "", "", ""],
        ["card_two", "お知らせ", "三つ目", "はい。", "三つ目の例", "", "", "", ""],
    )
    assert [line.split("。")[0] for line in found] == [
        "誤り  1行目 I列「備考」 この見出しの項目はありません",
        "誤り  2行目 A列「id」 〔Card!〕 id に「Card!」が見つかりました",
        "誤り  2行目 F列「連絡先」 〔Card!〕 contacts の「hotlin」はありません",
        "誤り  2行目 G列「有効期間の終わり」 〔Card!〕 valid_until に「来年」が見つかりました",
        "誤り  2行目 H列「手順」 〔Card!〕 「手順：」で始まる行がないか、その前に文字があります",
        "誤り  3行目 A列「id」 id がありません",
        "誤り  3行目 C列「質問」 質問「再交付できますか」は、Card! の質問と同じです（faq.csv:2）",
        "誤り  3行目 D列「回答」 「回答」が空です",
        "誤り  3行目 E列「例文」 例文（examples）「捨ててもいいですか」は、"
        "may_discard の例文（examples）と同じです（"
        + draft.book.where["entries/may_discard/examples"]
        + "）",
        "誤り  4行目 E列「例文」 〔card_two〕 例文（examples）「シュレッダーにかけたい」は、"
        "may_discard の例文（examples）と同じです（"
        + draft.book.where["wordings/may_discard"]
        + "）",
        "誤り  5行目 A列「id」 〔card_two〕 id 「card_two」が2回使われています（1回目は 4 行目）",
    ]


def test_wordings_that_the_table_itself_gives_up_are_free(draft: Draft) -> None:
    assert not faults(
        draft,
        ["id", "例文"],
        ["may_discard", "破棄"],
        ["check_on_portal", "捨ててもいいですか"],
    )


def test_wordings_of_out_of_scope_topics_go_to_the_entry(draft: Draft) -> None:
    assert not faults(draft, HEAD, [*NEW[:4], "傷病手当金はいつ出ますか"])


def test_an_id_that_a_topic_has_is_told_with_its_row(draft: Draft) -> None:
    (fault,) = faults(draft, HEAD, ["noise", *NEW[1:]])
    assert "out_of_scope.yml" in fault and "（faq.csv:2）" in fault


def test_links_to_contacts_without_an_address_are_told(draft: Draft) -> None:
    (fault,) = faults(draft, ["id", "リンク"], ["check_on_portal", "hotline"])
    assert fault.startswith(
        "誤り  2行目 B列「リンク」 〔check_on_portal〕 links の「hotline」には url"
    )


def test_buttons_and_contrasts_are_compared_with_the_other_entries(draft: Draft) -> None:
    found = faults(
        draft,
        [*HEAD, "ボタンの言葉"],
        [*NEW, "資格情報を画面で見たい"],
    )
    assert "choice の「資格情報を画面で見たい」は、check_on_portal の choice と同じです" in found[0]
    (fault,) = faults(draft, ["id", "見分ける質問"], ["may_discard", "check_on_portal：紙ですか。"])
    assert "check_on_portal の contrasts にもあります" in fault


def test_a_new_row_needs_all_columns(draft: Draft) -> None:
    found = faults(draft, ["id", "質問"], ["may_discrad", "捨てられますか"])
    assert [line.split("。")[0] for line in found] == [
        "誤り  2行目 A列「id」 〔may_discrad〕 新しいエントリーですが、「分類」の列がありません",
        "誤り  2行目 A列「id」 〔may_discrad〕 新しいエントリーですが、「例文」の列がありません",
        "誤り  2行目 A列「id」 〔may_discrad〕 新しいエントリーですが、「回答」の列がありません",
    ]


def test_required_cells_of_an_old_entry_cannot_be_emptied(draft: Draft) -> None:
    (fault,) = faults(draft, ["id", "回答", "質問"], ["may_discard", "", "捨ててよいですか。"])
    assert fault.startswith("誤り  2行目 B列「回答」 〔may_discard〕 「回答」が空です。")


def test_columns_may_be_passed_over(draft: Draft) -> None:
    sheet = table([*HEAD, "備考"], [*NEW, "メモ", "はみ出し"])
    assert [fault.column for fault in plan(draft, sheet).faults] == [6, 7]
    assert not plan(draft, sheet, ignore_columns=True).faults


def test_two_columns_for_one_key_are_a_fault(draft: Draft) -> None:
    (fault,) = faults(draft, [*HEAD, "質問文"], [*NEW, "別の質問"])
    assert fault.startswith("誤り  1行目 F列「質問文」 同じ項目の列が2つあります。")


def test_ids_are_made_where_they_are_asked_for(draft: Draft) -> None:
    names = iter(["made_one", "made_two"])
    taken: list[set[str]] = []

    def make(question: str, known: Any) -> str:
        taken.append(set(known))
        return next(names)

    rows = [["", *NEW[1:]], ["card_a", "お知らせ", "別の質問", "はい。", "別の例"]]
    rows += [["", "お知らせ", "三つ目", "はい。", "三つ目の例"]]
    found = plan(draft, table(HEAD, *rows), make_id=make)
    assert [entry.id for entry in found.new] == ["made_one", "card_a", "made_two"]
    assert taken[0] == {"may_discard", "check_on_portal", "card_a"}
    assert "made_one" in taken[1]
    without = table(HEAD[1:], NEW[1:])
    with pytest.raises(SheetError, match="id の列がありません"):
        plan(draft, without)
    names = iter(["made_one"])
    assert plan(draft, without, make_id=make).new[0].id == "made_one"


def test_a_table_without_rows_is_refused(draft: Draft) -> None:
    with pytest.raises(SheetError, match="見出しの下に1行もありません"):
        plan(draft, table(HEAD))


def test_texts_that_excel_spoilt_in_shift_jis_are_told(draft: Draft, data: Path) -> None:
    plan(
        draft, table([*HEAD], ["card_a", "お知らせ", "何時？", "10時〜17時です。\n➡窓口", "例"])
    ).put_into(draft)
    draft.save()
    draft = Draft.open(data)
    answer = "10時?17時です。\n➡窓口".encode("cp932", "replace").decode("cp932")
    rows = [["id", "回答"], ["card_a", answer]]
    sheet = read_csv(csv_bytes(rows, "cp932"), "faq.csv")
    columns = find_columns(sheet, {})
    found = [fault_line(f, sheet, columns) for f in plan_import(sheet, columns, draft).faults]
    assert [line.split("。が")[0].split("Shift")[0] for line in found] == [
        "誤り  2行目 B列「回答」 〔card_a〕 「10時〜17時です。」が「10時?17時です。」に変わっています。",
        "誤り  2行目 B列「回答」 〔card_a〕 「➡窓口」が「?窓口」に変わっています。",
    ]
    assert not plan(draft, table(*rows)).faults  # in UTF-8 somebody has written it
    asked = read_csv(csv_bytes([["id", "回答"], ["card_a", "何時?"]], "cp932"), "faq.csv")
    assert not plan(draft, asked).faults


def merged(ranges: str, rows: list[list[str]]) -> Sheet:
    def change(book: Any) -> None:
        for one in ranges.split():
            book.active.merge_cells(one)

    return read_xlsx(workbook(rows, change), "faq.xlsx")


ROWS = [["一覧"], HEAD, NEW, ["card_b", "", "別の質問", "", "別の例"]]


def test_merged_cells_that_entries_may_have_in_common_are_filled(draft: Draft) -> None:
    found = plan(draft, merged("A1:E1 B3:B4 D3:D4", ROWS))
    assert found.faults == ()
    assert [(entry.category, entry.answer) for entry in found.new] == [
        ("お知らせ", "できます。")
    ] * 2


@pytest.mark.parametrize(
    ("ranges", "place"),
    [("C3:C4", "C3:C4"), ("A3:A4", "A3:A4"), ("B3:C3", "B3:C3"), ("B2:B3", "B2:B3")],
)
def test_merged_cells_that_say_nothing_clear_are_named(
    ranges: str, place: str, draft: Draft
) -> None:
    found = plan(draft, merged(ranges, ROWS)).faults
    assert any(f"セル {place} が結合されています。" in fault.found for fault in found)


def test_merges_over_each_other_end_the_reading(draft: Draft) -> None:
    sheet = merged("B3:B4", ROWS)
    many = Sheet(sheet.file, sheet.rows, sheet.form, merges=sheet.merges * 20)
    with pytest.raises(SheetError, match="重なり合っています"):
        plan(draft, many)


def test_bad_cells_are_faults_only_where_their_column_counts(draft: Draft) -> None:
    rows = [[*HEAD, "備考"], [*NEW[:3], "=1+1", NEW[4], "=1+1"]]
    sheet = read_xlsx(workbook(rows), "faq.xlsx")
    (fault,) = plan(draft, sheet, ignore_columns=True).faults
    assert (fault.line, fault.column) == (2, 4)
    assert "数式の計算結果が保存されていません" in fault.found


def test_hidden_rows_are_told(draft: Draft) -> None:
    def change(book: Any) -> None:
        book.active.row_dimensions[2].hidden = True

    found = plan(draft, read_xlsx(workbook([HEAD, NEW], change), "faq.xlsx"))
    assert next(iter(plan_lines(found))) == "注意  非表示の行も取り込みます: 2 行目"


def test_the_preview_shows_old_and_new_of_each_key(draft: Draft) -> None:
    sheet = table(
        ["id", "回答", "例文", "出典"],
        [
            "may_discard",
            "大切に保管してください。\nマイナンバーカードと一緒に携帯いただくのが良いと考えます。",
            "捨ててもいいですか\nお知らせ 破棄 可否\n取っておく期間\nもういらないよね\nsutetemo ii?",
            "",
        ],
    )
    (change,) = plan(draft, sheet).changed
    assert list(change_lines(change)) == [
        "  may_discard",
        "    回答（answer）",
        "      － 「マイナンバーカードと一緒に携帯いただくのが良いと思います。」",
        "      ＋ 「マイナンバーカードと一緒に携帯いただくのが良いと考えます。」",
        "    例文（examples）",
        "      － 「いつまで取っておけばいい？」",
        "      ＋ 「取っておく期間」",
        "    出典（source）",
        "      － 「Q&A Q4」",
    ]


def test_a_long_preview_is_cut_and_says_so(draft: Draft) -> None:
    rows = [[f"card_{n}", "お知らせ", f"質問{n}番", "はい。", f"例{n}番"] for n in range(40)]
    found = plan(draft, table(HEAD, *rows))
    lines = list(plan_lines(found))
    assert lines[0] == "新しいエントリー 40 件"
    assert "  ほかに 10 件あります（--all を付けると、すべて表示します）" in lines
    assert len(list(plan_lines(found, everything=True))) == 42


def test_a_text_cannot_command_the_terminal(draft: Draft) -> None:
    lines = faults(draft, HEAD, [*NEW[:2], "\x1b[2J再交付\x07", *NEW[3:]])
    assert lines and not any("\x1b" in line or "\x07" in line for line in lines)
