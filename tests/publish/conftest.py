"""A project that has published its first version, and whose edit is trained already."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.match.versions import Versions
from tests.channels.site import copy_of
from tests.conftest import FAQ

OLD = "お知らせ 趣旨"
NEW = "お知らせの趣旨をひとことで"


@dataclass(frozen=True)
class Desk:
    """Somebody's project folder."""

    folder: Path

    @property
    def versions(self) -> Versions:
        return Versions(self.folder / "models/versions")

    @property
    def faq(self) -> Path:
        return self.folder / "data/faq.yml"

    def edit(self, old: str, new: str) -> None:
        text = self.faq.read_text("utf-8")
        assert old in text
        self.faq.write_text(text.replace(old, new, 1), "utf-8")

    def run(self, *arguments: str, says: str = "", status: int = 0, **options: str) -> str:
        """`faq` with these arguments; what it said."""
        done = subprocess.run(
            [FAQ, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=300,
            input=options.get("types"),
        )
        said = done.stdout + done.stderr
        assert done.returncode == status, said
        assert says in said, said
        return said


@pytest.fixture(scope="session")
def published(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_of(project, tmp_path_factory.mktemp("published"))
    desk = Desk(folder)
    desk.run("publish", "--yes", "--by", "担当", "--comment", "最初の公開")
    desk.edit(f"- {OLD}\n", f"- {NEW}\n")
    desk.run("train")
    return folder


@pytest.fixture
def desk(published: Path, tmp_path: Path) -> Desk:
    return Desk(Path(shutil.copytree(published, tmp_path / "desk", symlinks=True)))
