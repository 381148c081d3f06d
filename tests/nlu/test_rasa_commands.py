"""Plain `rasa train`, `rasa test nlu` and `rasa run`, as any Rasa user types them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.channels.client import Response, get, post
from tests.conftest import free_port

RASA = Path(sys.executable).with_name("rasa")
PATIENCE = 300  # seconds: the real TensorFlow is imported each time

# Wordings that stand in no training data.
NLU_TEST = """\
version: "3.1"
nlu:
- intent: faq/may_discard
  examples: |
    - このお知らせは捨ててもいいのですか
    - お知らせを破棄していい？
- intent: faq/hotline
  examples: |
    - フリーダイヤルの電話番号は
- intent: out_of_scope
  examples: |
    - 明日の天気は？
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home of its own, and nothing that is sent anywhere."""
    home = str(tmp_path_factory.mktemp("home"))
    return {**os.environ, "HOME": home, "RASA_TELEMETRY_ENABLED": "false", "NO_COLOR": "1"}


def rasa(folder: Path, environment: dict[str, str], *arguments: str) -> str:
    """Run a command to its end; what it says."""
    done = subprocess.run(
        [RASA, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def trained(small_project: Path, environment: dict[str, str]) -> Path:
    said = rasa(small_project, environment, "train")
    assert "Your Rasa model is trained and saved at" in said
    return small_project


def test_rasa_train_leaves_one_model_and_nothing_generated(trained: Path) -> None:
    assert len(list((trained / "models").glob("*.tar.gz"))) == 1
    assert {file.name for file in (trained / "data").iterdir()} == {
        *("faq.yml", "contacts.yml", "out_of_scope.yml", "rules.yml", "vocabulary.csv")
    }


def test_a_second_rasa_train_has_nothing_to_do(trained: Path, environment: dict[str, str]) -> None:
    assert "No training of components required" in rasa(trained, environment, "train", "--dry-run")


def test_rasa_test_nlu_scores_intents_and_entries(
    trained: Path, environment: dict[str, str]
) -> None:
    (trained / "nlu_test.yml").write_text(NLU_TEST)
    rasa(trained, environment, "test", "nlu", "--nlu", "nlu_test.yml", "--no-plot")
    intents = json.loads((trained / "results/intent_report.json").read_text())
    assert intents["faq"]["support"] == 3
    assert intents["out_of_scope"]["support"] == 1
    entries = json.loads((trained / "results/response_selection_report.json").read_text())
    assert entries["faq/may_discard"]["support"] == 2
    assert entries["faq/may_discard"]["recall"] == 1


@pytest.fixture(scope="module")
def url(trained: Path, environment: dict[str, str]) -> Iterator[str]:
    port = free_port()
    log = trained / "run.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [RASA, "run", "-i", "127.0.0.1", "-p", str(port)],
            cwd=trained,
            env=environment,
            stdout=stream,
            stderr=stream,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + PATIENCE
        while not is_ready(address):
            assert process.poll() is None, log.read_text()[-4000:]
            assert time.monotonic() < deadline, log.read_text()[-4000:]
            time.sleep(0.5)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def is_ready(address: str) -> bool:
    try:
        return get(f"{address}/health/ready").status == 200
    except OSError:
        return False


def ask(url: str, text: str) -> Response:
    response = post(f"{url}/api/chat", {"text": text})
    assert response.status == 200, response.body
    return response


def test_rasa_run_answers_with_the_approved_text(url: str) -> None:
    answer = ask(url, "お知らせは捨ててもいいですか").message("answer")
    assert (answer["id"], answer["text"]) == ("may_discard", "大切に保管してください。")


def test_rasa_run_runs_the_actions_too(url: str) -> None:
    assert ask(url, "電話番号を教えて").message("contact")["open"] is True
    assert len(ask(url, "ログインの手順").message("steps")["steps"]) == 2


def test_rasa_run_says_so_when_there_is_no_answer(url: str) -> None:
    assert ask(url, "今日の天気は？").types == ["no_match"]


def test_rasa_run_keeps_rasas_own_api_closed(url: str) -> None:
    assert post(f"{url}/webhooks/rest/webhook", {"message": "a"}).status == 404
    assert post(f"{url}/model/parse", {"text": "a"}).status == 404
