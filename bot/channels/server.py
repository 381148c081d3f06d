"""Start Rasa's server with our channels and nothing else."""

from __future__ import annotations

import logging
from pathlib import Path

from rasa.core.run import serve_application
from rasa.core.utils import AvailableEndpoints


def serve(archive: Path, host: str, port: int) -> None:
    """Serve until interrupted; Rasa's own HTTP API stays closed."""
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    serve_application(
        str(archive),
        interface=host,
        port=port,
        credentials="credentials.yml",
        endpoints=AvailableEndpoints.read_endpoints("endpoints.yml"),
        enable_api=False,
    )
