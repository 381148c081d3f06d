"""The sentences of a message: a story's question, or two questions put at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# あと、捨てていいですか: what says that something further is asked.
_FURTHER: Final = "(?:あと|それと|それから|そして|また|ほんで|加えて|もう(?:一|1|ひと)つ|ついでに)"
# After the end of a sentence, before a further question, and in 「〜の理由と、〜の方法」.
_BORDER: Final = re.compile(rf"(?<=[。!?！？\n])|(?<=[、,\s])(?={_FURTHER})|(?<=と[、,])")
_BEGINS_FURTHER: Final = re.compile(_FURTHER)
_SHORTEST: Final = 6  # characters; はい。 and 急いで! say nothing
_MOST: Final = 6  # the last ones: people tell what happened first and ask then


@dataclass(frozen=True, slots=True)
class Sentence:
    """`further`: it begins as what is asked besides."""

    text: str
    further: bool = False


def sentences(text: str) -> tuple[Sentence, ...]:
    """The last sentences of `text`, or none where it is only one; linear.

    >>> [s.text for s in sentences("紙をなくしました。再交付できますか?あと電話番号も教えて")]
    ['紙をなくしました。', '再交付できますか?', 'あと電話番号も教えて']
    >>> sentences("捨てていいですか?")
    ()
    """
    parts = (part.strip() for part in _BORDER.split(text))
    kept = [part for part in parts if len(part) >= _SHORTEST]
    if len(kept) < 2:
        return ()
    return tuple(Sentence(part, bool(_BEGINS_FURTHER.match(part))) for part in kept[-_MOST:])
