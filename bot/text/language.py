"""In which language a question is asked, of those that the foreign-language line speaks.

By script and by the small words of each language: a question has a dozen words, of which a
statistical model makes little, and Japanese in Latin letters is what it has never seen.
"""

from __future__ import annotations

import re
from typing import Final

from bot.text.romaji import to_kana
from bot.text.romaji_words import ENGLISH

JAPANESE: Final = "ja"

# Names that people keep in Japanese whatever they speak.
_NAME: Final = re.compile(
    "「[^」]{0,40}」|(?:資格情報の?)?お知らせ|[ァ-ヺー]+|マイナ保険証|my ?number", re.I
)
_HIRAGANA: Final = re.compile("[ぁ-ゖ]")
_KATAKANA: Final = re.compile("[ァ-ヺ]")
_HANGUL: Final = re.compile("[가-힣ㄱ-ㆎ]")
_HAN: Final = re.compile("[一-鿿]")
_WORD: Final = re.compile(r"[a-zà-öø-ÿ]+(?:['’][a-z]+)?", re.I)
# Written with characters that Japanese has, too.
_CHINESE: Final = re.compile(
    "[嗎麼們這哪呢您你怎沒]|不到|不见|可以|如何|在哪|的[^確的目]{0,4}[？?]$"
)
_LETTERS: Final = {"es": re.compile("[ñ¿¡]", re.I), "pt": re.compile("[ãõç]|ê|ô", re.I)}

# The small words of each, and those of the field; what two of them share counts for both.
_SMALL: Final = {
    "en": "a an and are at been but by can cannot can't could did do does don't for from get got"
    " has have how i i'm if in is it it's me my need no not of on or our please should that the"
    " their there they this to want was we what when where which who why will with you your already still lost notice reissue card number hotline phone link"
    " official site discard",
    "es": "a al como cómo con cuál cuándo de del donde dónde el ella en es esta este estoy está ha"
    " han hay he la las lo los me mi mis más necesito no nos o para pero perdí por porque puedo"
    " que quiero qué se si sin son su sus tengo un una ya y yo tarjeta aviso número"
    " teléfono enlace sitio seguro llegó horario oficial perdida robada solicitar",
    "pt": "a ao aos as até com como da das de do dos e ela ele em essa esse esta este estou está eu"
    " foi há já mais me meu minha na nas no nos não o onde os para pelo perdi por porque posso"
    " preciso qual quando que quero se sem seu sua são tem tenho um uma veio você"
    " cartão aviso número telefone seguro dá pra cadê tá descartar perdido motivo",
}
_SMALL_WORDS: Final = {language: frozenset(words.split()) for language, words in _SMALL.items()}
# 'Posso jogar fora o aviso' could be romaji, letter by letter; these words in it tell.
_TELLING: Final = frozenset(
    word for language in ("es", "pt") for word in _SMALL_WORDS[language] if len(word) > 3
)
_VIETNAMESE: Final = re.compile("[ơưđăạ-ỹ]", re.I)  # Latin letters, but no line of ours
_SMALL_SHARE: Final = 1 / 4  # of the words, at least, that are small ones
_LETTER_WEIGHT: Final = 3  # ¿ tells as much as three small words
_HIRAGANA_OF_A_SENTENCE: Final = 2  # の alone stands in names
_ACCENT: Final = re.compile("[áéíóúàâêôãõçñ¿¡]", re.I)  # of no romaji; ā and ō are
# So many Latin letters to one kanji make a question with a Japanese name in it.
_MOSTLY_LATIN: Final = 2


def language_of(text: str) -> str:
    """ "en", "zh", "ko", "es" or "pt"; else "ja", of which romaji is a part.

    >>> [language_of(t) for t in ("お知らせは捨てていい？", "oshirase wa sutete mo ii desuka")]
    ['ja', 'ja']
    >>> [language_of(t) for t in ("Can I throw it away?", "可以扔掉吗？", "버려도 되나요?")]
    ['en', 'zh', 'ko']
    >>> [language_of(t) for t in ("¿Puedo tirar el aviso?", "Posso jogar fora o aviso?")]
    ['es', 'pt']
    """
    own = _NAME.sub("", text)
    hiragana = len(_HIRAGANA.findall(own))
    if len(_HANGUL.findall(own)) > hiragana:
        return "ko"
    if hiragana >= _HIRAGANA_OF_A_SENTENCE:
        return JAPANESE
    if _is_chinese(own):
        return "zh"
    words = [word.lower() for word in _WORD.findall(own)]
    latin = sum(map(len, words))
    if latin < max(_MOSTLY_LATIN * len(_HAN.findall(own)), len(_KATAKANA.findall(text))):
        return JAPANESE
    if _TELLING.isdisjoint(words) and not _ACCENT.search(text) and _is_romaji(text, latin):
        return JAPANESE
    return _latin(text, words)


def _is_chinese(text: str) -> bool:
    """Japanese has no 么 and no 这: what its character set lacks is Chinese."""
    return _CHINESE.search(text) is not None or any(
        not _in_japanese_set(character) for character in _HAN.findall(text)
    )


def _in_japanese_set(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def _is_romaji(text: str, latin: int) -> bool:
    """Whether most of the `latin` letters become kana."""
    left = sum(map(len, _WORD.findall(to_kana(text))))
    return left < latin / 2


def _latin(text: str, words: list[str]) -> str:
    points = {
        language: sum(word in small for word in words if len(word) > 1)
        for language, small in _SMALL_WORDS.items()
    }
    for language, letters in _LETTERS.items():
        points[language] += _LETTER_WEIGHT * bool(letters.search(text))
    best = max(points, key=points.__getitem__)
    if _VIETNAMESE.search(text):
        return JAPANESE
    if points[best] > 0 and points[best] >= _SMALL_SHARE * len(words):
        return best
    return "en" if any(word in ENGLISH for word in words) else JAPANESE
