"""Other spellings of a wording: kana, romaji, conversion slips, typing slips, spoken form.

They are used as positives only: the encoder learns that they mean what the wording means.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from training.kana import to_hiragana, to_romaji

# Words of the field that input methods confuse, by reading. Each slip replaces one by another.
HOMOPHONES = tuple(
    tuple(row.split())
    for row in (
        "資格 視覚 四角 死角",
        "保険 保健",
        "医療 衣料 衣糧",
        "機関 期間 器官",
        "加入 介入",
        "扶養 不要 浮揚",
        "通知 通地",
        "番号 蛮号",
        "申請 新生 真正 神聖",
        "交付 公布 後付",
        "再発行 再発効",
        "紛失 分室 噴出",
        "廃棄 排気 配棄",
        "処分 諸文",
        "保管 補完 補間 保冠",
        "携帯 形態 掲題",
        "確認 角人 核人",
        "期限 起源 機嫌",
        "更新 交信 後進 行進",
        "変更 偏向 返送",
        "氏名 指名 使命",
        "退職 退色 大食",
        "喪失 葬室 送質",
        "受診 受信 受審",
        "照会 紹介 商会",
        "記載 機材 奇才",
        "給付 休符 級友",
        "控除 工場 高女",
        "負担 不端 負端",
        "窓口 窓愚痴",
        "家族 加速",
        "手続き 手づ付き",
        "電話 伝和",
        "支給 至急 子宮",
        "請求 性急 西急",
        "異動 移動 異同",
        "解約 改約",
        "証明 照明",
        "提出 停出",
        "登録 東録",
        "利用 理容 理用",
        "開設 解説 開節",
        "一時 一次 一字",
        "停止 提示 定時",
        "切り取り 霧取り",
        "届く 解く",
        "捨てる 棄てる",
        "書類 種類 書留",
        "住所 十所",
        "健康 兼行 権衡",
        "診療 新料",
        "年金 年近",
        "返却 変脚",
        "回線 改選 回戦",
        "外国語 外国後",
    )
)
OPENINGS = ("えっと", "あの", "あのー", "すみません", "えーと", "ちょっと聞きたいんですけど")
PARTICLES = frozenset("をがはにでのと")
PARTICLE_SOUNDS = {"は": "wa", "へ": "e", "を": "wo"}
UNREAD = frozenset(("空白", "補助記号", "記号"))  # Sudachi reads 「 」 as キゴウ
VOICED = str.maketrans(
    "がぎぐげござじずぜぞだでどばびぶべぼ", "かきくけこさしすせそたてとはひふへほ"
)
PUNCTUATION = re.compile(r"[。、！？!?,.「」『』（）()・…~〜]")
KANA_LETTER = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc]")
KANJI_LETTER = re.compile(r"[\u4e00-\u9fff]")
Words = tuple[tuple[str, str, str], ...]  # surface, reading in katakana, part of speech


@cache
def _tokenizer() -> Any:
    from sudachipy import Dictionary, SplitMode

    return Dictionary(dict="small").tokenizer(mode=SplitMode.C)


@cache
def words(text: str) -> Words:
    """Sudachi's words of `text`."""
    return tuple(
        (m.surface(), m.reading_form(), m.part_of_speech()[0]) for m in _tokenizer().tokenize(text)
    )


def hiragana(text: str, chance: random.Random) -> str:
    """Everything that has a reading in hiragana, sometimes with a blank between phrases."""
    spaced = chance.random() < 0.3
    parts = []
    for surface, reading, kind in words(text):
        parts.append(surface if kind in UNREAD else to_hiragana(reading))
        if spaced and kind == "助詞":
            parts.append(" ")
    return "".join(parts).strip()


def romaji(text: str, chance: random.Random) -> str:
    """In Latin letters, words apart, their endings joined to them; one spelling in one text."""
    kunrei, short = chance.random() < 0.3, chance.random() < 0.3
    typed = ""
    for surface, reading, kind in words(text):
        if kind in UNREAD:
            typed += " " if PUNCTUATION.fullmatch(surface) else surface
            continue
        sound = PARTICLE_SOUNDS.get(surface) if kind == "助詞" else None
        joined = kind == "助動詞" or surface in ("て", "で")
        typed += "" if joined else " "
        typed += sound or to_romaji(reading, kunrei=kunrei, short=short)
    return " ".join(typed.split())


def homophone(text: str, chance: random.Random) -> str:
    """One or two words as the input method wrongly converted them."""
    found = [(word, row) for row in HOMOPHONES for word in row[:1] if word in text]
    for word, row in chance.sample(found, min(len(found), chance.choice((1, 1, 2)))):
        text = text.replace(word, chance.choice(row[1:]))
    return text


def unconverted(text: str, chance: random.Random) -> str:
    """One or two kanji words left in kana."""
    found = [(s, r) for s, r, _ in words(text) if KANJI_LETTER.search(s) and KANA_LETTER.search(r)]
    for surface, reading in chance.sample(found, min(len(found), chance.choice((1, 2)))):
        text = text.replace(surface, to_hiragana(reading), 1)
    return text


def typing_slip(text: str, chance: random.Random) -> str:
    """A letter dropped, doubled, swapped with its neighbour, or without its voicing mark."""
    places = [at for at, letter in enumerate(text) if KANA_LETTER.match(letter)]
    if len(places) < 2:
        return text
    at = chance.choice(places[:-1])
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
    return text[:at] + text[at].translate(VOICED) + text[at + 1 :]


def without_particles(text: str, chance: random.Random) -> str:
    """Particles and punctuation left out, as in quick messages."""
    kept = [
        surface
        for surface, _, kind in words(text)
        if not (kind == "助詞" and surface in PARTICLES and chance.random() < 0.7)
    ]
    return PUNCTUATION.sub("", "".join(kept)) or text


def spoken(text: str, chance: random.Random) -> str:
    """As speech recognition writes it: no punctuation, a filler in front."""
    return chance.choice(OPENINGS) + PUNCTUATION.sub("", text)


Variant = Callable[[str, random.Random], str]
VARIANTS: tuple[tuple[Variant, float], ...] = (
    (hiragana, 3.0),
    (romaji, 3.0),
    (homophone, 3.0),
    (unconverted, 1.0),
    (typing_slip, 2.0),
    (without_particles, 1.5),
    (spoken, 1.5),
)


def vary(text: str, chance: random.Random) -> str:
    """One variant of `text`, drawn by weight. Text without Japanese letters stays as it is."""
    if not re.search(r"[\u3041-\u30fa\u4e00-\u9fff]", text):
        return text
    (variant,) = chance.choices(
        [v for v, _ in VARIANTS], weights=[weight for _, weight in VARIANTS]
    )
    return variant(text, chance) or text
