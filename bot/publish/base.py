"""What an edit is compared with: the served version, another one, or a revision in git."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.errors import FaqBotError
from bot.faq.fault import FaqError
from bot.faq.load import load_book
from bot.match.fitting import fit_model
from bot.match.model import FaqModel
from bot.match.versions import Versions
from bot.publish.publisher import published_model

HEAD = "HEAD"


class RevisionError(FaqBotError):
    """There is nothing of this name to compare with."""


@dataclass(frozen=True, slots=True)
class Base:
    """`name` says in Japanese what it is."""

    name: str
    model: FaqModel

    @classmethod
    def of(cls, revision: str | None, versions: Versions) -> Base:
        """Of a version's number, or a revision of git; None: the served version, or what git has
        before anything was published. Raises RevisionError and VersionError."""
        if revision is None:
            served = versions.served()
            revision = HEAD if served is None else str(served)
        if revision.isascii() and revision.isdecimal():
            version = versions.get(int(revision))
            return cls(f"版 {version.number}", published_model(versions, version))
        return cls(f"git の {revision}", _of_git(revision))


def _of_git(revision: str) -> FaqModel:
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(_archived(revision))) as tar:
            files = [one for one in tar.getmembers() if one.isfile() and ".." not in one.name]
            tar.extractall(folder, files)
        data = Path(folder) / "data"
        try:
            return fit_model(load_book(data), data)
        except (FaqError, OSError) as error:
            raise RevisionError(
                f"git の {revision[:80]} にある data/ は、いまのプログラムでは読み込めません。"
                "別のリビジョンを指定してください。"
            ) from error


def _archived(revision: str) -> bytes:
    """data/ as a tar archive."""
    command = ["git", "archive", "--format=tar", "--end-of-options", revision, "data"]
    try:
        done = subprocess.run(command, capture_output=True)
    except FileNotFoundError:
        raise RevisionError(
            "git が見つかりません。版の番号（faq versions）を指定してください。"
        ) from None
    if done.returncode:
        raise RevisionError(
            f"「{revision[:80]}」と比べられません。版の番号（faq versions）か、data/ を含む git の"
            "リビジョンを指定してください。まだ公開も git への記録もない場合は、先に faq publish を"
            "実行してください。"
        )
    return done.stdout
