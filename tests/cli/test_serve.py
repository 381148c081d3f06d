"""``faq serve`` and ``faq preview``: an address where they cannot listen is said before they load."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.cli.serve import require_free

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def used_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@pytest.mark.parametrize("command", ["serve", "preview"])
def test_a_used_port_ends_the_command(
    command: str, used_port: int, project_folder: Path, capsys: Printed
) -> None:
    assert main([command, "--port", str(used_port)]) == 1
    assert capsys.readouterr().err == (
        f"ポート {used_port} はほかのプログラムが使っています。"
        "--port で別の番号を指定してください。\n"
    )


@pytest.mark.parametrize("host", ["203.0.113.1", "2001:db8::1", "kikai.invalid"])
def test_an_address_of_another_machine_ends_the_command(
    host: str, project_folder: Path, capsys: Printed
) -> None:
    assert main(["serve", "--host", host]) == 1
    assert f"{host} はこの機械のアドレスではありません。" in capsys.readouterr().err


def test_a_port_is_free_again_when_its_server_has_gone() -> None:
    """Also while the connections that the server closed are kept by the system for a minute."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
        with socket.create_connection(address) as client:
            server.accept()[0].close()
            client.recv(1)
    require_free(*address)
