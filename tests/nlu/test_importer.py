"""Training data straight from the FAQ, beside whatever Rasa's own files hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import rasa.shared.utils.io
from rasa.shared.importers.importer import TrainingDataImporter

from bot.faq.fault import FaqError
from bot.faq.load import load_book
from bot.match.sources import sources_fingerprint
from bot.nlu.importer import FaqImporter, book_training_data

WORDING = "シュレッダーにかけたい"
FURTHER = f"wordings:\n  - id: may_discard\n    examples: [{WORDING}]\n"


@pytest.fixture
def project(small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small project, as working folder, that a test may change."""
    folder = tmp_path / "project"
    shutil.copytree(small_project, folder, symlinks=True)
    monkeypatch.chdir(folder)
    return folder


def importer() -> FaqImporter:
    return FaqImporter("config.yml", "domain.yml", ["data"])


def as_rasa_loads_it() -> TrainingDataImporter:
    return TrainingDataImporter.load_from_config("config.yml", "domain.yml", ["data"])


def test_every_wording_is_an_example_of_its_retrieval_intent(project: Path) -> None:
    examples = importer().get_nlu_data().intent_examples
    asked = {
        e.get("text"): e.get("intent_response_key") for e in examples if e.get("intent") == "faq"
    }
    assert len(asked) == 3 * 6
    assert asked["お知らせは捨ててもいいですか"] == "faq/may_discard"
    assert asked["電話で聞けるところはどこですか。"] == "faq/hotline"


def test_rasa_gets_no_wordings_in_other_languages(project: Path) -> None:
    """The classifier takes them from the book; Rasa's copies of them would only take time."""
    further = FURTHER.replace(WORDING, f"{WORDING}, 'Can I throw this notice away?'")
    (project / "data/wordings.yml").write_text(further)
    texts = {message.get("text") for message in importer().get_nlu_data().intent_examples}
    assert WORDING in texts
    assert "Can I throw this notice away?" not in texts


def test_further_wordings_are_examples_too(project: Path) -> None:
    (project / "data/wordings.yml").write_text(FURTHER)
    examples = importer().get_nlu_data().intent_examples
    keys = [e.get("intent_response_key") for e in examples if e.get("text") == WORDING]
    assert keys == ["faq/may_discard"]
    assert len([e for e in examples if e.get("intent") == "faq"]) == 3 * 6 + 1


def test_every_topic_gives_one_example_of_out_of_scope(project: Path) -> None:
    examples = importer().get_nlu_data().intent_examples
    assert {e.get("intent") for e in examples} == {"faq", "out_of_scope"}
    outside = {e.get("text") for e in examples if e.get("intent") == "out_of_scope"}
    assert outside == {topic.examples[0] for topic in load_book(Path("data")).topics}


def test_every_answer_is_a_response_word_for_word(project: Path) -> None:
    domain = importer().get_domain()
    assert set(domain.responses) == {
        f"utter_faq/{id}" for id in ("may_discard", "check_on_portal", "hotline")
    }
    (response,) = domain.responses["utter_faq/may_discard"]
    assert response["text"] == response["custom"]["text"] == "大切に保管してください。"
    assert response["custom"]["source"] == "Q&A Q4"
    assert response["custom"]["related"] == [
        {
            "id": "check_on_portal",
            "question": "資格情報はどのように確認すればいいですか。",
            "label": "資格情報はどのように確認すればいいですか。",
        }
    ]
    assert response["custom"]["links"][0]["url"].startswith("https://myna.go.jp/")


def test_agents_notes_never_reach_a_response(project: Path) -> None:
    faq = (project / "data/faq.yml").read_text()
    (project / "data/faq.yml").write_text(
        faq.replace("    source: Q&A Q4", "    source: Q&A Q4\n    agent_note: 部外秘のメモ")
    )
    assert "部外秘のメモ" not in str(importer().get_domain().responses)


def test_the_domain_file_keeps_its_own_intents_and_actions(project: Path) -> None:
    domain = as_rasa_loads_it().get_domain()
    assert {"faq", "choices", "out_of_scope"} <= set(domain.intents)
    assert {"utter_faq", "action_steps", "action_no_match"} <= set(domain.user_actions)
    assert domain.retrieval_intents == ["faq"]


def test_faq_files_are_never_parsed_by_rasa(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its YAML reader takes a minute for a large book, to find that there is nothing."""
    (project / "data/wordings.yml").write_text(FURTHER)
    read: list[str] = []
    original = rasa.shared.utils.io.read_file
    monkeypatch.setattr(
        rasa.shared.utils.io,
        "read_file",
        lambda file, *more, **named: (read.append(Path(file).name), original(file, *more, **named))[
            1
        ],
    )
    everything = importer()
    everything.get_nlu_data()
    everything.get_stories()
    everything.get_conversation_tests()
    assert "rules.yml" in read
    assert not {"faq.yml", "wordings.yml", "contacts.yml", "out_of_scope.yml"} & set(read)


def test_training_data_of_ones_own_is_kept(project: Path) -> None:
    (project / "data/more").mkdir()
    (project / "data/more/nlu.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - おはよう\n    - こんにちは\n'
    )
    assert "greet" in importer().get_nlu_data().intents
    assert len(importer().get_nlu_data().intent_examples) == 3 * 6 + 3 + 2


def test_rasa_loads_it_by_the_name_in_the_configuration(project: Path) -> None:
    loaded = as_rasa_loads_it()
    assert {"faq", "out_of_scope"} <= set(loaded.get_nlu_data().intents)
    assert "utter_faq/hotline" in loaded.get_domain().responses
    assert len(loaded.get_stories().story_steps) == 3


def test_broken_content_is_never_trained(project: Path) -> None:
    (project / "data/faq.yml").write_text("entries: []\n")
    with pytest.raises(FaqError):
        importer().get_nlu_data()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/faq.yml", "大切に保管してください。", "保管してください。"),
        ("data/contacts.yml", "0120-95-0178", "0120-95-0179"),
        ("data/vocabulary.csv", "資格情報", "資格状況"),
    ],
)
def test_rasas_cache_sees_a_change_that_no_example_shows(
    project: Path, file: str, old: str, new: str
) -> None:
    before = book_training_data(importer()._book()).fingerprint()
    text = (project / file).read_text()
    assert old in text
    (project / file).write_text(text.replace(old, new))
    assert book_training_data(importer()._book()).fingerprint() != before


def test_a_model_is_stale_after_an_edit_of_the_further_wordings(project: Path) -> None:
    fingerprints = [sources_fingerprint(load_book(project / "data").fingerprint)]
    for text in (FURTHER, FURTHER.replace(WORDING, "ゴミに出したい"), f"# メモ\n{FURTHER}"):
        (project / "data/wordings.yml").write_text(text)
        fingerprints.append(sources_fingerprint(load_book(project / "data").fingerprint))
    without, with_one, with_another, with_a_remark = fingerprints
    assert len({without, with_one, with_another}) == 3
    assert with_a_remark == with_one, "a remark is no content"
