"""Words, normalised forms and readings of Japanese text, by SudachiPy.

Split mode B: the field's own words (data/vocabulary.csv) stay whole, other compounds fall into
the parts that people use one by one (健康保険組合 → 健康 保険 組合, so that 健保組合 shares 組合).
Mode C keeps every compound whole and shares nothing; mode A breaks 被保険者 into pieces.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final

from sudachipy import Config, Dictionary, Tokenizer
from sudachipy.errors import SudachiError

from bot.text.normalize import INVISIBLE
from bot.text.vocabulary import compiled, hiragana

_MODE: Final = "B"
# Sudachi's default without IgnoreYomigana: that one swallows (けんぽ) in 会社(けんぽ).
_INPUT_PLUGINS: Final = [
    {"class": "com.worksap.nlp.sudachi.DefaultInputTextPlugin"},
    {
        "class": "com.worksap.nlp.sudachi.ProlongedSoundMarkPlugin",
        "prolongedSoundMarks": ["ー", "-", "⁓", "〜", "〰"],
        "replacementSymbol": "ー",
    },
]
# Sudachi refuses more than 49,149 bytes after NFKC, which makes at most 33 bytes of a character
# (U+FDFA): 1,000 characters always pass.
_CHUNK: Final = 1000
_LOOK_BACK: Final = 300  # characters in which a sentence or clause end is looked for
_SENTENCE_END: Final = re.compile(r"[。！？!?\n\r]+")
_CLAUSE_END: Final = re.compile(r"[、，,\s]+")
_MARKS_ONLY: Final = re.compile(r"[\W_ー]*")
_HIRAGANA: Final = re.compile("[ぁ-ゖー]+")
_OKURIGANA: Final = re.compile("[ぁ-ん]+$")
_HONORIFIC: Final = re.compile("^御")  # おねがい is 御願い to the dictionary, お願い to people
_SPELLED_POS: Final = frozenset({"名詞", "動詞", "形容詞", "形状詞"})
_GRAMMATICAL: Final = frozenset({"非自立可能", "助動詞語幹", "数詞"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `text[start:end]` is `surface`, `reading` is katakana.

    `normalized` is the dictionary's one spelling of the word in its base form (捨て → 捨てる,
    マイナカード → マイナンバーカード). `pos` has Sudachi's six parts.
    """

    surface: str
    normalized: str
    reading: str
    pos: tuple[str, ...]
    start: int
    end: int


