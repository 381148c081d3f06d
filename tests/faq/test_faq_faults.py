"""Every fault of content: one change to a good folder, one fault, and its message read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from faq_folder import Folder

from bot.faq.fault import FAULT_CODES, SHOWN, FaqError, Fault, quote

FAQ, CONTACTS, TOPICS = "faq.yml", "contacts.yml", "out_of_scope.yml"
FURTHER = "wordings.yml"


@dataclass(frozen=True)
class Case:
    """`old` becomes `new`; the fault stands where `at` stands then, and says `words`."""

    name: str
    file: str
    old: str
    new: str
    code: str
    at: str
    entry: str | None
    words: tuple[str, ...]


def case(
    name: str, file: str, old: str, new: str, code: str, at: str, entry: str | None, *words: str
) -> Case:
    return Case(name, file, old, new, code, at, entry, words)


KEYS = [
    case(
        "unknown key with a near one", FAQ, "    short: |", "    shrot: |", "unknown_key",
        "shrot", "may_discard", "知らない項目「shrot」", "「short」の間違いではありませんか",
    ),
    case(
        "full-width key", FAQ, "    source:", "    ｓｏｕｒｃｅ:", "unknown_key",
        "ｓｏｕｒｃｅ", "may_discard", "「source」の間違い",
    ),
    case(
        "unknown key without a near one", FAQ, "    source: Q&A Q4", "    url: x", "unknown_key",
        "url: x", "may_discard", "知らない項目「url」", "使える項目は id・category・question",
    ),
    case(
        "unknown key of a step", FAQ, "        notes:", "        hints:", "unknown_key",
        "hints:", "check_on_portal", "「hints」", "steps の1件目に使える",
        "title・text・fields・notes",
    ),
    case(
        "unknown key of a phone", CONTACTS, "label: 総合", "lable: 総合", "unknown_key",
        "lable", "hotline", "「label」の間違い",
    ),
    case(
        "unknown key beside the list", FAQ, "entries:", "version: 1\nentries:", "unknown_key",
        "version", None, "知らない項目「version」",
    ),
    case(
        "missing category", FAQ, "    category: マイナポータル\n", "", "missing_key",
        "id: check_on_portal", "check_on_portal", "category がありません", "かならず必要です",
    ),
    case(
        "missing id", FAQ, "- id: check_on_portal\n    category", "- category", "missing_key",
        "- category: マイナポ", "2件目", "id がありません",
    ),
    case(
        "missing number", CONTACTS, "{number: 0120-95-0178, label: 総合}", "{label: 総合}",
        "missing_key", "{label", "hotline", "phones の1件目の number がありません",
    ),
    case(
        "missing title", FAQ, "- title: 画面を確認する。\n        text", "- text", "missing_key",
        "- text: 資格情報が", "check_on_portal", "steps の2件目の title がありません",
    ),
    case(
        "key twice", FAQ, "    source: Q&A Q4", "    source: Q&A Q4\n    source: Q5",
        "duplicate_key", "source: Q5", "may_discard", "「source」が2回", "1回目は",
    ),
    case(
        "top-level key twice", TOPICS, "topics:", "topics: []\ntopics:", "duplicate_key",
        "topics:\n", None, "「topics」が2回",
    ),
    case(
        "a merge key is no key", FAQ, "    source: Q&A Q4", "    <<: {source: Q4}",
        "unknown_key", "<<", "may_discard", "知らない項目「<<」",
    ),
]  # fmt: skip

TYPES = [
    case(
        "list instead of text", FAQ, "answer: 以下のとおりです。", "answer: [以下, のとおり]",
        "wrong_type", "[以下", "check_on_portal", "answer にリスト", "文章である必要があります",
    ),
    case(
        "mapping instead of text", FAQ, "category: マイナポータル", "category: {a: b}",
        "wrong_type", "{a", "check_on_portal", "category に「項目: 値」の組", "引用符",
    ),
    case(
        "text instead of list", FAQ, "contacts: [hotline]", "contacts: hotline", "wrong_type",
        "contacts: hotline", "may_discard", "contacts に1つの値「hotline」", "リストである必要",
        "1行に1つずつ「- 」",
    ),
    case(
        "mapping instead of list", FAQ, "related: [check_on_portal]", "related: {a: b}",
        "wrong_type", "{a", "may_discard", "related に「項目: 値」の組",
    ),
    case(
        "text instead of step", FAQ, "          - name: 氏名カナ", "          - 氏名カナ",
        "wrong_type", "- 氏名カナ", "check_on_portal", "steps の2件目の fields の2件目に1つの値",
        "「name: …」",
    ),
    case(
        "full-width colon", FAQ, "          - name: 氏名カナ", "          - name：氏名カナ",
        "wrong_type", "name：", "check_on_portal", "「：」は、半角の「:」",
    ),
    case(
        "no space after the colon", FAQ, "          - name: 氏名カナ", "          - name:氏名",
        "wrong_type", "name:氏名", "check_on_portal", "「:」の次に、半角空白",
    ),
    case(
        "list of examples holds a mapping", FAQ, "      - もういらないよね", "      - 質問: はい",
        "wrong_type", "質問: はい", "may_discard", "examples の4件目", "引用符",
    ),
    case(
        "hours as list", CONTACTS, "    hours: always", "    hours: [always]", "wrong_type",
        "[always]", "card_lost_stop", "hours にリスト",
    ),
    case(
        "answer: no", FAQ, "answer: 以下のとおりです。", "answer: no", "not_text", "answer: no",
        "check_on_portal", "answer の値 no", "「はい／いいえ」", 'と書いてください', '"no"',
    ),
    case(
        "example: number", FAQ, 'example: "0004321"', "example: 0004321", "not_text",
        "example: 0004321", "check_on_portal", "数値", '"0004321"', "引用符",
    ),
    case(
        "example: sexagesimal", FAQ, 'example: "0004321"', "example: 12:30", "not_text",
        "example: 12:30", "check_on_portal", "数値", '"12:30"',
    ),
    case(
        "example: fraction", FAQ, 'example: "0004321"', "example: 1.5", "not_text",
        "example: 1.5", "check_on_portal", "数値",
    ),
    case(
        "source: date", FAQ, "source: Q&A Q4", "source: 2024-02-01", "not_text",
        "source: 2024", "may_discard", "日付として", '"2024-02-01"',
    ),
    case(
        "name: =", CONTACTS, "name: 一時利用停止", "name: =", "not_text", "name: =",
        "card_lost_stop", "引用符",
    ),
    case(
        "language no", CONTACTS, "[en, zh, ko]", "[en, no, ko]", "not_text", "[en, no",
        "foreign_language_line", "languages の2件目", '"no"',
    ),
    case(
        "id as list", TOPICS, "id: noise", "id: [noise]", "wrong_type", "[noise]", "2件目",
        "id にリスト",
    ),
    case(
        "phone as mapping", CONTACTS, "number: 0120-0178-26", "number: {a: b}", "wrong_type",
        "{a: b}", "foreign_language_line", "phones の1件目の number", "電話番号である必要",
    ),
]  # fmt: skip

TEXTS = [
    case(
        "empty answer", FAQ, "answer: 以下のとおりです。", "answer:", "empty_text",
        "answer:\n    steps", "check_on_portal", "answer が空です", "行ごと消して",
    ),
    case(
        "blank question", FAQ, "question: このお知らせは廃棄していいですか。", 'question: "　 "',
        "empty_text", "question:", "may_discard", "question が空です",
    ),
    case(
        "null example", FAQ, "      - もういらないよね", "      - ~", "empty_text", "- ~",
        "may_discard", "examples の4件目が空です",
    ),
    case(
        "no examples", FAQ, "examples: [見方を教えて, 確認方法, 画面で見たい, ログインの手順, "
        "PDFで保存したい]", "examples: []", "empty_text", "examples: []", "check_on_portal",
        "examples が空です",
    ),
    case(
        "contacts: nothing", FAQ, "contacts: [hotline]", "contacts:", "empty_text",
        "contacts:", "may_discard", "contacts が空です",
    ),
    case(
        "example of marks only", FAQ, "      - もういらないよね", "      - '？！'", "empty_text",
        "？！", "may_discard", "「？！」に文字がありません", "言葉で書いた質問",
    ),
    case(
        "no phones", CONTACTS, "phones: [{number: 0120-95-0178, label: 総合}]", "phones: []",
        "empty_text", "phones: []", "hotline", "phones が空です",
    ),
    case(
        "no languages", CONTACTS, "[en, zh, ko]", "[]", "empty_text", "[]",
        "foreign_language_line", "languages が空です",
    ),
    case(
        "long category", FAQ, "category: マイナポータル", "category: " + "長" * 41, "long_text",
        "長長", "check_on_portal", "category が 41 文字", "40 文字まで",
    ),
    case(
        "long answer", FAQ, "以下のとおりです。", "長" * 4001, "long_text", "長長",
        "check_on_portal", "answer が 4001 文字", "4000 文字まで",
    ),
    case(
        "long example", FAQ, "もういらないよね", "長" * 1001, "long_text", "長長", "may_discard",
        "examples の4件目が 1001 文字",
    ),
    case(
        "three lines in short", FAQ, "      カードと一緒にお持ちください。", "      二\n      三",
        "long_text", "short:", "may_discard", "short が 3 行", "2 行まで",
    ),
    case(
        "two lines in a name", CONTACTS, "name: 一時利用停止", "name: |\n      一時\n      停止",
        "long_text", "name: |", "card_lost_stop", "name が 2 行", "1 行まで",
    ),
    case(
        "tab in a text", FAQ, "以下のとおりです。", "以下の\tとおり", "control_character",
        "以下の\t", "check_on_portal", "answer の 4 文字目にタブ文字", "半角空白に",
    ),
    case(
        "zero width space", FAQ, "以下のとおりです。", "以下\u200bの", "control_character",
        "以下\u200b", "check_on_portal", "3 文字目", "制御文字（U+200B）",
    ),
    case(
        "right-to-left override", FAQ, "以下のとおりです。", "\u202e以下", "control_character",
        "\u202e", "check_on_portal", "U+202E",
    ),
    case(
        "escaped NUL", FAQ, "以下のとおりです。", r'"以下\0"', "control_character", "以下\\0",
        "check_on_portal", "U+0000",
    ),
    case(
        "lost character", FAQ, "以下のとおりです。", "以\ufffd", "control_character", "以\ufffd",
        "check_on_portal", "文字化けした文字",
    ),
    case(
        "private character", FAQ, "以下のとおりです。", "\ue000山", "control_character", "\ue000",
        "check_on_portal", "外字（U+E000）", "ふつうの漢字",
    ),
]  # fmt: skip

IDS = [
    case(
        "capital id", TOPICS, "id: noise", "id: Noise", "bad_id", "Noise", "Noise",
        "id に「Noise」", "英小文字で始まり",
    ),
    case(
        "short id", TOPICS, "id: noise", "id: n", "bad_id", "id: n", "n", "2〜64文字",
    ),
    case(
        "full-width id", TOPICS, "id: noise", "id: ｎｏｉｓｅ", "bad_id", "ｎｏｉｓｅ",
        "ｎｏｉｓｅ", "半角の英小文字",
    ),
    case(
        "id that YAML takes for a bool", TOPICS, "id: noise", "id: off", "bad_id", "off", "off",
        "yes・no・on・off",
    ),
    case(
        "entry id twice", FAQ, "id: check_on_portal", "id: may_discard", "duplicate_id",
        "may_discard\n    category: マイナ", "may_discard", "2回使われて", "1回目は 3 行目",
    ),
    case(
        "contact id twice", CONTACTS, "id: card_lost_stop", "id: hotline", "duplicate_id",
        "hotline\n    name: 一時", "hotline", "2回使われて",
    ),
    case(
        "topic id twice", TOPICS, "id: noise", "id: sickness_allowance", "duplicate_id",
        "sickness_allowance\n    name: 意味", "sickness_allowance", "2回使われて",
    ),
    case(
        "topic id is an entry id", TOPICS, "id: noise", "id: may_discard", "duplicate_id",
        "may_discard", "may_discard", "FAQ のエントリーにも", "data/faq.yml:3",
        "対象外の話題を消して",
    ),
    case(
        "bad kind", TOPICS, "kind: gibberish", "kind: giberish", "bad_kind", "giberish", "noise",
        "「giberish」", "near・chitchat", "「gibberish」の間違い",
    ),
    case(
        "kind like no other", TOPICS, "kind: gibberish", "kind: ごみ", "bad_kind", "ごみ",
        "noise", "どれかに直して",
    ),
]  # fmt: skip

WORDINGS = [
    case(
        "twice within an entry", FAQ, "      - もういらないよね", "      - 捨てても　いいですか？",
        "duplicate_wording", "捨てても　", "may_discard", "例文（examples）", "data/faq.yml:7",
        "どちらかを消して",
    ),
    case(
        "question as example", FAQ, "      - もういらないよね",
        "      - このお知らせは、廃棄していいですか", "duplicate_wording", "このお知らせは、",
        "may_discard", "質問と同じ",
    ),
    case(
        "in two entries", FAQ, "[見方を教えて", "[SUTETEMO ＩＩ", "duplicate_wording",
        "[SUTETEMO", "check_on_portal", "may_discard の例文", "どちらか、合うほう",
    ),
    case(
        "test is an example", FAQ, "      - 処分してかまいませんか", "      - もういらないよね！",
        "duplicate_wording", "もういらないよね！", "may_discard", "テストの質問（tests）",
        "学習に使わない言い方",
    ),
    case(
        "test is the example of another", FAQ, "      - 処分してかまいませんか",
        "      - 見方を教えて", "duplicate_wording", "[見方を", "check_on_portal",
        "may_discard のテストの質問（tests）と同じ",
    ),
    case(
        "in two topics", TOPICS, "ああああ", "傷病手当金は　いつ出ますか", "duplicate_wording",
        "傷病手当金は　", "noise", "sickness_allowance の対象外の例文",
    ),
]  # fmt: skip

REFERENCES = [
    case(
        "contact that is not there", FAQ, "contacts: [hotline]", "contacts: [hotlin]",
        "unknown_reference", "[hotlin]", "may_discard", "contacts の「hotlin」はありません",
        "contacts.yml にある id", "「hotline」の間違い",
    ),
    case(
        "link that is not there", FAQ, "links: [portal_url]", "links: [zzz]",
        "unknown_reference", "[zzz]", "may_discard", "links の「zzz」", "書き足して",
    ),
    case(
        "entry that is not there", FAQ, "related: [check_on_portal]", "related: [reissue]",
        "unknown_reference", "[reissue]", "may_discard", "related の「reissue」",
        "faq.yml にある id",
    ),
    case(
        "phones of nobody", CONTACTS, "phones_of: hotline", "phones_of: hot_line",
        "unknown_reference", "hot_line", "card_lost_stop", "phones_of の「hot_line」",
    ),
    case(
        "hours of nobody", CONTACTS, "hours_of: hotline", "hours_of: zzz",
        "unknown_reference", "zzz", "foreign_language_line", "hours_of の「zzz」",
    ),
    case(
        "link without an address", FAQ, "links: [portal_url]", "links: [hotline]",
        "bad_reference", "links:", "may_discard", "url がありません", "contacts に書いて",
    ),
    case(
        "related to itself", FAQ, "related: [check_on_portal]", "related: [may_discard]",
        "bad_reference", "related:", "may_discard", "このエントリー自身",
    ),
    case(
        "twice in a list", FAQ, "contacts: [hotline]", "contacts: [hotline, hotline]",
        "duplicate_reference", "contacts:", "may_discard", "「hotline」が2回",
    ),
    case(
        "phones of a contact without", CONTACTS, "phones_of: hotline", "phones_of: portal_url",
        "bad_reference", "phones_of:", "card_lost_stop", "「portal_url」には電話番号がありません",
    ),
    case(
        "hours of a contact without", CONTACTS, "hours_of: hotline", "hours_of: portal_url",
        "bad_reference", "hours_of:", "foreign_language_line", "受付時間がありません",
    ),
    case(
        "phones of itself", CONTACTS, "phones_of: hotline", "phones_of: card_lost_stop",
        "reference_cycle", "phones_of:", "card_lost_stop", "一回りしています",
        "card_lost_stop → card_lost_stop",
    ),
    case(
        "hours of itself", CONTACTS, "hours_of: hotline", "hours_of: foreign_language_line",
        "reference_cycle", "hours_of:", "foreign_language_line", "hours_of が一回り",
    ),
    case(
        "reference of the wrong form", FAQ, "contacts: [hotline]", "contacts: [Hot Line]",
        "bad_id", "[Hot", "may_discard", "contacts の1件目に「Hot Line」",
    ),
]  # fmt: skip

BEYOND = [
    case(
        "further wordings of nobody", FURTHER, "id: may_discard", "id: may_discrad",
        "unknown_reference", "may_discrad", "may_discrad", "id の「may_discrad」はありません",
        "id に書けるのは、faq.yml にある id だけです", "「may_discard」の間違い",
    ),
    case(
        "further wordings without an id", FURTHER, "  - id: may_discard\n    examples",
        "  - examples", "missing_key", "- examples", "1件目", "id がありません",
    ),
    case(
        "further wordings of a bad id", FURTHER, "id: may_discard", "id: May", "bad_id", "May",
        "May", "id に「May」",
    ),
    case(
        "further wordings in two places", FURTHER, "  - id: may_discard\n",
        "  - id: may_discard\n    examples: [もう不要です]\n  - id: may_discard\n",
        "duplicate_id", "may_discard\n    examples: [シュ", "may_discard", "2回使われて",
        "1回目は 3 行目", "1つにまとめて",
    ),
    case(
        "further wordings: nothing", FURTHER, "[シュレッダーにかけたい, ゴミに出せますか]", "[]",
        "empty_text", "[]", "may_discard", "examples が空です",
    ),
    case(
        "further wordings: a blank one", FURTHER, "ゴミに出せますか", '"　"', "empty_text",
        "examples", "may_discard", "examples の2件目が空です",
    ),
    case(
        "further wordings: a number", FURTHER, "ゴミに出せますか", "050", "not_text", "050",
        "may_discard", "examples の2件目の値 050",
    ),
    case(
        "further wordings: a question", FURTHER, "    examples", "    question: はい\n    examples",
        "unknown_key", "question", "may_discard", "知らない項目「question」",
        "使える項目は id・examples です",
    ),
    case(
        "further wording twice in its list", FURTHER, "ゴミに出せますか",
        "シュレッダーに　かけたい。", "duplicate_wording", "シュレッダー", "may_discard",
        "どちらかを消して",
    ),
    case(
        "further wording is an example", FURTHER, "ゴミに出せますか", "捨ててもいいですか？",
        "duplicate_wording", "捨てて", "may_discard", "may_discard の例文", "data/faq.yml:7",
    ),
    case(
        "further wording is the question of another", FURTHER, "ゴミに出せますか",
        "資格情報はどのように確認すればいいですか", "duplicate_wording", "資格情報は",
        "may_discard", "check_on_portal の質問と同じ", "data/faq.yml:30",
    ),
    case(
        "further wording is a test", FURTHER, "ゴミに出せますか", "処分してかまいませんか",
        "duplicate_wording", "処分", "may_discard", "テストの質問（tests）と同じ",
        "学習に使わない言い方",
    ),
]  # fmt: skip

CHOICES = [
    case(
        "long choice", FAQ, "資格情報を画面で見たい", "長" * 31, "long_text", "長長",
        "check_on_portal", "choice が 31 文字", "30 文字まで",
    ),
    case(
        "choice of two lines", FAQ, "choice: 資格情報を画面で見たい",
        "choice: |\n      画面で\n      見たい", "long_text", "choice:", "check_on_portal",
        "choice が 2 行", "1 行まで",
    ),
    case(
        "blank choice", FAQ, "choice: 資格情報を画面で見たい", "choice:", "empty_text", "choice:",
        "check_on_portal", "choice が空です",
    ),
    case(
        "one choice in two entries", FAQ, "    reviewed: 2026-11-23\n    tests:",
        "    reviewed: 2026-11-23\n    choice: 資格情報を 画面で見たい。\n    tests:",
        "duplicate_choice", "choice: 資格情報を画面", "check_on_portal",
        "may_discard の choice と同じ", "data/faq.yml:26",
    ),
    case(
        "contrast with nobody", FAQ, "      may_discard: お手元", "      may_discrad: お手元",
        "unknown_reference", "may_discrad", "check_on_portal",
        "contrasts の「may_discrad」はありません", "「may_discard」の間違い",
    ),
    case(
        "contrast with itself", FAQ, "      may_discard: お手元", "      check_on_portal: お手元",
        "bad_reference", "check_on_portal: お手元", "check_on_portal",
        "contrasts にこのエントリー自身",
    ),
    case(
        "contrast of a bad id", FAQ, "      may_discard: お手元", "      捨てる: お手元", "bad_id",
        "捨てる: お", "check_on_portal", "contrasts の項目の名前に「捨てる」",
    ),
    case(
        "contrast twice", FAQ, "      may_discard: お手元",
        "      may_discard: 紙ですか。\n      may_discard: お手元", "duplicate_reference",
        "may_discard: お手元", "check_on_portal", "contrasts に「may_discard」が2回",
    ),
    case(
        "contrast in both entries", FAQ, "    valid_from",
        "    contrasts: {check_on_portal: 紙ですか。}\n    valid_from", "duplicate_reference",
        "may_discard: お手元", "check_on_portal", "「may_discard」との見分け方は",
        "may_discard の contrasts にもあります（data/faq.yml:23）", "一方だけ",
    ),
    case(
        "contrast without a question", FAQ, "may_discard: お手元の紙のことですか、画面での確認の"
        "ことですか。", "may_discard:", "empty_text", "      may_discard:", "check_on_portal",
        "contrasts の「may_discard」が空です",
    ),
    case(
        "long contrast", FAQ, "お手元の紙のことですか、", "長" * 50, "long_text", "長長",
        "check_on_portal", "contrasts の「may_discard」が 63 文字", "60 文字まで",
    ),
    case(
        "contrasts as list", FAQ, "      may_discard: お手元の紙のことですか、画面での確認の"
        "ことですか。", "      - may_discard", "wrong_type", "      - may_discard",
        "check_on_portal", "contrasts にリスト", "「id: 文章」",
    ),
    case(
        "contrasts: nothing", FAQ, "    contrasts:\n      may_discard: お手元の紙のことですか、"
        "画面での確認のことですか。", "    contrasts:", "empty_text", "contrasts:",
        "check_on_portal", "contrasts が空です",
    ),
    case(
        "contrasts: empty", FAQ, "    contrasts:\n      may_discard: お手元の紙のことですか、"
        "画面での確認のことですか。", "    contrasts: {}", "empty_text", "contrasts:",
        "check_on_portal", "contrasts が空です",
    ),
    case(
        "contrasts as text", FAQ, "    contrasts:\n      may_discard: お手元の紙のことですか、"
        "画面での確認のことですか。", "    contrasts: 紙ですか", "wrong_type", "contrasts:",
        "check_on_portal", "contrasts に1つの値「紙ですか」",
    ),
]  # fmt: skip

DATES = [
    case(
        "no day of the calendar", FAQ, "2024-02-01", "2024-02-30", "bad_date", "2024-02-30",
        "may_discard", "valid_from に「2024-02-30」", "暦にある日",
    ),
    case(
        "29 February of a common year", FAQ, "2027-03-31", "2026-02-29", "bad_date",
        "2026-02-29", "may_discard", "暦にある日",
    ),
    case(
        "slashes", FAQ, "reviewed: 2026-11-23", "reviewed: 2026/11/23", "bad_date",
        "2026/11/23", "may_discard", "2024-02-01 のように",
    ),
    case(
        "Japanese era", FAQ, "reviewed: 2026-11-23", "reviewed: 令和8年11月23日", "bad_date",
        "令和8年", "may_discard", "西暦4桁",
    ),
    case(
        "full-width digits", FAQ, "reviewed: 2026-11-23", "reviewed: ２０２６-11-23", "bad_date",
        "２０２６", "may_discard", "半角数字",
    ),
    case(
        "one digit", FAQ, "2024-02-01", "2024-2-1", "bad_date", "2024-2-1", "may_discard",
        "月2桁",
    ),
    case(
        "with a time", FAQ, "2024-02-01", "2024-02-01 09:00:00", "bad_date", "09:00",
        "may_discard", "日付は",
    ),
    case(
        "a year beyond reason", FAQ, "2027-03-31", "9027-03-31", "bad_date", "9027",
        "may_discard", "1990〜2100",
    ),
    case(
        "ends before it begins", FAQ, "valid_until: 2027-03-31", "valid_until: 2024-01-31",
        "date_order", "2024-01-31", "may_discard", "valid_from（2024-02-01）",
        "valid_until（2024-01-31）",
    ),
    case(
        "no date", CONTACTS, "note: 年末年始を除く\n    source: Q&A 最終ページ\n"
        "    verified: 2026-11-23", "source: x\n    verified:", "empty_text", "verified:\n",
        "hotline", "verified が空です",
    ),
]  # fmt: skip

ADDRESSES = [
    case(
        "digit missing", CONTACTS, "0120-0178-26", "0120-0178-2", "bad_phone", "0120-0178-2",
        "foreign_language_line", "「0120-0178-2」", "9桁", "10桁のはず",
    ),
    case(
        "digit too many", CONTACTS, "0120-0178-26", "0120-0178-261", "bad_phone", "0178-261",
        "foreign_language_line", "11桁あります。この番号は10桁",
    ),
    case(
        "050 with ten digits", CONTACTS, "0120-0178-26", "050-3818-125", "bad_phone",
        "050-3818-125", "foreign_language_line", "この番号は11桁",
    ),
    case(
        "full-width number", CONTACTS, "0120-0178-26", "０１２０ー０１７８ー２６", "bad_phone",
        "０１２０", "foreign_language_line", "0120-0178-26 と書き直して",
    ),
    case(
        "with brackets", CONTACTS, "0120-0178-26", "03(1234)5678", "bad_phone", "03(1234)",
        "foreign_language_line", "半角数字と「-」",
    ),
    case(
        "international", CONTACTS, "0120-0178-26", "+81-3-1234-5678", "bad_phone", "+81",
        "foreign_language_line", "03-1234-5678 と書き直して",
    ),
    case(
        "starts with 1", CONTACTS, "0120-0178-26", "1120-0178-26", "bad_phone", "1120",
        "foreign_language_line", "0 で始まる",
    ),
    case(
        "starts with 00", CONTACTS, "0120-0178-26", "0020-0178-26", "bad_phone", "0020",
        "foreign_language_line", "00 で始まっています",
    ),
    case(
        "hyphen at the end", CONTACTS, "0120-0178-26", "0120-017826-", "bad_phone", "017826-",
        "foreign_language_line", "「-」の位置",
    ),
    case(
        "empty number", CONTACTS, "number: 0120-0178-26", "number:", "empty_text", "number:\n",
        "foreign_language_line", "number が空です",
    ),
    case(
        "number of another contact", CONTACTS, "0120-0178-26", "0120950178", "duplicate_phone",
        "0120950178", "foreign_language_line", "hotline にもあります（data/contacts.yml:5）",
        "「phones_of: hotline」",
    ),
    case(
        "number twice in a contact", CONTACTS, "[{number: 0120-95-0178, label: 総合}]",
        "[{number: 0120-95-0178}, {number: 0120-950-178}]", "duplicate_phone",
        "0120-950-178", "hotline", "hotline にもあります", "どちらかを消して",
    ),
    case(
        "http", CONTACTS, "https://", "http://", "bad_url", "http:", "portal_url",
        "http:// です", "https:// とサーバー名",
    ),
    case(
        "no scheme", CONTACTS, "https://", "", "bad_url", "url: myna", "portal_url",
        "https:// で始まっていません",
    ),
    case(
        "no host", CONTACTS, "https://myna.go.jp/certificates", "https:///certificates",
        "bad_url", "https:///", "portal_url", "サーバー名が正しくありません",
    ),
    case(
        "host without a domain", CONTACTS, "//myna.go.jp/", "//localhost/", "bad_url",
        "localhost", "portal_url", "サーバー名が正しくありません",
    ),
    case(
        "space in the address", CONTACTS, "go.jp/cert", "go.jp/ cert", "bad_url", "go.jp/ ",
        "portal_url", "使えない文字",
    ),
    case(
        "full-width address", CONTACTS, "go.jp/cert", "go.jp／cert", "bad_url", "go.jp／",
        "portal_url", "全角文字",
    ),
    case(
        "user in the address", CONTACTS, "//myna", "//me@myna", "bad_url", "me@", "portal_url",
        "「@」があります",
    ),
    case(
        "bad port", CONTACTS, "go.jp/cert", "go.jp:99999/cert", "bad_url", "99999",
        "portal_url", "ポート番号",
    ),
    case(
        "script", CONTACTS, "https://myna.go.jp/certificates", "javascript:alert(1)//",
        "bad_url", "javascript", "portal_url", "https:// で始まっていません",
    ),
    case(
        "address twice", CONTACTS, "    hours: always", "    hours: always\n"
        "    url: https://myna.go.jp/certificates/health-insurance-card", "duplicate_url",
        "https://myna.go.jp/certificates/health-insurance-card\n    languages: [ja]\n"
        "    source: Q&A A6", "portal_url", "card_lost_stop にもあります",
    ),
]  # fmt: skip

HOURS = [
    case(
        "25 o'clock", CONTACTS, "9:30-20:00", "9:30-25:00", "bad_hours", "25:00", "hotline",
        "hours の weekday に「9:30-25:00」", "時刻を確かめて",
    ),
    case(
        "ends before it begins", CONTACTS, "9:30-17:30", "17:30-9:30", "bad_hours", "17:30-9",
        "hotline", "hours の holiday", "始まりの時刻よりあと",
    ),
    case(
        "ends when it begins", CONTACTS, "9:30-17:30", "9:30-9:30", "bad_hours", "9:30-9:30",
        "hotline", "始まりの時刻よりあと",
    ),
    case(
        "wave dash", CONTACTS, "9:30-20:00", "9:30〜20:00", "bad_hours", "9:30〜", "hotline",
        "半角で「時:分-時:分」", "9:30-20:00 と書き直して",
    ),
    case(
        "one time only: a sexagesimal number", CONTACTS, "9:30-20:00", "9:30", "bad_hours",
        "weekday: 9:30", "hotline", "「9:30」",
    ),
    case(
        "nothing", CONTACTS, "weekday: 9:30-20:00", "weekday:", "empty_text", "weekday:",
        "hotline", "hours の weekday が空です",
    ),
    case(
        "neither weekday nor holiday", CONTACTS, "      weekday: 9:30-20:00\n"
        "      holiday: 9:30-17:30\n", "", "missing_key", "closed", "hotline",
        "weekday も holiday もありません", "hours: always",
    ),
    case(
        "closed on no day of the calendar", CONTACTS, "12-29..01-03", "12-32..01-03",
        "bad_hours", "12-32", "hotline", "暦にある日",
    ),
    case(
        "closed in words", CONTACTS, "12-29..01-03", "年末年始", "bad_hours", "closed: 年末年始",
        "hotline", "12-29..01-03 のように",
    ),
    case(
        "open in words", CONTACTS, "hours: always", "hours: 24時間", "bad_hours", "24時間",
        "card_lost_stop", "always である必要",
    ),
    case(
        "unknown day", CONTACTS, "      weekday: 9", "      weekdays: 9", "unknown_key",
        "weekdays", "hotline", "「weekday」の間違い",
    ),
    case(
        "phone without hours", CONTACTS, "    hours_of: hotline\n", "", "no_contact_way",
        "id: foreign", "foreign_language_line", "受付時間がありません", "hours: always",
    ),
    case(
        "hours twice", CONTACTS, "    hours: always", "    hours: always\n    hours_of: hotline",
        "no_contact_way", "id: card_lost", "card_lost_stop", "hours と hours_of の両方",
    ),
    case(
        "phones twice", CONTACTS, "    hours_of: hotline",
        "    hours_of: hotline\n    phones_of: hotline", "no_contact_way", "id: foreign",
        "foreign_language_line", "phones と phones_of の両方",
    ),
    case(
        "no way at all", CONTACTS, "    phones_of: hotline\n", "", "no_contact_way",
        "id: card_lost", "card_lost_stop", "phones・phones_of・url のどれか",
    ),
    case(
        "country instead of language", CONTACTS, "languages: [ja]", "languages: [jp]",
        "bad_language", "[jp]", "hotline", "「jp」", "ISO 639-1", "「ja」の間違い",
    ),
    case(
        "language in capitals", CONTACTS, "languages: [ja]", "languages: [JA]", "bad_language",
        "[JA]", "hotline", "「ja」の間違い",
    ),
    case(
        "language that does not exist", CONTACTS, "languages: [ja]", "languages: [xx]",
        "bad_language", "[xx]", "hotline", "コードを確かめて",
    ),
    case(
        "language twice", CONTACTS, "[en, zh, ko]", "[en, zh, en]", "bad_language", "[en, zh",
        "foreign_language_line", "2回目", "どちらかを消して",
    ),
]  # fmt: skip

CASES = [*KEYS, *TYPES, *TEXTS, *IDS, *WORDINGS, *BEYOND, *REFERENCES, *CHOICES, *DATES]
CASES += [*ADDRESSES, *HOURS]


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_one_change_one_fault(folder: Folder, one: Case) -> None:
    folder.change(one.file, one.old, one.new)
    fault = folder.fault()
    assert fault.code == one.code, str(fault)
    assert (fault.file, fault.entry) == (f"data/{one.file}", one.entry)
    assert fault.line == folder.line_of(one.file, one.at)
    message = str(fault)
    assert not re.search("[ぁ-ん一-龠] 「|」 [ぁ-ん]|目 [がはに]", message), message
    assert [words for words in one.words if words not in message] == [], message
    assert message.replace("\u3000", "").isprintable(), message
    assert message.endswith("。"), message


def test_among_topics_marks_may_be_all_that_differs(folder: Folder) -> None:
    folder.change(TOPICS, "[ああああ,", "[ああああ, '77', '{{7*7}}', '7 7 ?',").load()


def test_the_message_reads_as_promised(folder: Folder) -> None:
    folder.change(FAQ, "    reviewed: 2026-11-23", "    reveiwed: 2026-11-23")
    assert str(folder.fault()) == (
        "data/faq.yml:25 〔may_discard〕 知らない項目「reveiwed」が見つかりました。"
        "ここに使える項目は id・category・question・examples・answer・short・easy・choice・agent_note・"
        "contacts・links・related・contrasts・steps・source・valid_from・valid_until・reviewed・tests です。"
        "「reviewed」の間違いではありませんか。書き直してください。"
    )


def test_a_cycle_is_told_once_for_each_member(folder: Folder) -> None:
    folder.change(CONTACTS, "[{number: 0120-95-0178, label: 総合}]", "X")
    folder.change(CONTACTS, "phones: X", "phones_of: card_lost_stop")
    faults = folder.faults()
    assert [fault.code for fault in faults] == ["reference_cycle"] * 2
    assert "hotline → card_lost_stop → hotline" in str(faults[0])
    assert faults[1].entry == "card_lost_stop"


def test_who_leads_into_a_cycle_is_not_blamed(folder: Folder) -> None:
    folder.change(CONTACTS, "phones_of: hotline", "phones_of: portal_url")
    folder.change(CONTACTS, "    url: https", "    phones_of: portal_url\n    url: https")
    folder.change(CONTACTS, "    source: Q&A A6", "    hours: always\n    source: Q&A A6")
    assert folder.fault().entry == "portal_url"


def test_all_faults_of_all_files_at_once(folder: Folder) -> None:
    folder.change(TOPICS, "kind: near", "kind: nah")
    folder.change(FURTHER, "id: may_discard", "id: nobody_else")
    folder.change(CONTACTS, "9:30-20:00", "9:30-25:00")
    folder.change(FAQ, "2024-02-01", "2024-02-30")
    folder.change(FAQ, "related: [check_on_portal]", "related: [nobody]")
    folder.change(FAQ, "    category: マイナポータル\n", "")
    found = [(fault.file, fault.code) for fault in folder.faults()]
    assert found == [
        ("data/faq.yml", "unknown_reference"),
        ("data/faq.yml", "bad_date"),
        ("data/faq.yml", "missing_key"),
        ("data/wordings.yml", "unknown_reference"),
        ("data/contacts.yml", "bad_hours"),
        ("data/out_of_scope.yml", "bad_kind"),
    ]


def test_a_broken_file_makes_no_echo_in_the_others(folder: Folder) -> None:
    folder.write(CONTACTS, "contacts: [")
    folder.change(FAQ, "2024-02-01", "2024-02-30")
    assert [fault.code for fault in folder.faults()] == ["bad_date", "broken_yaml"]


def test_a_contact_without_id_makes_no_echo(folder: Folder) -> None:
    folder.change(CONTACTS, "- id: hotline\n    name", "- name")
    assert folder.fault().code == "missing_key"


def test_an_error_of_many_faults_stays_readable() -> None:
    fault = Fault("bad_id", "data/faq.yml", 1, 1, None, "a。", "b。", "c。")
    lines = str(FaqError((fault,) * (SHOWN + 7))).splitlines()
    assert len(lines) == SHOWN + 1
    assert "ほかに 7 件" in lines[-1]


def test_every_code_is_documented_and_made() -> None:
    sources = (Path(__file__).parents[2] / "bot" / "faq").glob("*.py")
    text = "".join(path.read_text("utf-8") for path in sources if path.name != "fault.py")
    used = set(re.findall(r'(?:\bfault|Fault)\(\s*"([a-z_]+)"', text))
    used |= set(re.findall(r'"(duplicate_phone|duplicate_url)"', text))
    assert used == set(FAULT_CODES)


def test_quotes_are_short_and_printable() -> None:
    assert quote("あ" * 100) == "「" + "あ" * 39 + "…」"
    assert quote("\ud800\x1b[31m").isprintable()
