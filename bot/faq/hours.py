"""Opening hours, as contacts.yml writes them: 9:30-20:00, 12-29..01-03, always."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time

from bot.faq.entry import Hours, MonthDay, Span, YearlySpan
from bot.faq.fault import Scope, quote
from bot.faq.record import Record, Shape
from bot.faq.texts import read_scalar, refuse_empty
from bot.faq.yaml_nodes import Node, Scalar

SHAPE = Shape(required=(), optional=("weekday", "holiday", "closed"))

_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})")
_YEARLY = re.compile(r"([0-9]{2})-([0-9]{2})\.\.([0-9]{2})-([0-9]{2})")
_DASHES = str.maketrans(dict.fromkeys("~〜‐‑‒–—―−ー", "-") | {" ": ""})
_FORM = "受付時間は 9:30-20:00 のように、半角で「時:分-時:分」（0:00〜23:59）である必要があります。"
_YEARLY_FORM = "休みの期間は 12-29..01-03 のように、半角で「月2桁-日2桁..月2桁-日2桁」です。"


def read_hours(node: Node, scope: Scope) -> Hours | None:
    """The hours of one contact: `always`, or a mapping of weekday, holiday and closed."""
    if isinstance(node, Scalar):
        if node.text == "always" and node.kind == "str":
            return Hours(always=True)
        _refuse_word(node, scope)
        return None
    record = Record.read(node, SHAPE, scope, "hours ")
    if record is None:
        return None
    if "weekday" not in record.values and "holiday" not in record.values:
        scope.fault(
            "missing_key",
            node,
            "hours に weekday も holiday もありません。",
            "少なくとも一方が必要です。",
            "「weekday: 9:30-20:00」のように書くか、24時間なら hours: always としてください。",
        )
    return Hours(
        weekday=_span(record, "weekday"),
        holiday=_span(record, "holiday"),
        closed=_yearly(record, "closed"),
    )


def _span(record: Record, key: str) -> Span | None:
    scalar = _scalar(record, key)
    if scalar is None:
        return None
    match = _SPAN.fullmatch(scalar.text)
    if match is None:
        plain = unicodedata.normalize("NFKC", scalar.text).translate(_DASHES)
        advice = "書き直すか、休みの日なら行ごと消してください。"
        if _SPAN.fullmatch(plain):
            advice = f"{plain} と書き直してください。"
        _refuse(record, key, scalar, _FORM, advice)
        return None
    try:
        start = time(int(match[1]), int(match[2]))
        end = time(int(match[3]), int(match[4]))
    except ValueError:
        _refuse(record, key, scalar, _FORM, "時刻を確かめてください。")
        return None
    if end <= start:
        expected = "終わりの時刻は、始まりの時刻よりあとである必要があります。"
        _refuse(record, key, scalar, expected, "時刻の順番を確かめてください。")
        return None
    return Span(start, end)


def _yearly(record: Record, key: str) -> YearlySpan | None:
    scalar = _scalar(record, key)
    if scalar is None:
        return None
    match = _YEARLY.fullmatch(scalar.text)
    if match is None:
        _refuse(record, key, scalar, _YEARLY_FORM, "書き直してください。")
        return None
    start = _month_day(int(match[1]), int(match[2]))
    end = _month_day(int(match[3]), int(match[4]))
    if start is None or end is None:
        _refuse(record, key, scalar, "暦にある日である必要があります。", "日付を確かめてください。")
        return None
    return YearlySpan(start, end)


def _month_day(month: int, day: int) -> MonthDay | None:
    try:
        date(2024, month, day)  # a leap year: 29 February is a day of some years
    except ValueError:
        return None
    return MonthDay(month, day)


def _scalar(record: Record, key: str) -> Scalar | None:
    node = record.get(key)
    if node is None:
        return None
    scalar = read_scalar(node, record.label_of(key), "時間", record.scope)
    if scalar is not None and not scalar.text.strip():
        refuse_empty(scalar, record.label_of(key), record.scope)
        return None
    return scalar


def _refuse(record: Record, key: str, node: Scalar, expected: str, advice: str) -> None:
    found = f"{record.label_of(key)}に{quote(node.text)}が見つかりました。"
    record.scope.fault("bad_hours", node, found, expected, advice)


def _refuse_word(node: Scalar, scope: Scope) -> None:
    if node.kind == "refused":
        return
    if not node.text.strip():
        refuse_empty(node, "hours ", scope)
        return
    scope.fault(
        "bad_hours",
        node,
        f"hours に{quote(node.text)}が見つかりました。",
        "hours は weekday・holiday・closed の組か、24時間365日を表す always である必要があります。",
        "次の行に字下げして「weekday: 9:30-20:00」のように書いてください。",
    )
