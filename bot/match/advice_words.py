"""Words that neither Sudachi's dictionary nor data/vocabulary.csv has.

Where such a word ends is guessed, and one in kanji has no reading: who writes it in hiragana is not
understood.  Examples are full of what is no word, slips and whole sentences in katakana, so only
what texts for members say, or many examples, is taken for one.

| code           | meaning                                                                    |
|----------------|----------------------------------------------------------------------------|
| `unknown_word` | a word that neither the dictionary nor vocabulary.csv has                   |
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.faq.check import shown_texts
from bot.faq.entry import FaqBook
from bot.faq.fault import quote
from bot.faq.notice import Notice, Place
from bot.faq.wording_places import WordingPlaces
from bot.match.example import is_foreign
from bot.text.sudachi import Sudachi

# What fewer examples say is a slip or read aloud: マイナンバ stands in six of the shipped ones,
# ゼロイチニーゼロ in five; マイナポ, which people do say, in eight.
_MANY: Final = 8
_WORD: Final = re.compile("[ァ-ヺー]{2,}|[一-鿿々]{2,}")
_KATAKANA: Final = re.compile("[ァ-ヺー]+")
# Sudachi takes 1,000 characters of any kind at once.
_SENTENCE: Final = re.compile("[^。！？\n]{1,999}[。！？\n]?")
_ROW: Final = "{0},5146,5146,2000,{0},名詞,普通名詞,一般,*,*,*,{1},{0},*,C,*,*,*"


class Lexicon(Sudachi):
    """Sudachi, asked for what it does not know."""

    def unknown(self, text: str) -> list[str]:
        """The unknown words of a text that are in katakana or kanji, each once."""
        words: dict[str, None] = {}
        for sentence in _SENTENCE.findall(text):
            with self._lock:
                found = [m.surface() for m in self._tokenizer.tokenize(sentence) if m.is_oov()]
            words |= dict.fromkeys(word for word in found if _WORD.fullmatch(word))
        return list(words)


def unknown_words(book: FaqBook, vocabulary: Path, cache: Path) -> Iterator[Notice]:
    """One notice a word, where it stands first. Raises as `Sudachi.load`."""
    lexicon = Lexicon.load(vocabulary, cache)
    assert isinstance(lexicon, Lexicon)
    first = _in_texts(book, lexicon)
    for word, place in (_in_examples(book, lexicon) | first).items():
        reading = word if _KATAKANA.fullmatch(word) else "（読みを全角カタカナで）"
        message = (
            f"{quote(word)}は辞書にない言葉です。書き間違いでなければ、{vocabulary} に次の行を"
            f"足してください: {_ROW.format(word, reading)}"
        )
        yield Notice("unknown_word", place, message)


def _in_texts(book: FaqBook, lexicon: Lexicon) -> dict[str, Place]:
    """Unknown words of what members read."""
    first: dict[str, Place] = {}
    for entry in book.entries:
        for key, text in (("question", entry.question), *shown_texts(entry)):
            for word in lexicon.unknown(text):
                first.setdefault(word, Place.of(book, "entries", entry.id, key))
    return first


def _in_examples(book: FaqBook, lexicon: Lexicon) -> dict[str, Place]:
    """Unknown words of many examples."""
    counts: Counter[str] = Counter()
    first: dict[str, tuple[str, str]] = {}
    for entry in book.entries:
        for text in entry.examples:
            for word in [] if is_foreign(text) else lexicon.unknown(text):
                counts[word] += 1
                first.setdefault(word, (entry.id, text))
    places = WordingPlaces(book)
    return {word: places.of_entry(*first[word]) for word in first if counts[word] >= _MANY}
