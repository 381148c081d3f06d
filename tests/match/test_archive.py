"""Which model is used, and when it has to be made anew."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

import pytest

from bot.errors import FaqBotError
from bot.match.archive import NoModelError, is_stale, load_newest, newest_archive
from bot.match.model import FaqModel
from tests.match.small import small_book


@pytest.fixture
def folder(letters: Path) -> Path:
    """An empty models/ in a project with a config.yml, both in the working folder."""
    (letters / "config.yml").write_text("language: ja\n")
    (letters / "models").mkdir()
    return letters


def pack(model: FaqModel, name: str, age: int = 0) -> Path:
    """An archive as Rasa packs it, `age` seconds old."""
    component = Path("saved") / name
    component.mkdir(parents=True)
    model.save(component)
    return pack_folder(component, "components/train_FaqClassifier1", name, age)


def pack_folder(source: Path, inside: str, name: str, age: int = 0) -> Path:
    archive = Path("models") / f"{name}.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(source, inside)
    modified = archive.stat().st_mtime - age
    os.utime(archive, (modified, modified))
    return archive


def test_without_a_model_the_message_says_what_to_do(folder: Path) -> None:
    with pytest.raises(NoModelError, match="models/ にモデルがありません。先に faq train を"):
        newest_archive()
    with pytest.raises(NoModelError):
        load_newest(folder / "nowhere")


def test_the_newest_by_time_not_by_name_is_used(folder: Path, small_model: FaqModel) -> None:
    pack(small_model, "z_older", age=60)
    newest = pack(small_model, "a_newest")
    assert newest_archive() == newest


def test_a_loaded_model_answers_as_the_saved_one(folder: Path, small_model: FaqModel) -> None:
    pack(small_model, "model")
    loaded = load_newest()
    assert loaded.book == small_model.book
    assert loaded.match("捨てたい").as_dict() == small_model.match("捨てたい").as_dict()


def test_a_model_of_the_same_sources_is_fresh(folder: Path, small_model: FaqModel) -> None:
    assert is_stale(small_book()), "there is no model yet"
    pack(small_model, "model")
    assert not is_stale(small_book())


@pytest.mark.parametrize(
    "change",
    [{"answer": "新しい回答"}, {"agent_note": "新しいメモ"}, {"examples": ("新しい言い回し",)}],
)
def test_changed_content_makes_it_stale(
    folder: Path, small_model: FaqModel, change: dict[str, object]
) -> None:
    pack(small_model, "model")
    assert is_stale(small_book(**change))


@pytest.mark.parametrize(
    "file", ["config.yml", "domain.yml", "data/rules.yml", "data/vocabulary.csv"]
)
def test_a_changed_file_that_training_reads_makes_it_stale(
    folder: Path, small_model: FaqModel, file: str
) -> None:
    pack(small_model, "model")
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text("changed")
    assert is_stale(small_book())


def test_another_encoder_makes_it_stale(folder: Path, small_model: FaqModel) -> None:
    encoder = folder / "models/encoder"
    encoder.mkdir()
    (encoder / "model.safetensors").write_bytes(b"old weights")
    pack(small_model, "model")
    (encoder / "model.safetensors").write_bytes(b"new weights")
    assert is_stale(small_book())


def test_an_older_fresh_model_does_not_count(folder: Path, small_model: FaqModel) -> None:
    pack(small_model, "fresh", age=60)
    pack(FaqModel(small_book(answer="新しい"), small_model.matcher), "stale")
    assert is_stale(small_book())


def test_a_foreign_archive_is_refused(folder: Path) -> None:
    (folder / "metadata.json").write_text("{}")
    pack_folder(folder / "metadata.json", "metadata.json", "foreign")
    assert is_stale(small_book())
    with pytest.raises(NoModelError, match="このボットのモデルではありません"):
        load_newest()


@pytest.mark.parametrize("content", [b"", b"not an archive"])
def test_a_damaged_archive_is_refused(folder: Path, content: bytes) -> None:
    (folder / "models/damaged.tar.gz").write_bytes(content)
    assert is_stale(small_book())
    with pytest.raises(NoModelError, match="damaged"):
        load_newest()


def test_half_an_archive_is_refused(folder: Path, small_model: FaqModel) -> None:
    archive = pack(small_model, "half")
    archive.write_bytes(archive.read_bytes()[:2000])
    assert is_stale(small_book())
    with pytest.raises(NoModelError, match="half"):
        load_newest()


@pytest.mark.parametrize(("file", "content"), [("version", "0"), ("book.json", '{"format": 0}')])
def test_a_model_of_another_version_of_the_code_is_refused(
    folder: Path, small_model: FaqModel, file: str, content: str
) -> None:
    pack(small_model, "old")
    (folder / "saved/old" / file).write_text(content)
    pack_folder(folder / "saved/old", "components/train_FaqClassifier1", "old")
    with pytest.raises(FaqBotError, match=r"faq train|学習し直してください"):
        load_newest()
