"""How to fill in the table, as the second sheet of a workbook says it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.faq.entries import SHAPE
from bot.sheets.headings import HEADINGS

_HOW: Mapping[str, str] = {
    "id": "エントリーを見分ける名前です。半角の英小文字で始め、英小文字・数字・「_」で書きます（2〜64文字）。"
    "すでにある id の行はそのエントリーを書き換え、新しい id の行は新しいエントリーになります。"
    "公開したあとは変えないでください。",
    "category": "質問の分類です（40文字まで）。同じ分類には、同じ言葉を使ってください。",
    "question": "代表の質問です（1,000文字まで）。",
    "answer": "承認された回答です（4,000文字まで）。電話番号や URL は書かず、連絡先・リンクの列を使います。",
    "examples": "同じことを尋ねる言い回しです。セルの中で改行し、1行に1つずつ書きます（5つ以上をお勧めします）。"
    "1つの言い回しの中の改行は「\\n」と書きます。"
    "ここにあるのは faq.yml の例文だけで、wordings.yml の言い回しは含まれません。",
    "short": "短い回答です（120文字・2行まで）。",
    "easy": "やさしい日本語での回答です（400文字まで）。",
    "choice": "候補として示すボタンの言葉です（30文字まで）。",
    "agent_note": "窓口の担当者だけに見えるメモです（2,000文字まで）。",
    "contacts": "案内する連絡先の id です（contacts.yml にあるもの）。2つ以上は「、」で区切ります。",
    "links": "案内するページの id です（contacts.yml で url を持つもの）。2つ以上は「、」で区切ります。",
    "related": "関連するエントリーの id です。2つ以上は「、」で区切ります。",
    "contrasts": "間違えやすいエントリーと見分けるための質問です（60文字まで）。"
    "「id：質問」の形で、1行に1つずつ書きます。",
    "steps": "手続きや操作の手順です。「手順：題」の行に続けて、次の行から説明を書きます。"
    "画面の例は「画面：項目＝例」、注意書きは「注意：…」の行に、1つずつ書きます。"
    "説明の行をこれらの言葉で始めたいときは、前に「\\」を付けます。",
    "source": "回答の出典です（300文字まで）。",
    "valid_from": "この日から回答します。2027-04-01 のように書きます（2027/4/1 でもかまいません）。",
    "valid_until": "この日まで回答します。2027-03-31 のように書きます。",
    "reviewed": "内容を確かめた日です。2026-11-23 のように書きます。",
    "tests": "このエントリーが選ばれるはずの質問です。学習には使いません。1行に1つずつ書きます。",
}
_RULES = (
    "列の順番は変えてもかまいません。列ごと消した項目は、取り込んでもいまのままです。",
    "セルを空にして取り込むと、その項目は消えます（必須の項目は空にできません）。",
    "行を消しても、エントリーは消えません。消すときは faq.yml から消してください。",
    "取り込み方: faq import このファイル（変わる内容を確かめてから取り込めます）",
)

NOTES: tuple[tuple[str, ...], ...] = (
    ("見出し", "faq.yml の項目", "必須", "書き方"),
    *(
        (heading, key, "必須" if key in SHAPE.required else "", _HOW[key])
        for key, heading in HEADINGS.items()
    ),
    *(("全体", "", "", rule) for rule in _RULES),
)
"""Rows of four texts, the first of them headings."""
