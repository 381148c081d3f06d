"""What many tests share: a trained project in a temporary folder, and its real server."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FAQ = Path(sys.executable).with_name("faq")
FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's content with a model trained by ``faq train``."""
    folder = tmp_path_factory.mktemp("project")
    copy_project(folder)
    subprocess.run([FAQ, "train"], cwd=folder, check=True, timeout=600)
    return folder


def copy_project(folder: Path) -> None:
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "data", folder / "data")
    (folder / "models").mkdir()
    for name in ("encoder", "vectors.npz"):
        (folder / "models" / name).symlink_to(ROOT / "models" / name)


@pytest.fixture(scope="session")
def server_url(project: Path) -> Iterator[str]:
    """The address of the real server, started by ``faq serve`` on a free port."""
    with serve(project) as url:
        yield url


@contextlib.contextmanager
def serve(folder: Path, **environment: str) -> Iterator[str]:
    port = free_port()
    with open(folder / "server.log", "ab") as log:
        process = subprocess.Popen(
            [FAQ, "serve", "--port", str(port)],
            cwd=folder,
            stdout=log,
            stderr=log,
            env={**os.environ, **environment},
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(url, process, folder)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0, "Ctrl-C did not end the server cleanly"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(url: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, (folder / "server.log").read_text()[-4000:]
        try:
            with urllib.request.urlopen(f"{url}/health/ready", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("the server was not ready within 120 s")
