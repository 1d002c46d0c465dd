"""Serve the server's numbers to Prometheus over HTTP, on a Unix socket or a loopback port, if the
site asked for that.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path

HOSTS = ("127.0.0.1", "::1", "localhost")
REQUEST_TIMEOUT = 5.0
"""Seconds that a client has for its request, and for reading the answer."""
MAX_REQUEST = 8192
"""Bytes of a request."""


async def open_metrics(address: str, text: Callable[[], Awaitable[str]]) -> asyncio.Server:
    """Start an HTTP server at `address` that answers every request with the text from `text()`;
    return the asyncio server, for the caller to close.

    Args:
        address: a path of a Unix socket (an old socket there is removed), or HOST:PORT where HOST
            is this machine (loopback).
        text: called for each request; returns the numbers in Prometheus's text format.

    Raises ValueError for another host, no port, or a path where something else than a socket is;
    OSError where the address cannot be opened.
    """

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        refusals = (
            OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError,
            ValueError,
        )  # fmt: skip
        with contextlib.closing(writer), contextlib.suppress(*refusals):
            await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), REQUEST_TIMEOUT)
            body = (await text()).encode()
            head = (
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n"
                f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            )
            writer.write(head.encode() + body)
            await asyncio.wait_for(writer.drain(), REQUEST_TIMEOUT)

    if "/" in address:
        path = Path(address)
        with contextlib.suppress(FileNotFoundError):
            if not stat.S_ISSOCK(path.lstat().st_mode):
                raise ValueError(f"{address}: something else than a socket is there")
            path.unlink()
        return await asyncio.start_unix_server(answer, path, limit=MAX_REQUEST)
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    if host not in HOSTS or not port.isdecimal():
        raise ValueError(f"{address}: name a path, or 127.0.0.1:PORT")
    # shared, because a new version opens while the one before has not noticed it yet
    return await asyncio.start_server(
        answer, host, int(port), limit=MAX_REQUEST, reuse_port=hasattr(socket, "SO_REUSEPORT")
    )