class Sudachi:
    """A tokenizer with the field's vocabulary; may be shared by threads."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._lock = Lock()  # a Sudachi tokenizer refuses a second thread

    @classmethod
    def load(cls, vocabulary: Path | None, cache: Path | None = None) -> Sudachi:
        """Sudachi with the user lexicon `vocabulary`, compiled once into the folder `cache`.

        Loads in 0.2 s; the first time that a vocabulary is seen it takes some 4 s more.
        Without `cache` the compiled file goes into the user's cache folder.

        Raises ValueError for a broken vocabulary, naming file and line; OSError for a missing one.
        """
        if vocabulary is None:
            return cls(_dictionary([]).tokenizer(_MODE))
        known = frozenset(_dictionary([]).pos_matcher([()]))
        folder = cache or _default_cache()
        path = compiled(vocabulary, known, folder)
        try:
            dictionary = _dictionary([str(path)])
        except SudachiError:  # a damaged file: make it again
            path.unlink(missing_ok=True)
            dictionary = _dictionary([str(compiled(vocabulary, known, folder))])
        return cls(dictionary.tokenizer(_MODE))

    def words(self, text: str) -> tuple[Word, ...]:
        """The words of a text of any length, without punctuation, symbols, emoji and blanks.

        What counts is the characters, not Sudachi's 補助記号, which 𠮷 is for it. Invisible
        characters (lone surrogates, NUL, zero-width) are passed over: a word may hold some.
        """
        return tuple(word for word, _ in self.analysed(text))

    def readings(self, text: str) -> str:
        """How a text is read, in hiragana without gaps.

        >>> Sudachi.load(None).readings('お知らせは、捨ててもいい？')
        'おしらせはすててもいい'
        """
        return hiragana("".join(word.reading for word in self.words(text)))

    def spelled(self, text: str) -> str:
        """A text with the words that are written in hiragana in their usual spelling.

        For texts without kanji (all hiragana, or romaji turned into kana); particles and
        endings stay as they are.

        >>> Sudachi.load(None).spelled('おしらせをすてました')
        'お知らせを捨てました'
        """
        parts: list[str] = []
        at = 0
        for word, base in self.analysed(text):
            parts += text[at : word.start], _spelled(word, base)
            at = word.end
        return "".join(parts) + text[at:]

    def analysed(self, text: str) -> list[tuple[Word, str]]:
        """The words with their base forms, in which the spelling is that of the text."""
        visible, offsets = _visible(text)
        found: list[tuple[Word, str]] = []
        for chunk_start, chunk in _chunks(visible):
            with self._lock:
                for m in self._tokenizer.tokenize(chunk):
                    start, end = chunk_start + m.begin(), chunk_start + m.end()
                    normalized = m.normalized_form()
                    if start == end or _MARKS_ONLY.fullmatch(normalized):
                        continue
                    if offsets is not None:
                        start, end = offsets[start], offsets[end - 1] + 1
                    pos, reading = m.part_of_speech(), m.reading_form()
                    word = Word(text[start:end], normalized, reading, pos, start, end)
                    found.append((word, m.dictionary_form()))
        return found


def _dictionary(user: list[str]) -> Dictionary:
    """SudachiDict's smallest edition: what the others add are names of people, places and things.
    The core edition took 50 MB more of memory and nothing on the development questions changed."""
    config: Any = Config(system="small", user=user, inputTextPlugin=_INPUT_PLUGINS)
    return Dictionary(config=config)


def _default_cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = Path(home) / "insurance-faq"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # a service user without a home
        return Path(tempfile.gettempdir())
    return folder if os.access(folder, os.W_OK) else Path(tempfile.gettempdir())


def _visible(text: str) -> tuple[str, list[int] | None]:
    """The text without invisible characters, and where each of its characters came from."""
    if INVISIBLE.search(text) is None:
        return text, None
    offsets: list[int] = []
    at = 0
    for gap in INVISIBLE.finditer(text):
        offsets.extend(range(at, gap.start()))
        at = gap.end()
    offsets.extend(range(at, len(text)))
    return "".join(map(text.__getitem__, offsets)), offsets


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """Parts of at most `_CHUNK` characters with their offsets, cut at the end of a sentence,
    else of a clause, else anywhere."""
    start = 0
    while start < len(text):
        end = min(start + _CHUNK, len(text))
        if end < len(text):
            end = _cut(text, end)
        yield start, text[start:end]
        start = end


def _cut(text: str, end: int) -> int:
    for pattern in (_SENTENCE_END, _CLAUSE_END):
        ends = [m.end() for m in pattern.finditer(text, end - _LOOK_BACK, end)]
        if ends:
            return ends[-1]
    return end


def _spelled(word: Word, base: str) -> str:
    """The dictionary's spelling with the word's own ending: すて, of すてる, 捨てる → 捨て."""
    if (
        word.pos[0] not in _SPELLED_POS
        or word.pos[1] in _GRAMMATICAL
        or not _HIRAGANA.fullmatch(word.surface)
    ):
        return word.surface
    spelling = _HONORIFIC.sub("お", word.normalized)
    if word.pos[4] == "*":  # does not inflect
        return spelling
    ending = _OKURIGANA.search(spelling)
    stem = base.removesuffix(ending[0]) if ending else base
    if ending is None or stem == base or not word.surface.startswith(stem):
        return word.surface  # 来る: き does not begin with く
    return spelling[: ending.start()] + word.surface[len(stem) :]
