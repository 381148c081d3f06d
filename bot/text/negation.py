"""What a person says they do not mean: 「再発行じゃなくて、捨てていいか」 is not about 再発行.

Only phrases that set one thing aside for another count. A negated verb is a fact to answer
(届いていない, 読み取れない), ～じゃないですか asks, and a reason stays (お知らせは要らないので
捨てたい): all of these keep every word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from bot.text.sudachi import Word

_COPULA: Final = "(?:じゃ|ぢゃ|では|で)"
# The same letters begin other verbs (電車でなくした, 被扶養者でなくなった), conditions
# (本人でなくても, でなくてはいけない) and no-problems (紙でなくていい).
_NOT: Final = rf"{_COPULA}(?:なくて(?!も|は|いい|よい|良い|困|こま)|なく(?![しすさせそてなちる]))"
# じゃない方の番号; with が it is a wish: 紙じゃない方がいい.
_OTHER: Final = (
    r"(?:の(?:ほう|方))?(?:じゃ|では|で)(?:ない|無い)(?:ほう|方|やつ|別の)(?!が(?:いい|良|よ))"
)
_WHY: Final = r"(?:ので|んで|から|けれども|けれど|けど|が(?=[、,\s]))"
_POLITE: Final = r"(?:です|ます)?(?:[んの](?:です|だ)?)?"
# A thing that is fine, known or beside the point, then a reason or contrast.
_ASIDE: Final = (
    rf"は(?:もう)?(?:(?:いい|良い|結構|関係ない|関係無い){_POLITE}{_WHY}"
    rf"|(?:[分わ]か(?:る|った|って(?:い)?る|り(?:ます|ました)|って(?:い)?(?:ます|ました))|知って(?:い)?(?:る|ます))"
    rf"{_POLITE}(?:けれども|けれど|けど|が(?=[、,\s]))"
    r"|もう(?:いい|結構)です[。、](?=.)|さておき|ともかく|別として|(?:置|お)い(?:と|てお)いて)"
    r"|(?:は|とは)関係(?:な|無)く(?:て)?"
    r"|を(?:除いて|除く|除き|のぞいて)"
)
_RATHER: Final = r"(?:と|って)(?:いう|言う|ゆう)より[もは]?"
_TOPIC: Final = (
    r"(?:の(?:こと|話|件|質問)|について|に関して|を聞いて(?:い)?る[んのわ]け?|とか|わけ)(?:じゃ|では)"
    r"(?:ない|無い|ありません)(?:[んの]?です)?(?!か|よね|でしょ|の[?？。])"
)
_MARKER: Final = re.compile(
    rf"(?P<topic>{_TOPIC})|(?P<other>{_OTHER})|(?P<not>{_NOT})|以外(?!に?も)|{_ASIDE}|{_RATHER}"
)
# A sentence that the next one turns away from: 目的は分かりました。そうではなく、…
_TURN: Final = re.compile(
    r"(?:^|(?<=[。！？!?\n]))[^。！？!?\n]+[。！？!?\n]+\s*"
    r"(?:(?:そう|それ)(?:では|じゃ)なく(?:て)?|(?:それ|これ)とは別に"
    r"|(?:それ|そこ|そっち|そちら)は(?:もう)?(?:いい|結構な|分か(?:った|ってる|っています)|済んだ)"
    r"(?:ん|の)?(?:です|だ)?(?:けど|が)?)[。、，,\s]+(?=.)"
)
# 「だけでなく」 adds, it denies nothing.
_NOT_ONLY: Final = ("だけ", "のみ", "ばかり", "に限ら")
# 被保険者ではない方: a person who is not insured, not the other choice.
_PERSON: Final = re.compile(
    "(?:者|人|員|家族|妻|夫|親|子|子ども|子供|私|自分|扶養|加入|世帯主|様|さん)$"
)

_OPEN_GAP: Final = re.compile(r"[「」『』（）()【】・\"'“”]*")
_NOMINAL: Final = frozenset({"名詞", "代名詞", "接頭辞", "接尾辞", "形状詞", "連体詞", "記号"})
_JOINING: Final = frozenset({"の", "と", "や", "とか", "な", "という", "って"})
_CLAUSE_ENDS: Final = frozenset({"は", "も", "けど", "けれど", "けれども", "ので", "から", "し"})
_LEADING: Final = re.compile(r"^[、。，．,.\s]+|^[のはをがにで](?=[一-鿿ァ-ヺA-Za-z「])")
_CONTENT: Final = frozenset({"名詞", "代名詞", "動詞", "形容詞", "形状詞"})
# Words that ask but say nothing about what.
_EMPTY: Final = frozenset(
    {
        *(
            "事",
            "こと",
            "方",
            "ほう",
            "物",
            "もの",
            "為る",
            "成る",
            "有る",
            "居る",
            "良い",
            "下さる",
            "教える",
            "聞く",
        ),
        *("知る", "言う", "願う", "御願い", "話", "件", "質問", "何", "どう", "訳", "所", "時"),
    }
)


def denied_spans(text: str, words: Sequence[Word]) -> tuple[tuple[int, int], ...]:
    """The parts of a text that are denied or set aside, with the words that deny them.

    `words` are those of `Sudachi.words(text)`. Offsets are characters of `text`, in order and
    not overlapping. Linear in the length of the text.
    """
    turns = [match.span() for match in _TURN.finditer(text)]
    ends = [word.end for word in words]
    spans: list[tuple[int, int]] = []
    for marker in _MARKER.finditer(text):
        if any(start <= marker.start() < end for start, end in turns):
            continue
        last = bisect_right(ends, marker.start()) - 1
        if last < 0 or not _OPEN_GAP.fullmatch(text, words[last].end, marker.start()):
            continue
        before = text[max(marker.start() - 4, 0) : marker.start()]
        if marker["not"] and before.endswith(_NOT_ONLY):
            continue
        if marker["other"] and _PERSON.search(words[last].surface):
            continue
        floor = spans[-1][1] if spans else 0
        start = _start(text, words, last, floor)
        if start < marker.start():
            spans.append((start, marker.end()))
    return _joined(spans + turns)


def _joined(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """In order; those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def kept(text: str, words: Sequence[Word]) -> str:
    """The text without what is denied; the whole text when nothing is left to ask about.

    >>> from bot.text.sudachi import Sudachi
    >>> text = '再発行じゃなくて、捨てていいか知りたい'
    >>> kept(text, Sudachi.load(None).words(text))
    '捨てていいか知りたい'
    """
    spans = denied_spans(text, words)
    starts = [start for start, _ in spans]
    rest = (w for w in words if not _is_within(w, spans, bisect_right(starts, w.start) - 1))
    if not spans or not any(_says_something(word) for word in rest):
        return text
    parts: list[str] = []
    at = 0
    for start, end in (*spans, (len(text), len(text))):
        part = text[at:start]
        parts.append(_LEADING.sub("", _LEADING.sub("", part)) if at else part)
        at = end
    return "".join(parts).strip()


