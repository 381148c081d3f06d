"""Which words of an entry a query has in common with it, for an eye that skims."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.text.sudachi import Sudachi, Word

# Particles and endings are in every text.
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "接頭辞"})
_EMPTY = frozenset({"為る", "有る", "居る", "成る", "御", "事", "物"})  # of no help to the eye
_SHORT_KANA = re.compile("[ぁ-ゖ]{1,2}")
_KEPT = 2000  # texts whose words are kept: those of the entries


class Highlighter:
    """Compares dictionary forms: 再交付して marks 再交付, すてる marks 捨て."""

    def __init__(self, sudachi: Sudachi) -> None:
        self._words = lru_cache(maxsize=_KEPT)(sudachi.words)

    def shared(self, meant: str, *texts: str) -> list[str]:
        """As they stand in the texts, longest first. `meant`: the query, see `meant_text`."""
        asked = {word.normalized for word in self._words(meant) if _tells(word)}
        found = {
            word.surface
            for text in texts
            for word in self._words(text)
            if word.normalized in asked and _tells(word)
        }
        return sorted(found, key=lambda surface: (-len(surface), surface))


def _tells(word: Word) -> bool:
    """いい and よい, marked, would be marked within お願いいたします too."""
    return (
        word.pos[0] in _CONTENT
        and word.normalized not in _EMPTY
        and not _SHORT_KANA.fullmatch(word.surface)
    )
