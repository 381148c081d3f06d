"""What the codes of ``faq check`` mean, for whoever reads a report instead of the code.

The same meanings, in English and with their reasons: `FAULT_CODES` in `bot/faq/fault.py`, and the
tables of `bot/faq/check.py`, `bot/faq/stray_addresses.py` and `bot/match/advice*.py`.
"""

from __future__ import annotations

FAULTS = {
    "missing_folder": "内容のフォルダーがない",
    "missing_file": "内容のファイルがない",
    "unreadable_file": "ファイルを読み込めない",
    "wrong_encoding": "文字コードが UTF-8 でない",
    "control_character": "目に見えない文字や、表示できない文字がある",
    "empty_file": "ファイルに内容がない",
    "tab_indent": "タブで字下げしている",
    "broken_yaml": "YAML として読めない",
    "refused_yaml": "FAQ では使えない YAML の書き方がある",
    "wrong_type": "リスト・組・文章の種類が違う",
    "not_text": "YAML では文章ではなく、数値・日付・はい／いいえと読まれる",
    "unknown_key": "知らない項目がある",
    "duplicate_key": "同じ項目が2回ある",
    "missing_key": "必要な項目がない",
    "empty_text": "中身が空である",
    "long_text": "文章が長すぎる",
    "bad_id": "id の形が正しくない",
    "duplicate_id": "同じ id が2回ある",
    "duplicate_wording": "同じ言い方が2回ある",
    "duplicate_choice": "ボタンの言葉が、ほかの項目と同じである",
    "duplicate_reference": "同じ参照や見分け方が2回ある",
    "unknown_reference": "参照先がない",
    "bad_reference": "参照先が合わない",
    "reference_cycle": "参照が一回りしている",
    "bad_date": "日付が正しくない",
    "date_order": "期間の始まりが終わりよりあとである",
    "bad_phone": "電話番号の形が正しくない",
    "duplicate_phone": "同じ電話番号が2回ある",
    "bad_url": "アドレスの形が正しくない",
    "duplicate_url": "同じアドレスが2回ある",
    "bad_hours": "受付時間の形が正しくない",
    "bad_language": "言語コードが正しくない",
    "bad_kind": "対象外の話題の種類が正しくない",
    "no_contact_way": "連絡先に、電話番号やアドレスが正しくそろっていない",
    "bad_vocabulary": "vocabulary.csv の行が正しくない",
}
"""Every fault that ``faq check`` reports."""

NOTICES = {
    "not_yet_valid": "まだ有効でない項目",
    "expired": "期限が切れた項目",
    "past_date": "文章に過ぎた日付がある",
    "phone_in_text": "文章に電話番号がある",
    "url_in_text": "文章にアドレスがある",
    "conflicting_contact": "文章の電話番号やアドレスが contacts.yml と食い違う",
    "review_missing": "確認した日がない",
    "review_old": "最後の確認から1年を過ぎた",
    "contact_unverified": "連絡先の最後の確認から90日を過ぎた",
    "future_date": "確認した日が未来である",
    "few_examples": "例文が少ない",
    "claimed_wording": "対象外の例文が、項目の言い方と同じである",
    "covered_topic": "対象外の話題に、項目が答えるようになった",
    "similar_entries": "ほとんど同じことを言う項目がある",
    "misleading_example": "例文が、ほかの項目の質問に見える",
    "similar_examples": "例文が似すぎている",
    "unknown_word": "辞書にない言葉がある",
    "unchecked": "言い回しの照合ができなかった",
}
"""Every notice that ``faq check`` reports."""

MEANINGS = FAULTS | NOTICES