def _is_within(word: Word, spans: Sequence[tuple[int, int]], at: int) -> bool:
    return at >= 0 and word.start < spans[at][1]


def _says_something(word: Word) -> bool:
    return word.pos[0] in _CONTENT and word.normalized not in _EMPTY


def _start(text: str, words: Sequence[Word], last: int, floor: int) -> int:
    """Where the phrase that ends with the word `last` begins.

    A noun phrase reaches back over nouns and の; as soon as a verb stands in it (カードを作る
    方法), and in 「届いていないのではなく」, it is a clause and reaches back to a topic, a
    conjunction or a comma.
    """
    start = words[last].end
    clause = False
    for at in range(last, -1, -1):
        word = words[at]
        if word.start < floor or (at < last and _is_gap(text, word.end, start)):
            break
        nominal = word.pos[0] in _NOMINAL or (not clause and word.surface in _JOINING)
        if not nominal and not clause:
            clause = word.pos[0] in ("動詞", "助動詞", "形容詞") or (
                at == last and word.surface in ("ん", "の")
            )
            if not clause:
                break
        if clause and _ends_clause(word):
            break
        start = word.start
    while start > floor and text[start - 1] in "「『（(【":
        start -= 1
    return start


def _is_gap(text: str, end: int, start: int) -> bool:
    return _OPEN_GAP.fullmatch(text, end, start) is None


def _ends_clause(word: Word) -> bool:
    if word.pos[0] != "助詞":
        return False
    return word.surface in _CLAUSE_ENDS or (word.pos[1] == "接続助詞" and word.surface == "が")
