"""Start Rasa's server with our channels and nothing else."""

from __future__ import annotations

import gc
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import yaml
from rasa.core.run import serve_application
from rasa.core.utils import AvailableEndpoints

from bot.channels.security import Settings
from bot.channels.swap import Follower
from bot.match.versions import Versions
from bot.nlu import served

CREDENTIALS = "credentials.yml"
CHAT = "bot.channels.chat.ChatChannel"
STARTED = "after_server_start"

Listener = Callable[..., Awaitable[None]]


def serve(archive: Path, host: str, port: int, version: int | None = None) -> None:
    """Serve until interrupted; Rasa's own HTTP API stays closed.

    `version`: the number of the published version that `archive` is.  Whatever is published
    later takes its place.
    """
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    _serve(archive, host, port, CREDENTIALS, endpoints, _following(version))


def preview(archive: Path, port: int, notice: str, folder: Path) -> None:
    """Serve on this machine alone, with `notice` on the page, and keep conversations in memory;
    `folder` is for what has to be a file."""
    credentials = yaml.safe_load(Path(CREDENTIALS).read_text("utf-8"))
    credentials[CHAT] = {"notice": notice}
    file = folder / CREDENTIALS
    file.write_text(yaml.safe_dump(credentials), "utf-8")
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    endpoints.tracker_store = None
    _serve(archive, "127.0.0.1", port, str(file), endpoints, [])


def _serve(
    archive: Path,
    host: str,
    port: int,
    credentials: str,
    endpoints: AvailableEndpoints,
    listeners: list[tuple[Listener, str]],
) -> None:
    logging.basicConfig(
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        force=True,  # Rasa has made a handler of its own, which tells neither time nor level
    )
    serve_application(
        str(archive),
        interface=host,
        port=port,
        credentials=credentials,
        endpoints=endpoints,
        enable_api=False,
        cors=list(Settings.of_environment().origins),
        server_listeners=[*listeners, (_say_ready(host, port), STARTED)],
    )


def _following(version: int | None) -> list[tuple[Listener, str]]:
    """Take over what is published while the server runs."""

    async def begin(app: Any, loop: Any) -> None:
        served.publish(served.current(), version)
        app.ctx.following = loop.create_task(Follower(Versions(), version).follow(app))

    async def end(app: Any, loop: Any) -> None:
        app.ctx.following.cancel()

    return [(begin, STARTED), (end, "before_server_stop")]


def _say_ready(host: str, port: int) -> Callable[..., Awaitable[None]]:
    async def say_ready(app: Any, loop: Any) -> None:
        gc.freeze()  # `faq serve` starts without garbage collection
        gc.enable()
        print(f"起動しました: http://{host}:{port}/chat/ （終了: Ctrl-C）", flush=True)

    return say_ready
