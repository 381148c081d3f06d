"""The field's own words (data/vocabulary.csv) as a compiled Sudachi user dictionary.

The file is Sudachi's user lexicon: 18 columns a row, described at
https://github.com/WorksApplications/Sudachi/blob/develop/docs/user_dict.md, and may hold empty
lines and comments that begin with '#'. A word whose reading is long enough to be unambiguous
also gets a row in hiragana, so that しかくじょうほう is found as 資格情報: untrained, Sudachi
reads it as 四角 情報.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Collection, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from bot.errors import FaqBotError

_COLUMNS: Final = 18
_HEADWORD, _LEFT, _RIGHT, _COST, _SHOWN, _POS, _READING, _NORMALIZED, _SPLIT = (
    *(0, 1, 2, 3, 4, 5),
    *(11, 12, 14),
)
_POS_PARTS: Final = 6
_MAX_CONNECTION_ID: Final = 5980  # of the matrix in SudachiDict, as in UniDic 2.1.2
_MAX_COST: Final = 32767
_MAX_HEADWORD_BYTES: Final = 255
_KATAKANA: Final = re.compile("[ァ-ヴー]+")
# Shorter readings are other words too often: しかく is 四角, ほけん is 保健. Where the field is
# sure of one, the file has a row of its own.
_MIN_KANA_HEADWORD: Final = 4
_KANA_COST: Final = "3000"
_COMPILED_AS: Final = "2"  # change when the same file would give another dictionary
_HASH_LENGTH: Final = 32

_Rows = list[tuple[int, list[str]]]


class VocabularyError(FaqBotError, ValueError):
    """The vocabulary cannot be compiled; every fault with file, line and what to do."""


def hiragana(katakana: str) -> str:
    """
    >>> hiragana('マイナンバーカード')
    'まいなんばーかーど'
    """
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in katakana)


def compiled(source: Path, parts_of_speech: Collection[tuple[str, ...]], cache: Path) -> Path:
    """The compiled form of `source` in the folder `cache`, made when there is none.

    The name carries a hash of the source and of the versions that compiled it, so a changed
    file or another Sudachi never meets a stale dictionary. Compiling takes some 4 seconds.

    Raises VocabularyError (Japanese; file, line, what was found, what to do) for a broken source.
    """
    data = source.read_bytes()
    path = cache / f"vocabulary-{_fingerprint(data)}.dic"
    if not path.exists():
        rows = _checked(source, data, parts_of_speech)
        cache.mkdir(parents=True, exist_ok=True)
        _compile([row for _, row in rows], path)
    return path


def _fingerprint(data: bytes) -> str:
    versions = f"{_COMPILED_AS} {version('sudachipy')} {version('sudachidict_small')}\n"
    return hashlib.sha256(versions.encode() + data).hexdigest()[:_HASH_LENGTH]


def _compile(rows: list[list[str]], path: Path) -> None:
    """In a process of its own: Sudachi's compiler takes 700 MB and panics on some faults."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="vocabulary-") as folder:
        lexicon, output = Path(folder) / "lexicon.csv", Path(folder) / "user.dic"
        with lexicon.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(_with_kana(rows))
        command = [sys.executable, "-m", "sudachipy.command_line", "ubuild"]
        command += ["-s", str(_system_dictionary()), "-o", str(output), str(lexicon)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not output.exists():
            raise VocabularyError(f"語彙をSudachi辞書に変換できませんでした: {done.stderr[-500:]}")
        os.replace(output, path)


def _system_dictionary() -> Path:
    spec = find_spec("sudachidict_small")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("sudachidict_small")
    return Path(spec.origin).parent / "resources" / "system.dic"


def _with_kana(rows: list[list[str]]) -> list[list[str]]:
    known = {row[_HEADWORD] for row in rows}
    kana: list[list[str]] = []
    for row in rows:
        headword = hiragana(row[_READING])
        if len(headword) >= _MIN_KANA_HEADWORD and headword not in known:
            known.add(headword)
            normalized = row[_NORMALIZED]
            kana.append([headword, row[_LEFT], row[_RIGHT], _KANA_COST, headword, *row[5:]])
            kana[-1][_NORMALIZED] = normalized
    return rows + kana


def _checked(source: Path, data: bytes, parts_of_speech: Collection[tuple[str, ...]]) -> _Rows:
    try:
        lines = data.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise VocabularyError(
            f"{source}:{line}: UTF-8として読めません。文字コードをUTF-8にして保存してください。"
        ) from error
    rows, faults = _rows(lines)
    seen: dict[str, int] = {}
    for line, row in rows:
        faults += [(line, fault) for fault in _faults(row, parts_of_speech)]
        if first := seen.get(row[_HEADWORD]):
            faults.append(
                (line, f"見出し「{row[0]}」は{first}行目にもあります。一つにしてください。")
            )
        seen.setdefault(row[_HEADWORD], line)
    if faults:
        raise VocabularyError(
            "\n".join(f"{source}:{line}: {what}" for line, what in sorted(faults))
        )
    return rows


def _rows(lines: list[str]) -> tuple[_Rows, list[tuple[int, str]]]:
    rows: _Rows = []
    faults: list[tuple[int, str]] = []
    for line, text in enumerate(lines, 1):
        if not text.strip() or text.startswith("#"):
            continue
        try:
            row = next(csv.reader([text], strict=True))
        except csv.Error:
            faults.append((line, '引用符（"）が閉じていません。" を二つ一組にしてください。'))
            continue
        if len(row) == _COLUMNS:
            rows.append((line, row))
        else:
            faults.append(
                (line, f"列が{len(row)}個あります。カンマ区切りで{_COLUMNS}列にしてください。")
            )
    return rows, faults


def _faults(row: list[str], parts_of_speech: Collection[tuple[str, ...]]) -> Iterator[str]:
    """What is wrong in a row of 18 columns, in Japanese."""
    headword, reading = row[_HEADWORD], row[_READING]
    plain = unicodedata.normalize("NFKC", headword).lower()
    if not headword.strip():
        yield "見出し（1列目）が空です。語を書いてください。"
    elif headword != plain:
        yield f"見出し「{headword}」は半角小文字などの正規形「{plain}」で書いてください。"
    if len(headword.encode()) > _MAX_HEADWORD_BYTES:
        yield f"見出しが長すぎます（UTF-8で{_MAX_HEADWORD_BYTES}バイトまで）。"
    for name, column in (("左連接ID", _LEFT), ("右連接ID", _RIGHT)):
        if not _is_integer(row[column], 0, _MAX_CONNECTION_ID):
            yield (
                f"{name}「{row[column]}」は0〜{_MAX_CONNECTION_ID}の整数にしてください"
                "（普通名詞は5146、サ変名詞は5133、固有名詞は4786）。"
            )
    if not _is_integer(row[_COST], -_MAX_COST, _MAX_COST):
        yield f"コスト「{row[_COST]}」は-{_MAX_COST}〜{_MAX_COST}の整数にしてください。"
    if unicodedata.normalize("NFKC", row[_SHOWN]).lower() != plain:
        yield f"5列目「{row[_SHOWN]}」が見出し「{headword}」と違います。同じ語にしてください。"
    if tuple(row[_POS : _POS + _POS_PARTS]) not in parts_of_speech:
        pos = ",".join(row[_POS : _POS + _POS_PARTS])
        yield f"品詞「{pos}」はありません。例: 名詞,普通名詞,一般,*,*,*"
    if not _KATAKANA.fullmatch(reading):
        yield f"読み「{reading}」は全角カタカナで書いてください。"
    if not row[_NORMALIZED].strip():
        yield "正規化表記（13列目）が空です。見出しか、それと同じものを指す語を書いてください。"
    if row[_SPLIT] not in ("A", "B", "C", "*"):
        yield f"分割タイプ「{row[_SPLIT]}」はA、B、Cか*にしてください。"


def _is_integer(text: str, least: int, most: int) -> bool:
    return re.fullmatch(r"-?[0-9]{1,5}", text) is not None and least <= int(text) <= most
