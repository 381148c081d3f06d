"""A conversation over HTTP for every entry, against the real Rasa server."""

from __future__ import annotations

import pytest

from tests.channels.client import Response, post

# Wordings that stand nowhere in data/.
QUESTIONS = {
    "last_four_digits": "マイナンバーの下4桁がなぜ書かれているのか教えてください",
    "notice_after_disqualification": "退職して資格を喪失した本人のお知らせが届きましたが、どうすればよいですか",
    "missing_dependent": "被扶養者になった家族の分のお知らせが入っていないのはなぜですか",
    "may_discard": "お知らせは捨ててもいいですか",
    "reissue": "資格情報のお知らせをなくしたので、再交付してもらえますか",
    "check_on_portal": "マイナポータルで最新の資格情報を確認する手順を教えてください",
    "hotline": "マイナンバー総合フリーダイヤルの電話番号と受付時間を教えてください",
    "card_lost_stop": "マイナンバーカードを落としたので一時停止したい",
    "foreign_language_line": "日本語が話せないので、英語か中国語で相談できる電話番号を教えてください",
    "ip_phone_line": "IP電話から0120につながらないときの番号はありますか",
    "card_application": "マイナンバーカードの申請方法を教えてください",
    "portal_url": "マイナポータルの健康保険証のページのURLを教えてください",
}


def ask(server_url: str, text: str, session: str | None = None) -> Response:
    response = post(f"{server_url}/api/chat", {"text": text, "session": session})
    assert response.status == 200, response.body
    return response


@pytest.mark.parametrize(("entry", "question"), QUESTIONS.items())
def test_each_entry_answers(server_url: str, entry: str, question: str) -> None:
    response = ask(server_url, question)
    assert response.message("answer")["id"] == entry
    assert response.body["session"]


def test_official_answer_word_for_word(server_url: str) -> None:
    answer = ask(server_url, "お知らせは捨ててもいいですか").message("answer")
    assert answer["text"].startswith(
        "「資格情報のお知らせ」は大切に保管頂きますようお願いいたします。"
    )
    assert answer["source"] == "「資格情報のお知らせ」に係るQ&A Q4"
    assert [r["id"] for r in answer["related"]] == ["check_on_portal"]


def test_portal_steps_come_with_the_address(server_url: str) -> None:
    steps = ask(server_url, QUESTIONS["check_on_portal"]).message("steps")
    assert len(steps["steps"]) == 3
    assert {"name": "枝番", "example": "00"} in steps["steps"][1]["fields"]
    assert steps["links"][0]["url"] == "https://myna.go.jp/certificates/health-insurance-card"


def test_contact_card_has_number_hours_and_state(server_url: str) -> None:
    card = ask(server_url, QUESTIONS["hotline"]).message("contact")
    assert card["phones"][0]["number"] == "0120-95-0178"
    assert card["phones"][0]["tel"] == "tel:0120950178"
    assert "平日 9:30～20:00" in card["hours"]
    assert card["status"].startswith("受付中" if card["open"] else "受付時間外")


def test_suspension_line_is_open_now_whenever_now_is(server_url: str) -> None:
    card = ask(server_url, QUESTIONS["card_lost_stop"]).message("contact")
    assert card["open"] is True
    assert card["status"] == "受付中（24時間365日）"


@pytest.mark.parametrize("question", ["傷病手当金の申請書はどこでもらえますか", "今日の天気は？"])
def test_out_of_scope_is_not_answered(server_url: str, question: str) -> None:
    assert ask(server_url, question).types == ["no_match"]


def test_near_question_gets_the_way_to_a_person(server_url: str) -> None:
    message = ask(server_url, "傷病手当金の申請書はどこでもらえますか").message("no_match")
    assert "健康保険組合" in message["text"]
    assert message["contacts"][0]["phones"][0]["number"] == "0120-95-0178"


def test_choice_is_taken_by_id(server_url: str) -> None:
    session = ask(server_url, "お知らせは捨ててもいいですか").body["session"]
    chosen = post(f"{server_url}/api/chat", {"choice": "reissue", "session": session})
    assert chosen.message("answer")["id"] == "reissue"
    assert chosen.body["session"] == session


def test_long_conversation_stays_right(server_url: str) -> None:
    session = None
    for turn in range(30):  # more events than the tracker store reads back
        entry, question = list(QUESTIONS.items())[turn % len(QUESTIONS)]
        response = ask(server_url, question, session)
        session = response.body["session"]
        assert response.message("answer")["id"] == entry, turn
