"""Prometheus text on a Unix socket or on loopback, where that was asked for."""

from __future__ import annotations

import asyncio
import contextlib
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path

HOSTS = ("127.0.0.1", "::1", "localhost")
PATIENCE = 5.0
"""Seconds that a client has for its request."""
LONGEST = 8192
"""Bytes of a request."""


async def open_metrics(where: str, text: Callable[[], Awaitable[str]]) -> asyncio.Server:
    """Answer every request at `where` with `text`: a path, or HOST:PORT of this machine alone.

    Raises ValueError for another host or a path of something else, and OSError where that place is
    taken.
    """

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError, ValueError):
            await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
            body = (await text()).encode()
            head = (
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n"
                f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            )
            writer.write(head.encode() + body)
            await asyncio.wait_for(writer.drain(), PATIENCE)
        writer.close()

    if "/" in where:
        path = Path(where)
        with contextlib.suppress(FileNotFoundError):
            if not stat.S_ISSOCK(path.lstat().st_mode):
                raise ValueError(f"{where}: something else than a socket is there")
            path.unlink()
        return await asyncio.start_unix_server(answer, path, limit=LONGEST)
    host, _, port = where.rpartition(":")
    host = host.strip("[]")
    if host not in HOSTS or not port.isdecimal():
        raise ValueError(f"{where}: name a path, or 127.0.0.1:PORT")
    return await asyncio.start_server(answer, host, int(port), limit=LONGEST)
