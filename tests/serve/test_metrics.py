"""Metrics are served on this machine, and nowhere else."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path

import pytest

from kiosk.serve.metrics import open_metrics


async def text() -> str:
    return "kiosk_visits 3\n"


@pytest.mark.parametrize(
    "where",
    ["0.0.0.0:0", "192.0.2.7:9100", "[::]:9100", ":9100", "9100", "example.org:9100",
     "127.0.0.1:x", "127.0.0.1", "127.0.0.1.example.org:9100"],
)  # fmt: skip
async def test_no_other_machine_is_served(where: str) -> None:
    with pytest.raises(ValueError, match="name a path, or 127"):
        await open_metrics(where, text)


async def test_this_machine_is_served(tmp_path: Path) -> None:
    path = tmp_path / "numbers"
    for where in ("127.0.0.1:0", str(path), str(path)):  # who was there before may have died
        server = await open_metrics(where, text)
        address = server.sockets[0].getsockname()
        if "/" in where:
            reader, writer = await asyncio.open_unix_connection(address)
        else:
            reader, writer = await asyncio.open_connection(*address)
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        assert (await reader.read()).endswith(b"\r\n\r\nkiosk_visits 3\n")
        writer.close()
        server.close()


@pytest.mark.parametrize("what", ["a file", "a link to one"])
async def test_a_path_that_is_no_socket_is_left_alone(tmp_path: Path, what: str) -> None:
    kept, where = tmp_path / "kept", tmp_path / "numbers"
    kept.write_text("a word")
    kept.rename(where) if what == "a file" else where.symlink_to(kept)
    with pytest.raises(ValueError, match="something else than a socket"):
        await open_metrics(str(where), text)
    assert where.read_text() == "a word"


async def test_oversized_requests_leave_no_line_and_no_descriptor(
    caplog: pytest.LogCaptureFixture,
) -> None:
    server = await open_metrics("127.0.0.1:0", text)
    address = server.sockets[0].getsockname()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(40):
        _, writer = await asyncio.open_connection(*address)
        writer.write(b"x" * 20_000)
        with contextlib.suppress(ConnectionError):
            await writer.drain()
        writer.close()
    async with asyncio.timeout(5):
        while len(os.listdir("/proc/self/fd")) > before:
            await asyncio.sleep(0.02)
    server.close()
    assert caplog.records == []
