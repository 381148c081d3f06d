"""Content as plain JSON values and back, from the dataclasses' own annotations."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date, time
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """A dataclass as a dict, a tuple as a list, dates and times in ISO 8601.

    >>> to_plain(time(9, 30))
    '09:30'
    """
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if is_dataclass(value) and not isinstance(value, type):
        return {name: to_plain(getattr(value, name)) for name in _hints(type(value))}
    return value


def from_plain(kind: type[T], value: object) -> T:
    """The dataclass `kind` that `to_plain` turned into `value`; ValueError where it was not."""
    return typing.cast(T, _build(kind, value))


def _build(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        hints = _hints(typing.cast(type, kind))
        if not isinstance(value, dict) or value.keys() != hints.keys():
            raise ValueError(f"not a {kind}: {str(value)[:80]}")
        return kind(**{name: _build(hint, value[name]) for name, hint in hints.items()})  # type: ignore[operator]
    origin = typing.get_origin(kind)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError(f"not a list: {str(value)[:80]}")
        return tuple(_build(typing.get_args(kind)[0], item) for item in value)
    if origin is types.UnionType:
        inner = next(one for one in typing.get_args(kind) if one is not types.NoneType)
        return None if value is None else _build(inner, value)
    if kind in (date, time) and isinstance(value, str):
        return kind.fromisoformat(value)
    if type(value) is kind:
        return value
    raise ValueError(f"not {kind}: {str(value)[:80]}")


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The stored fields of a dataclass with their types."""
    hints = typing.get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind) if one.init}
