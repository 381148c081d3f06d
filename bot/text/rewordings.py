"""Other wordings of a question, where a rule makes one that a person would write.

Few rules, each for endings that are certain: somebody looks at every wording, and one that
nobody would write costs more trust than a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.text.sudachi import Sudachi, Word

_LONGEST: Final = 40  # characters: nobody writes more in hiragana, or as one breath
_WORDS: Final = range(2, 5)  # of a search; one word alone says too little
_MARKS: Final = re.compile(r"[。．.？?！!\s]+$")
_SENTENCE_END: Final = re.compile(r"[。？?！!](?=.)")
_PARENTHESES: Final = re.compile(r"（[^（）]*）|\([^()]*\)")
_TELL_ME: Final = re.compile(
    r"(?:について)?(?:を)?(?:教えて|知りたい|お教え|ご教示)(?:ください|下さい|ほしい|いただけますか|です)?$"
)
_PLEASE: Final = re.compile(r"(?<=[てで])(?:ください|下さい|いただけますか|くださいませんか)$")
_KANJI: Final = re.compile("[一-鿿々]")
_JAPANESE: Final = re.compile("[ぁ-ゖァ-ヺー一-鿿々、。？?！!「」・ ]+")
_NOUNS: Final = frozenset({"普通名詞", "固有名詞"})
# Words that a question has because it is one, and those that stand for others.
_EMPTY: Final = frozenset(
    [
        "事",
        "こと",
        "物",
        "もの",
        "時",
        "とき",
        "場合",
        "方",
        "方法",
        "為",
        "今般",
        "際",
        "等",
        "件",
        "分",
        "何時",
        "何日",
        "何処",
        "教える",
        "知る",
        "伺う",
        "聞く",
        "尋ねる",
        "教示",
    ]
)
_NOT: Final = frozenset({"ない", "無い", "ず", "ぬ"})  # a search says nothing of the kind
_POINTS_ELSEWHERE: Final = re.compile("以下|下記|上記|次の")
_COUNTED: Final = re.compile("何[一-鿿]")  # 何時 is なんじ or なんどき
_PLAIN_BEFORE: Final = frozenset({"名詞", "代名詞", "副詞", "形容詞", "形状詞"})


@dataclass(frozen=True, slots=True)
class Rewording:
    """`kind` says in Japanese what sort of wording it is."""

    kind: str
    text: str


def rewordings(question: str, sudachi: Sudachi) -> tuple[Rewording, ...]:
    """Wordings that mean what `question` means, each once, none of them the question.

    >>> for one in rewordings("このお知らせは捨てていいですか。", Sudachi.load(None)):
    ...     print(one.kind, one.text)
    くだけた言い方 このお知らせは捨てていい？
    言葉だけ お知らせ 捨てる
    ひらがな このおしらせはすてていいですか
    """
    text = _MARKS.sub("", _PARENTHESES.sub("", question.strip()))
    if not text or "\n" in text or _SENTENCE_END.search(text) or _POINTS_ELSEWHERE.search(text):
        return ()  # of two sentences one would be lost
    words = sudachi.analysed(text)
    made = (
        ("くだけた言い方", _plain(text, words)),
        ("ていねいな言い方", _polite(text, [word for word, _ in words])),
        ("言葉だけ", _search(words)),
        ("ひらがな", _kana(text, sudachi)),
    )
    known = {"", question.strip(), text}
    kinds: dict[str, str] = {}
    for kind, wording in made:
        if wording not in known:
            kinds.setdefault(wording, kind)
    return tuple(Rewording(kind, wording) for wording, kind in kinds.items())


def _plain(text: str, words: Sequence[tuple[Word, str]]) -> str:
    """As one says it to a colleague: 届きますか → 届く？, 何ですか → 何？, 住所を教えてください → 住所は？"""
    if len(text) > _LONGEST:
        return ""
    if found := _TELL_ME.search(text):
        thing = text[: found.start()]
        last = [word for word, _ in words if word.end <= found.start()][-1:]
        named = bool(last) and last[0].pos[0] in ("名詞", "接尾辞") and last[0].end == len(thing)
        return f"{thing}は？" if named and not re.search("[はがを]", thing) else ""
    if found := _PLEASE.search(text):
        return text[: found.start()]
    if len(words) < 3 or words[-1][0].surface != "か":
        return ""
    (before, base), (ending, _) = words[-3], words[-2]
    if ending.normalized == "ます" and ending.surface == "ます":
        return f"{text[: before.start]}{base}？" if before.pos[0] in ("動詞", "助動詞") else ""
    if ending.surface not in ("です", "でしょう"):
        return ""
    if before.surface in ("の", "ん"):
        return f"{text[: before.start]}の？"
    plain = before.pos[0] in _PLAIN_BEFORE or before.normalized in ("たい", "無い")
    return f"{text[: before.end]}？" if plain else ""


def _polite(text: str, words: Sequence[Word]) -> str:
    """いい → いいですか, 教えて → 教えてください."""
    if not words or len(text) > _LONGEST:
        return ""
    last = words[-1]
    if last.surface in ("て", "で") and last.pos[1] == "接続助詞":
        return f"{text}ください"
    if last.pos[0] == "形容詞" and last.pos[5].startswith("終止形"):
        return f"{text}ですか"
    if last.surface == "の" and last.pos[0] == "助詞" and last.pos[1] in ("終助詞", "準体助詞"):
        return f"{text}ですか"
    return ""


def _search(words: Sequence[tuple[Word, str]]) -> str:
    """The words that one types into a search: nouns with what is joined to them, and verbs."""
    found: list[str] = []
    before = ""  # a prefix, or the noun that the next one may be joined to
    for word, base in words:
        if word.normalized in _NOT:
            return ""
        is_noun = word.pos[0] == "名詞" and word.pos[1] in _NOUNS
        if word.normalized in _EMPTY or not (
            is_noun or word.pos[0] in ("接頭辞", "接尾辞", "動詞")
        ):
            before = ""
        elif word.pos[0] == "接頭辞":
            before = word.surface
        elif word.pos[0] == "動詞":
            before = ""
            if word.pos[1] == "一般":
                found.append(base)
        elif found and before == found[-1]:
            found[-1] = before = before + word.surface
        elif is_noun:
            before += word.surface
            found.append(before)
    unique = list(dict.fromkeys(found))
    return " ".join(unique) if len(unique) in _WORDS else ""


def _kana(text: str, sudachi: Sudachi) -> str:
    """All in hiragana, where every word has a reading and there are kanji."""
    if len(text) > _LONGEST or not _KANJI.search(text) or not _JAPANESE.fullmatch(text):
        return ""
    if _COUNTED.search(text):
        return ""
    reading = sudachi.readings(text)
    return "" if _KANJI.search(reading) else reading
