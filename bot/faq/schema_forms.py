"""The forms of single values as JSON Schema: what the readers of texts.py and its like accept.

A pattern is what editors check while somebody types; `patternErrorMessage` is what VS Code then
says, and means nothing to others. Texts are measured by a pattern and not by maxLength, because
the loader measures them without the space around them.
"""

from __future__ import annotations

from typing import Any

from bot.faq import addresses, texts
from bot.faq.languages import CODES
from bot.faq.texts import Limit

Form = dict[str, Any]

_HOUR = "(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
_DAY = "(?:0[1-9]|[12][0-9]|3[01])"
# Days that no month has are refused; 29 February of any year is left to the loader.
_MONTH_DAY = (
    f"(?:(?:0[13578]|1[02])-{_DAY}|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))"
)


def text(limit: Limit) -> Form:
    """A text of so many characters and lines, without the space around it."""
    inside = r"[^\n]" if limit.lines == 1 else r"[\s\S]"
    lines = (
        "" if limit.lines in (None, 1) else rf"(?=[^\n]+(?:\n[^\n]*){{0,{limit.lines - 1}}}\s*$)"
    )
    pattern = rf"^\s*{lines}\S(?:{inside}{{0,{limit.characters - 2}}}\S)?\s*$"
    many = "" if limit.lines is None else f"・{limit.lines}行"
    return _pattern(pattern, f"{limit.characters}文字{many}までの文章を書いてください。")


def id_form() -> Form:
    message = "英小文字で始まる、英小文字・数字・「_」の2〜64文字です（例: card_reissue）。"
    return _pattern(f"^{texts._ID.pattern}$", message)


def date() -> Form:
    first, last = texts._YEARS
    decades = "|".join(f"{decade}[0-9]" for decade in range(first // 10, last // 10))
    message = "日付は 2024-02-01 のように、西暦4桁-月2桁-日2桁で書いてください。"
    return _pattern(f"^(?:{decades}|{last})-{_MONTH_DAY}$", message) | {"format": "date"}


def phone_number() -> Form:
    """Without quotes and hyphens YAML takes a number for an integer, and the loader does not."""
    eleven = "|".join("-?".join(prefix) for prefix in addresses._ELEVEN)
    pattern = (
        f"^(?!0-?0)(?=0)(?:(?={eleven})[0-9](?:-?[0-9]){{10}}|(?!{eleven})[0-9](?:-?[0-9]){{9}})$"
    )
    message = "電話番号は、0 で始まる半角数字と「-」で、10桁（050・080 などは11桁）です。"
    return _pattern(pattern, message) | {"type": ["string", "integer"]}


def url() -> Form:
    host = r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]"
    rest = r"(?:[/?#][!#-;=?-\[\]_a-z~]*)?"
    pattern = rf"^\s*https://{host}(?::0*[1-9][0-9]{{0,4}})?{rest}\s*$"
    return _pattern(pattern, "アドレスは https:// とサーバー名で始まる半角文字です。")


def language() -> Form:
    return {"enum": sorted(CODES)}


def span() -> Form:
    message = "受付時間は 9:30-20:00 のように書いてください。"
    return _pattern(f"^{_HOUR}-{_HOUR}$", message)


def yearly_span() -> Form:
    message = "休みの期間は 12-29..01-03 のように書いてください。"
    return _pattern(rf"^{_MONTH_DAY}\.\.{_MONTH_DAY}$", message)


def listing(items: Form, least: int = 0) -> Form:
    """A list of at least so many members."""
    return {"type": "array", "items": items} | ({"minItems": least} if least else {})


def _pattern(pattern: str, message: str) -> Form:
    return {"type": "string", "pattern": pattern, "patternErrorMessage": message}
