"""Telephone numbers and web addresses, as contacts.yml writes them."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from bot.faq.fault import Scope, quote
from bot.faq.texts import Limit, read_scalar, read_text, refuse_empty
from bot.faq.yaml_nodes import Node

_NUMBER = re.compile(r"0[0-9]*(-[0-9]+)*")
# Numbers of 11 digits: IP telephones, mobiles, M2M, and toll-free 0800. All others have 10
# (Numbering plan of the Ministry of Internal Affairs and Communications).
_ELEVEN = ("020", "050", "060", "070", "080", "090")
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－ｰ", "-") | dict.fromkeys(" ()（）", ""))
_URL = re.compile(r"https://[!-~]+")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)
_NOT_IN_URL = re.compile(r'[<>"\\^`{|}]')


def read_phone_number(node: Node, label: str, scope: Scope) -> str | None:
    """A number such as 0120-95-0178; YAML may take it for a number, its text is what counts."""
    scalar = read_scalar(node, label, "電話番号", scope)
    if scalar is None:
        return None
    text = scalar.text
    if not text.strip():
        refuse_empty(scalar, label, scope)
        return None
    problem = _phone_problem(text)
    if problem is None:
        return text
    plain = unicodedata.normalize("NFKC", text.translate(_HYPHENS)).translate(_HYPHENS)
    if plain.startswith("+81"):
        plain = "0" + plain[3:].removeprefix("-")
    meant = plain != text and _phone_problem(plain) is None
    scope.fault(
        "bad_phone",
        scalar,
        f"{label}に{quote(text)}が見つかりました（{problem}）。",
        "電話番号は 0 で始まる半角数字と「-」で、10桁（050・080 などは11桁）である必要があります。",
        f"{plain} と書き直してください。" if meant else "元の資料と見比べて直してください。",
    )
    return None


def digits(number: str) -> str:
    """The digits alone, by which numbers are compared."""
    return number.replace("-", "")


def read_url(node: Node, label: str, scope: Scope) -> str | None:
    """An https address with a host."""
    text = read_text(node, label, Limit(500), scope)
    if text is None:
        return None
    problem = _url_problem(text)
    if problem is None:
        return text
    scope.fault(
        "bad_url",
        node,
        f"{label}に{quote(text, 80)}が見つかりました（{problem}）。",
        "アドレスは https:// とサーバー名で始まる半角文字である必要があります。",
        "ブラウザーで開いて、アドレス欄から写してください。",
    )
    return None


def _phone_problem(text: str) -> str | None:
    if not _NUMBER.fullmatch(text):
        return "数字と「-」のほかの文字があるか、「-」の位置が正しくありません"
    plain = digits(text)
    if plain.startswith("00"):
        return "00 で始まっています"
    expected = 11 if plain.startswith(_ELEVEN) else 10
    if len(plain) != expected:
        return f"{len(plain)}桁あります。この番号は{expected}桁のはずです"
    return None


def _url_problem(text: str) -> str | None:
    if text[:7].lower() == "http://":
        return "http:// です"
    if not text.startswith("https://"):
        return "https:// で始まっていません"
    if not _URL.fullmatch(text) or _NOT_IN_URL.search(text):
        return "空白や全角文字など、アドレスに使えない文字があります"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "サーバー名かポート番号が正しくありません"
    if "@" in parts.netloc:
        return "「@」があります"
    if port == 0 or parts.netloc.endswith(":") or not _HOST.fullmatch(host):
        return "サーバー名が正しくありません"
    return None
