"""Numbers and names as staff read them."""

from __future__ import annotations

from datetime import date

from bot.review.counts import RATES
from bot.review.rates import Rate
from bot.review.statistics import Period, Statistics

NOTHING = "—"

# The fields and sums of Counts.
MEASURES = {
    "asked": "質問",
    "answers": "回答できた",
    "answered": "すぐに回答",
    "offered": "候補を提示",
    "taken": "候補から選択",
    "left": "候補を選ばず",
    "picked": "一覧などから選択",
    "unanswered": "該当なし",
    "rated": "評価あり",
    "helpful": "役に立った",
    "unhelpful": "役に立たなかった",
    "silent": "評価なし",
}
# What the rates of Counts are shares of.
OF = {
    "asked": "質問",
    "offered": "候補の提示",
    "answers": "回答",
    "rated": "評価",
}
# The measures as heads, cut where a narrow column may break them.
HEADS = {
    **{name: (label,) for name, label in MEASURES.items()},
    "answers": ("回答", "できた"),
    "answered": ("すぐに", "回答"),
    "taken": ("候補から", "選択"),
    "picked": ("一覧など", "から選択"),
    "left": ("候補を", "選ばず"),
    "unanswered": ("該当", "なし"),
    "rated": ("評価", "あり"),
    "helpful": ("役に", "立った"),
    "unhelpful": ("役に立た", "なかった"),
    "silent": ("評価", "なし"),
}
LANGUAGES = {
    "ja": "日本語",
    "en": "英語",
    "zh": "中国語",
    "ko": "韓国語",
    "es": "スペイン語",
    "pt": "ポルトガル語",
}
# What agents report, as the buttons of their page say it.
LOOKUPS = {"found": "合っていた", "wrong": "質問と違う", "missing": "該当なし"}
NO_ENTRY = "（近い項目なし）"
_WEEKDAYS = "月火水木金土日"


def rate_name(measure: str) -> str:
    """With what it is a share of."""
    return f"{MEASURES[measure]}（{OF[RATES[measure]]}のうち）"


def number(count: int) -> str:
    return f"{count:,}"


def share(rate: Rate) -> str:
    return NOTHING if rate.share is None else f"{100 * rate.share:.1f}%"


def fraction(rate: Rate) -> str:
    return f"{rate.count:,}/{rate.of:,}"


def interval(rate: Rate) -> str:
    if rate.interval is None:
        return NOTHING
    low, high = rate.interval
    return f"{100 * low:.1f}〜{100 * high:.1f}%"


def day_name(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def period_name(period: Period) -> str:
    return f"{day_name(period.first)}から{day_name(period.last)}まで、{period.days}日間"


def week_parts(week: Period, period: Period) -> tuple[str, ...]:
    """Its name, cut where a narrow column may break it; the year only where it is needed."""
    year = f"{week.first.year}/" if period.first.year != period.last.year else ""
    first, last = (f"{day.month}/{day.day}" for day in (week.first, week.last))
    if week.days == 1:
        return year + first, "（1日間）"
    days = () if week.days == 7 else (f"（{week.days}日間）",)
    return f"{year}{first}〜", last, *days


def left_out(statistics: Statistics) -> list[str]:
    """What was said and is in no rate."""
    no_answer, no_question = statistics.of_no_answer, statistics.of_no_question
    notes = (
        [f"候補の提示と該当なしの返答への評価 {no_answer:,} 件は、率に含みません。"]
        if no_answer
        else []
    )
    if no_question:
        notes.append(f"質問の記録がない評価 {no_question:,} 件は、率に含みません。")
    return notes


def hour_name(hour: int) -> str:
    return f"{hour}時台"


def entry_name(entry: str | None) -> str:
    return NO_ENTRY if entry is None else entry


def language_name(language: str) -> str:
    return LANGUAGES.get(language, language)
