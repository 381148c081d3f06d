"""Connections that are held open, byte by byte, take nothing away from anybody else."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from urllib.parse import urlsplit

from tests.channels.client import get
from tests.channels.site import Site

CONNECTIONS = 200
QUESTIONS = 40
HALF_A_BODY = (
    b"POST /api/chat HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    b'Content-Length: 60\r\n\r\n{"text": "'
)
HALF_A_HEADER = b"POST /api/chat HTTP/1.1\r\nHost: a\r\nX-Slow: "


class Slow:
    """One connection that sends a byte now and then, and never comes to an end."""

    def __init__(self, begins: bytes) -> None:
        self._begins = begins

    async def open(self, host: str, port: int) -> None:
        self._reader, self._writer = await asyncio.open_connection(host, port)
        self._writer.write(self._begins)
        await self._writer.drain()

    def more(self) -> None:
        self._writer.write(b"a")

    def is_open(self) -> bool:
        return not (self._reader.at_eof() or self._writer.is_closing())

    async def close(self) -> None:
        self._writer.close()
        await asyncio.gather(self._writer.wait_closed(), return_exceptions=True)


async def ask(host: str, port: int, address: str) -> float:
    """Seconds until a question is answered."""
    began = time.perf_counter()
    body = json.dumps({"text": "お知らせは捨ててもいいですか"}).encode()
    reader, writer = await asyncio.open_connection(host, port)
    head = f"POST /api/chat HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: {address}\r\n"
    writer.write(f"{head}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
    reply = await asyncio.wait_for(reader.read(), timeout=10)
    writer.close()
    await writer.wait_closed()
    assert reply.startswith(b"HTTP/1.1 200 ") and b'"type":"answer"' in reply, reply[:200]
    return time.perf_counter() - began


async def median(site: Site, host: str, port: int) -> float:
    return statistics.median(
        [await ask(host, port, site.visitor().address) for _ in range(QUESTIONS)]
    )


def test_two_hundred_slow_connections_do_not_slow_down_the_others(site: Site) -> None:
    address = urlsplit(site.url)
    assert address.hostname and address.port
    host, port = address.hostname, address.port

    async def measured() -> tuple[float, float, int]:
        alone = await median(site, host, port)
        beginnings = (HALF_A_BODY, HALF_A_HEADER)
        slow = [Slow(beginnings[number % 2]) for number in range(CONNECTIONS)]
        await asyncio.gather(*(one.open(host, port) for one in slow))
        dripping = asyncio.ensure_future(drip(slow))
        try:
            beside = await median(site, host, port)
            still_open = sum(one.is_open() for one in slow)
        finally:
            dripping.cancel()
            await asyncio.gather(dripping, return_exceptions=True)
            await asyncio.gather(*(one.close() for one in slow))
        return alone, beside, still_open

    alone, beside, still_open = asyncio.run(measured())
    print(f"median: {alone * 1000:.1f} ms alone, {beside * 1000:.1f} ms beside {still_open} others")
    assert still_open == CONNECTIONS
    assert beside < 0.1
    assert get(f"{site.url}/health/ready").status == 200


async def drip(slow: list[Slow]) -> None:
    while True:
        for one in slow:
            one.more()
        await asyncio.sleep(0.2)
