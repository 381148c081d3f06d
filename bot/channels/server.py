"""Start Rasa's server with our channels and nothing else."""

from __future__ import annotations

import gc
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.run import serve_application
from rasa.core.utils import AvailableEndpoints

from bot.channels.security import Settings


def serve(archive: Path, host: str, port: int) -> None:
    """Serve until interrupted; Rasa's own HTTP API stays closed."""
    logging.basicConfig(
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        force=True,  # Rasa has made a handler of its own, which tells neither time nor level
    )
    serve_application(
        str(archive),
        interface=host,
        port=port,
        credentials="credentials.yml",
        endpoints=AvailableEndpoints.read_endpoints("endpoints.yml"),
        enable_api=False,
        cors=list(Settings.of_environment().origins),
        server_listeners=[(_say_ready(host, port), "after_server_start")],
    )


def _say_ready(host: str, port: int) -> Callable[..., Awaitable[None]]:
    async def say_ready(app: Any, loop: Any) -> None:
        gc.freeze()  # `faq serve` starts without garbage collection
        gc.enable()
        print(f"起動しました: http://{host}:{port}/chat/ （終了: Ctrl-C）", flush=True)

    return say_ready
