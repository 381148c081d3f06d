"""A site of another origin that includes the chat, under a strict Content-Security-Policy."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests import conftest

POLICY = (
    "default-src 'none'; script-src {0}; style-src {0}; connect-src {0}; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)
HOST_PAGE = """<!doctype html>
<html lang="ja">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>健康保険組合</title>
    <script src="{0}/chat/faq-chat.js" defer></script>
  </head>
  <body>
    <main>
      <h1>健康保険組合</h1>
      <p>組合からのご案内です。</p>
      <faq-chat {1}><a href="{0}/faq">よくあるご質問</a></faq-chat>
    </main>
  </body>
</html>"""


@dataclass
class Site:
    """An insurer's site, which includes the chat from a server at another address."""

    folder: Path  # of the chat's server
    url: str
    port: int
    stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    attributes: str = ""  # of the element on the page

    @property
    def chat_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, **environment: str) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(conftest, "free_port", lambda: self.port)
            serving = conftest.serve(self.folder, FAQ_ORIGINS=self.url, **environment)
            self.stack.enter_context(serving)

    def stop(self) -> None:
        self.stack.close()


@contextlib.contextmanager
def serve_site(folder: Path) -> Iterator[Site]:
    """The site, and the chat's server for the project in this folder."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = HOST_PAGE.format(site.chat_url, site.attributes).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY.format(site.chat_url))
            self.end_headers()
            self.wfile.write(b"" if self.path == "/favicon.ico" else page)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    pages = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    site = Site(folder, f"http://127.0.0.1:{pages.server_port}", conftest.free_port())
    site.start()
    yield site
    site.stop()
    pages.shutdown()
    pages.server_close()
