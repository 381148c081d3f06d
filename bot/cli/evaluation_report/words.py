"""Numbers and names as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from math import isnan

from bot.match.evaluation.counts import Tally
from bot.match.evaluation.questions import UNNAMED
from bot.match.evaluation.report import Figure

NOTHING = "–"

# The names that tests/golden uses; others are shown as they are.
KINDS = {
    "near": "隣の話題",
    "chitchat": "雑談",
    "elsewhere": "無関係な用件",
    "abuse": "暴言",
    "injection": "ボットへの指示",
    "gibberish": "意味のない文字",
    "other_language": "外国語",
}
VOICES = {
    "formal": "書き言葉・敬語",
    "colloquial": "話し言葉",
    "shorthand": "担当者の略記",
    "terse": "短い一言",
    "elderly": "長く丁寧",
    "story": "いきさつから",
    "upset": "ご立腹",
    "indirect": "遠回し",
    "typo": "打ち間違い",
    "slip": "変換間違い",
    "hiragana": "ひらがなだけ",
    "romaji": "ローマ字",
    "mixed": "英語まじり",
    "speech": "音声認識",
    "contrast": "「〜ではなく」",
    "presupposition": "思い込み",
    "easy": "やさしい日本語",
    "dialect": "方言",
}

# Heads of the columns, cut where a narrow column may break them: fields of Tally, in order ...
COLUMNS = (
    ("質問",),
    ("正答",),
    ("候補に", "正答"),
    ("誤答",),
    ("候補に", "正答なし"),
    ("該当", "なし"),
    ("正答率",),
)
# ... and for out of scope, where to be turned away is what should happen.
KIND_COLUMNS = (("質問",), ("該当", "なし"), ("候補", "提示"), ("回答",), ("回答", "した率"))


def outcome_cells(counts: Tally) -> list[str]:
    """As COLUMNS."""
    return [*map(str, astuple(counts)), percent(counts.right / counts.questions)]


def kind_cells(counts: Tally) -> list[str]:
    """As KIND_COLUMNS."""
    numbers = counts.questions, counts.silent, counts.misled, counts.wrong
    return [*map(str, numbers), percent(counts.wrong / counts.questions)]


def named(name: str, names: Mapping[str, str]) -> str:
    """With its meaning in front, where that is known."""
    if name == UNNAMED:
        return "（記載なし）"
    return f"{names[name]}（{name}）" if name in names else name


def percent(share: float) -> str:
    return NOTHING if isnan(share) else f"{100 * share:.1f}%"


def value(figure: Figure) -> str:
    if figure.measure.name == "calibration_error" and not isnan(figure.value):
        return f"{figure.value:.3f}"
    return percent(figure.value)


def interval(figure: Figure) -> str:
    if figure.interval is None:
        return NOTHING
    low, high = figure.interval.low, figure.interval.high
    if figure.measure.name == "calibration_error":
        return f"{low:.3f}〜{high:.3f}"
    return f"{100 * low:.1f}〜{100 * high:.1f}%"
