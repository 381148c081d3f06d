"""PyYAML's complaints, said in Japanese, with what staff most often did."""

from __future__ import annotations

import re

import yaml

from bot.faq.fault import Scope, quote
from bot.faq.source import Spot

_QUOTE_IT = '文章の中に記号があるときは、全体を引用符（"）で囲んでください。'
_ALIGN = "前後の行と、行の始まりの半角空白の数をそろえてください。"

_NEXT_LINE = "「- 」や文章は、次の行に字下げして書いてください。"
_STRAY = "値を始められない記号が見つかりました。"
_UNEVEN = "字下げがそろっていません。"
_AFTER = "字下げがそろっていないか、引用符や「]」のあとに文字が続いています。"
_AFTER_ADVICE = _ALIGN + "' で囲んだ文章の中の ' は '' と書いてください。"

# (what PyYAML or libyaml says, what it means, what to do); the first that fits is used.
_PROBLEMS = (
    ("tab character", "行の始まりにタブ文字が見つかりました。", _ALIGN),
    ("block scalar", "「|」や「>」と同じ行に文字が続いています。", _NEXT_LINE + _QUOTE_IT),
    (" a tag", _STRAY, _QUOTE_IT),
    (" an anchor", _STRAY, _QUOTE_IT),
    (" an alias", _STRAY, _QUOTE_IT),
    ("cannot start any token", _STRAY, _QUOTE_IT),
    ("node content", _STRAY, _QUOTE_IT),
    ("mapping keys are not allowed", _STRAY, _QUOTE_IT),
    ("directive", _STRAY, _QUOTE_IT),
    (
        "sequence entries are not allowed",
        "項目と同じ行に「- 」があります。",
        _NEXT_LINE + _QUOTE_IT,
    ),
    (
        "mapping values are not allowed",
        "「: 」のあるはずのない場所に「: 」が見つかりました。",
        '文章の中の「: 」なら全体を引用符（"）で囲み、項目なら字下げをそろえてください。',
    ),
    ("could not find expected ':'", "「項目: 値」の「:」が見つかりません。", _ALIGN),
    ("unexpected end of stream", "引用符が閉じられていません。", "閉じる引用符を書いてください。"),
    ("document separator", "引用符が閉じられていません。", "閉じる引用符を書いてください。"),
    ("expected ',' or ']'", "「[」が「]」で閉じられていません。", "「]」を書いてください。"),
    ("expected ',' or '}'", "「{」が「}」で閉じられていません。", "「}」を書いてください。"),
    (
        "escape",
        "「\\」の使い方が正しくありません。",
        "「\\」を含む値は、\" の代わりに ' で囲んでください。",
    ),
    ("expected '-' indicator", "リスト（「- 」の並び）の" + _UNEVEN, _ALIGN),
    ("expected <document start>", _UNEVEN, _ALIGN),
    ("expected '<document start>'", _UNEVEN, _ALIGN),
    ("but found '?'", _UNEVEN, _ALIGN),
    ("expected key", _AFTER, _AFTER_ADVICE),
    ("expected <block end>", _AFTER, _AFTER_ADVICE),
)
_WIDE_COLON = re.compile(r"^[ \u3000]*(?:- *)?[A-Za-z_]+ *：")
_NO_SPACE = re.compile(r"^ *(?:- *)?[a-z_]+:[^ \s/]")
_WIDE_INDENT = re.compile(r"^ *\u3000")
_TAB_INDENT = re.compile(r" *\t")


def explain(error: yaml.YAMLError, text: str, scope: Scope) -> None:
    """Note the fault that PyYAML found in `text`."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    spot = _spot(error, problem, len(lines))
    found, advice = f"YAML として読めません（{problem}）。", _QUOTE_IT
    complaint = f"{getattr(error, 'context', None) or ''} {problem}"
    for said, meaning, remedy in _PROBLEMS:
        if said in complaint:
            found, advice = f"YAML として読めません。{meaning}", remedy
            break
    line = lines[spot.line - 1]
    before = lines[spot.line - 2] if spot.line > 1 else ""
    advice = (hint(line) or hint(before)) + advice
    shown = f"この行は{quote(line.strip())}です。" if line.strip() else ""
    scope.fault("broken_yaml", spot, found, shown, advice)


def hint(line: str) -> str:
    """What is probably wrong with a line that should read `key: value`; '' where unknown.

    >>> hint("  - id：reissue")
    '項目の名前のあとの「：」は、半角の「:」と半角空白にしてください。'
    """
    if _WIDE_COLON.match(line):
        return "項目の名前のあとの「：」は、半角の「:」と半角空白にしてください。"
    if _WIDE_INDENT.match(line):
        return "行の始まりの全角空白は、半角空白にしてください。"
    if _NO_SPACE.match(line):
        return "項目の名前のあとの「:」の次に、半角空白を入れてください。"
    return ""


def refuse_tabs(text: str, scope: Scope) -> bool:
    """Note a fault where tabs indent lines; True where there are any."""
    if "\t" not in text:
        return False
    rows = [
        number
        for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1)
        if _TAB_INDENT.match(line)
    ]
    if not rows:
        return False
    others = f"（ほかに {len(rows) - 1} 行、最後は {rows[-1]} 行目）" if len(rows) > 1 else ""
    scope.fault(
        "tab_indent",
        Spot(rows[0], 1),
        f"行の始まりにタブ文字が見つかりました{others}。",
        "字下げは半角空白である必要があります。",
        "タブを半角空白2つに置き換えてください。",
    )
    return True


def _spot(error: yaml.YAMLError, problem: str, last: int) -> Spot:
    """Where to look: the beginning of what was left open, else where reading stopped."""
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    left_open = any(
        said in problem for said in ("end of stream", "',' or", "separator", "could not find")
    )
    if opened is not None and (left_open or mark is None):
        mark = opened
    if mark is None:
        return Spot(1, 1)
    return Spot(min(mark.line + 1, last), mark.column + 1)
