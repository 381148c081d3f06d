"""From a file to text: it must be there, readable, and UTF-8."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bot.faq.fault import Scope

MAX_BYTES = 32 * 1024 * 1024  # 10,000 entries are about 10 MB; more is not a FAQ

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_RESAVE = (
    "メモ帳などのエディタで開き、「名前を付けて保存」で文字コードに UTF-8 を選んで"
    "保存し直してください。"
)
_MUST_BE_UTF8 = "文字コードは UTF-8 である必要があります。"
# What YAML refuses anywhere, and line ends that editors do not count as such
# (U+0085, U+2028, U+2029): with them, line numbers would no longer agree.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_KANA = re.compile("[ぁ-んァ-ヶー、。]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file; both count from 1."""

    line: int
    column: int


def read_source(path: Path, scope: Scope, required: bool = True) -> str | None:
    """The text of a data file; None after faults were noted, or where it may be missing and is."""
    raw = _read_bytes(path, scope, required)
    if raw is None:
        return None
    text = _decode(raw, scope)
    if text is None:
        return None
    if not text.strip():
        advice = "バックアップなどから内容を戻してください。"
        scope.fault("empty_file", None, "ファイルが空です。", "", advice)
        return None
    match = _FORBIDDEN.search(text)
    if match is not None:
        scope.fault(
            "control_character",
            spot_of(text, match.start()),
            f"目に見えない制御文字（U+{ord(match[0]):04X}）が見つかりました。",
            "ファイルに制御文字は使えません。",
            "この行を手で打ち直してください。",
        )
        return None
    return text


def spot_of(text: str, index: int) -> Spot:
    """Where character `index` of `text` stands, with the line ends that editors know."""
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    return Spot(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _read_bytes(path: Path, scope: Scope, required: bool) -> bytes | None:
    unreadable = "ファイルを読み込めません"
    try:
        if not path.exists():
            _refuse_missing(path, scope, required)
            return None
        if not path.is_file():
            found = f"{unreadable}（フォルダーなど、ファイルではないものです）。"
            advice = "同じ名前のフォルダーを別の名前に変え、ファイルを置いてください。"
            scope.fault("unreadable_file", None, found, f"{path.name} はファイルです。", advice)
            return None
        if path.stat().st_size > MAX_BYTES:
            found = f"{unreadable}（{path.stat().st_size // 1_000_000} MB あり、大きすぎます）。"
            expected = f"大きさは {MAX_BYTES // (1024 * 1024)} MB までです。"
            scope.fault(
                "unreadable_file", None, found, expected, "正しいファイルか確かめてください。"
            )
            return None
        return path.read_bytes()
    except OSError as error:
        found = f"{unreadable}（{error.strerror or type(error).__name__}）。"
        advice = "読み取りの権限があるか、ほかのプログラムで開いていないかを確かめてください。"
        scope.fault("unreadable_file", None, found, "", advice)
        return None


def _refuse_missing(path: Path, scope: Scope, required: bool) -> None:
    """An optional file is a fault only where another ending shows that it was meant."""
    other = path.with_suffix(".yaml")
    advice = "ファイル名と置き場所を確かめ、なければバックアップから戻してください。"
    expected = f"{path.name} はかならず必要です。"
    if other.exists():
        advice = f"{other.name} の名前を {path.name} に変えてください。"
        expected = expected if required else f"読み込まれるのは {path.name} だけです。"
    elif not required:
        return
    scope.fault("missing_file", None, "ファイルがありません。", expected, advice)


def _decode(raw: bytes, scope: Scope) -> str | None:
    head = raw[:2000]
    if raw.startswith(_UTF16) or head.count(0) * 10 > len(head):  # ASCII with a NUL each
        scope.fault(
            "wrong_encoding",
            None,
            "文字コードが UTF-16（メモ帳の「Unicode」）のようです。",
            _MUST_BE_UTF8,
            _RESAVE,
        )
        return None
    if b"\x1b$" in raw or b"\x1b(" in raw:
        found = "文字コードが JIS（ISO-2022-JP）のようです。"
        scope.fault("wrong_encoding", None, found, _MUST_BE_UTF8, _RESAVE)
        return None
    try:
        return raw.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        start = raw.rfind(b"\n", 0, error.start) + 1
        column = len(raw[start : error.start].decode("utf-8", "ignore")) + 1
        guess = guess_encoding(raw)
        found = "UTF-8 として読めない文字があります。"
        if guess is not None:
            found = f"文字コードが {guess[1]}のようです。"
        scope.fault("wrong_encoding", Spot(line, column), found, _MUST_BE_UTF8, _RESAVE)
        return None


def guess_encoding(raw: bytes) -> tuple[str, str] | None:
    """The old Japanese encoding in which `raw` has most kana, if it has any: codec and name."""
    best, most = None, 0
    for codec, name in (("cp932", "Shift_JIS（CP932）"), ("euc_jp", "EUC-JP ")):
        try:
            kana = len(_KANA.findall(raw.decode(codec)))
        except UnicodeDecodeError:
            continue
        if kana > most:
            best, most = (codec, name), kana
    return best
