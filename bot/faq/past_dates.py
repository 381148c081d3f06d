"""Days, months and seasons that a Japanese text names and that are over.

Western years and eras, kanji numerals, `2024/12/2` and `R6.12.2` are understood. A year alone
(令和6年に始まった) says nothing about being out of date and is left alone.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_ERAS |= {"R": _ERAS["令和"], "H": _ERAS["平成"], "S": _ERAS["昭和"]}

# The last month of what may follow 年, counted from January of that year.
_SEASONS = {"春": 5, "夏": 8, "秋": 11, "冬": 14, "度": 15, "末": 12, "内": 12, "中": 12}

_KANJI = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_NUMBER = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = (
    rf"(?:(?P<era>令和|平成|昭和|大正|明治|(?<![A-Za-z])[RHS](?=[0-9]))\s*(?P<of>元|{_NUMBER})"
    r"|(?<![0-9./-])(?P<year>(?:19|20)[0-9]{2}|[一二][〇一二三四五六七八九]{3}))"
)
_DATE = re.compile(
    rf"{_YEAR}(?:"
    rf"\s*年\s*(?:{_NUMBER}\s*月?\s*(?:[~〜・、-]|から)\s*)?(?P<month>{_NUMBER})\s*月"
    rf"(?:\s*(?P<day>{_NUMBER})\s*日)?"
    rf"|\s*年\s*の?(?P<season>[{''.join(_SEASONS)}])"
    r"|(?P<mark>[./-])(?P<month2>[0-9]{1,2})(?:(?P=mark)(?P<day2>[0-9]{1,2}))?(?![0-9./-])"
    r")"
)
_RANGE = re.compile(r"\s*(?:から|より|[~〜-])\s*")


def past_dates(text: str, today: date) -> tuple[str, ...]:
    """What `text` names and what was over before `today`, each once, in order.

    A month is over on the first day of the next. The beginning of a range whose end is still
    to come is not reported.

    >>> past_dates("令和6年12月以降に改めて通知予定です。", date(2025, 1, 1))
    ('令和6年12月',)
    >>> past_dates("令和6年12月以降に改めて通知予定です。", date(2024, 12, 31))
    ()
    """
    plain = unicodedata.normalize("NFKC", text)
    dated = [(match, _last_day(match)) for match in _DATE.finditer(plain)]
    found: dict[str, None] = {}
    for number, (match, last) in enumerate(dated):
        if last is None or last >= today:
            continue
        following = dated[number + 1] if number + 1 < len(dated) else None
        if following is not None and following[1] is not None and following[1] >= today:
            between = plain[match.end() : following[0].start()]
            if _RANGE.fullmatch(between):
                continue
        found[match[0]] = None
    return tuple(found)


def _last_day(match: re.Match[str]) -> date | None:
    """The last day of what was matched; None where the calendar has no such day."""
    day = match["day"] or match["day2"]
    try:
        if match["era"]:
            year = _ERAS[match["era"]] + (1 if match["of"] == "元" else _value(match["of"]))
        else:
            year = _value(match["year"])
        month = _SEASONS.get(match["season"] or "") or _value(match["month"] or match["month2"])
        if match["season"] and month > 12:
            year, month = year + 1, month - 12
        return date(year, month, _value(day) if day else calendar.monthrange(year, month)[1])
    except ValueError:  # calendar.IllegalMonthError is one, too
        return None


def _value(number: str) -> int:
    """A number in digits or kanji: 12, 十二, 二〇二四; ValueError for 六十十."""
    if number.isdecimal():
        return int(number)
    if "十" not in number:
        return int("".join(str(_KANJI[char]) for char in number))
    tens, _, ones = number.partition("十")
    if "十" in ones:
        raise ValueError(number)
    return (_value(tens) if tens else 1) * 10 + (_value(ones) if ones else 0)
