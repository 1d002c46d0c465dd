"""Visitors of an SSH door on loopback, and the door that they come to."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncssh

from kiosk.serve.ssh.server import SSHServer
from tests.support.serve.ssh_server import PAGE, FakeHouse

WAIT = 5.0


class Here:
    """A door on loopback, and its house."""

    def __init__(self, door: SSHServer, house: FakeHouse, port: int, log: list[str]) -> None:
        self.door, self.house, self.port, self.log = door, house, port, log

    async def come(self, name: str = "education", **more: Any) -> asyncssh.SSHClientConnection:
        told = {"known_hosts": None, "client_keys": None, "agent_path": None, "config": None}
        return await asyncssh.connect("127.0.0.1", self.port, username=name, **{**told, **more})


Opens = Callable[..., Awaitable[Here]]


async def until(true: Callable[[], Any], seconds: float = WAIT) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.005)


async def visit(
    conn: asyncssh.SSHClientConnection, **more: Any
) -> asyncssh.SSHClientProcess[bytes]:
    told: dict[str, Any] = {"term_type": "xterm-256color", "term_size": (80, 24), "encoding": None}
    return await conn.create_process(**{**told, **more})


async def read(process: asyncssh.SSHClientProcess[bytes], until_seen: bytes = PAGE) -> bytes:
    got = b""
    async with asyncio.timeout(WAIT):
        while until_seen not in got:
            more = await process.stdout.read(65536)
            assert more, got
            got += more
    return got


def reads_nothing(conn: asyncssh.SSHClientConnection) -> None:
    assert conn._transport is not None
    conn._transport.pause_reading()


class Deaf(asyncssh.SSHClientSession[bytes]):
    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        self.chan = chan
        chan.pause_reading()

    def session_started(self) -> None:
        self.chan.pause_reading()


async def stock(port: int, folder: Path, *more: str, keys: bytes = b"") -> bytes:
    process = await asyncio.create_subprocess_exec(
        "ssh", "-F", "none", "-p", str(port), "-o", "StrictHostKeyChecking=no",
        "-o", f"UserKnownHostsFile={folder / 'known'}", "-o", "IdentitiesOnly=yes",
        *more, "education@127.0.0.1",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "TERM": "xterm-256color"},
    )  # fmt: skip
    out, _ = await asyncio.wait_for(process.communicate(keys), 15)
    return out
