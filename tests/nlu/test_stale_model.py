"""A model that is stale is made anew by one training, through Rasa's cache."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import FAQ

UP_TO_DATE, TRAINED = "モデルは最新です", "学習が終わりました"


@pytest.fixture(scope="module")
def project(small_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stale") / "project"
    shutil.copytree(
        small_project, folder, symlinks=True, ignore=shutil.ignore_patterns("*.gz", ".rasa", "var")
    )
    assert faq_train(folder) == TRAINED
    assert faq_train(folder) == UP_TO_DATE
    return folder


def faq_train(folder: Path) -> str:
    done = subprocess.run(
        [FAQ, "train"], cwd=folder, capture_output=True, text=True, check=True, timeout=300
    )
    return done.stdout.split(":")[0]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/contacts.yml", "0120-95-0178", "0120-95-0179"),
        ("data/rules.yml", "- rule: An entry answers", "# a remark\n- rule: An entry answers"),
        ("config.yml", "language: ja", "language: ja  # a remark"),
    ],
)
def test_one_training_is_enough_after_a_change(
    project: Path, file: str, old: str, new: str
) -> None:
    text = (project / file).read_text()
    assert old in text
    (project / file).write_text(text.replace(old, new))
    assert faq_train(project) == TRAINED
    assert faq_train(project) == UP_TO_DATE


def test_one_training_is_enough_after_further_wordings(project: Path) -> None:
    (project / "data/wordings.yml").write_text(
        "wordings:\n  - id: may_discard\n    examples: [シュレッダーにかけたい]\n"
    )
    assert faq_train(project) == TRAINED
    assert faq_train(project) == UP_TO_DATE
