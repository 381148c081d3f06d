from __future__ import annotations

from pathlib import Path

import pytest

from bot.text import vocabulary
from bot.text.sudachi import Sudachi

ROW = "任継,5146,5146,2000,任継,名詞,普通名詞,一般,*,*,*,ニンケイ,任意継続,*,C,*,*,*"


def write(folder: Path, *rows: str) -> Path:
    path = folder / "vocabulary.csv"
    path.write_text("\n".join(["# 語彙", "", *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (ROW.replace("任継,5146", ",5146", 1), "見出し（1列目）が空です"),
        (ROW.replace("任継", "Ｊ－LIS"), "正規形「j-lis」で書いてください"),
        (ROW.replace("任継", "下４桁"), "正規形「下4桁」で書いてください"),
        (ROW.replace("5146,5146", "-1,5146"), "左連接ID「-1」は0〜5980の整数"),
        (ROW.replace("5146,5146", "5146,名詞"), "右連接ID「名詞」は0〜5980の整数"),
        (ROW.replace("2000", "99999"), "コスト「99999」は-32767〜32767の整数"),
        (ROW.replace("2000,任継", "2000,任意"), "5列目「任意」が見出し「任継」と違います"),
        (ROW.replace("普通名詞", "変な名詞"), "品詞「名詞,変な名詞,一般,*,*,*」はありません"),
        (ROW.replace("ニンケイ", "にんけい"), "読み「にんけい」は全角カタカナで"),
        (ROW.replace(",任意継続,", ",,"), "正規化表記（13列目）が空です"),
        (ROW.replace(",C,", ",D,"), "分割タイプ「D」はA、B、Cか*に"),
        (ROW.removesuffix(",*"), "列が17個あります。カンマ区切りで18列に"),
        (ROW.replace("ニンケイ", '"ニンケイ'), '引用符（"）が閉じていません'),
    ],
)
def test_a_broken_row_is_refused(tmp_path: Path, row: str, message: str) -> None:
    path = write(tmp_path, row)
    with pytest.raises(ValueError, match=r"vocabulary\.csv:3: ") as raised:
        Sudachi.load(path, tmp_path / "cache")
    assert message in str(raised.value)
    assert not list(tmp_path.glob("cache/*"))


def test_all_faults_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, ROW, ROW, "a,b", ROW.replace("任継", "国保").replace("2000", "x"))
    with pytest.raises(ValueError, match="任継") as raised:
        Sudachi.load(path, tmp_path / "cache")
    assert str(raised.value).splitlines() == [
        f"{path}:4: 見出し「任継」は3行目にもあります。一つにしてください。",
        f"{path}:5: 列が2個あります。カンマ区切りで18列にしてください。",
        f"{path}:6: コスト「x」は-32767〜32767の整数にしてください。",
    ]


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.csv"
    path.write_bytes(b"# ok\n" + ROW.encode("cp932"))
    with pytest.raises(ValueError, match=r"vocabulary\.csv:2: UTF-8として読めません"):
        Sudachi.load(path, tmp_path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Sudachi.load(tmp_path / "none.csv", tmp_path)


def test_compiled_once_and_again_when_changed(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    path = write(tmp_path, ROW)
    sudachi = Sudachi.load(path, cache)
    assert [w.normalized for w in sudachi.words("任継")] == ["任意継続"]
    (first,) = cache.iterdir()
    made = first.stat().st_mtime_ns
    Sudachi.load(path, cache)
    assert [p.stat().st_mtime_ns for p in cache.iterdir()] == [made]
    path = write(tmp_path, ROW.replace("任意継続", "任継"))
    sudachi = Sudachi.load(path, cache)
    assert [w.normalized for w in sudachi.words("任継")] == ["任継"]
    assert len(list(cache.iterdir())) == 2


def test_a_damaged_cache_is_made_again(tmp_path: Path) -> None:
    path = write(tmp_path, ROW)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())  # as Excel saves UTF-8
    Sudachi.load(path, tmp_path / "cache")
    (compiled,) = (tmp_path / "cache").iterdir()
    compiled.write_bytes(b"damaged")
    sudachi = Sudachi.load(path, tmp_path / "cache")
    assert [w.normalized for w in sudachi.words("任継")] == ["任意継続"]


def test_hiragana_rows() -> None:
    row = ROW.split(",")
    kana = vocabulary._with_kana([row])[1]
    assert (kana[0], kana[4], kana[12]) == ("にんけい", "にんけい", "任意継続")
    assert len(kana) == len(row)
