"""Clients of an SSH server on loopback, and that server."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncssh

from kiosk.serve.ssh.server import SSHServer
from tests.support.serve.ssh_server import PAGE, FakeSessions

WAIT = 5.0


class Here:
    """An SSH server on loopback, and its sessions."""

    def __init__(
        self, server: SSHServer, sessions: FakeSessions, port: int, log: list[str]
    ) -> None:
        self.server, self.sessions, self.port, self.log = server, sessions, port, log

    async def come(self, name: str = "education", **more: Any) -> asyncssh.SSHClientConnection:
        options = {"known_hosts": None, "client_keys": None, "agent_path": None, "config": None}
        return await asyncssh.connect("127.0.0.1", self.port, username=name, **{**options, **more})


Opens = Callable[..., Awaitable[Here]]


async def until(true: Callable[[], Any], seconds: float = WAIT) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.005)


async def visit(
    conn: asyncssh.SSHClientConnection, **more: Any
) -> asyncssh.SSHClientProcess[bytes]:
    options: dict[str, Any] = {
        "term_type": "xterm-256color",
        "term_size": (80, 24),
        "encoding": None,
    }
    return await conn.create_process(**{**options, **more})


async def read(process: asyncssh.SSHClientProcess[bytes], until_seen: bytes = PAGE) -> bytes:
    data = b""
    async with asyncio.timeout(WAIT):
        while until_seen not in data:
            more = await process.stdout.read(65536)
            assert more, data
            data += more
    return data


def reads_nothing(conn: asyncssh.SSHClientConnection) -> None:
    assert conn._transport is not None
    conn._transport.pause_reading()


class Deaf(asyncssh.SSHClientSession[bytes]):
    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        self.chan = chan
        chan.pause_reading()

    def session_started(self) -> None:
        self.chan.pause_reading()


async def openssh_output(port: int, folder: Path, *more: str, keys: bytes = b"") -> bytes:
    process = await asyncio.create_subprocess_exec(
        "ssh", "-F", "none", "-p", str(port), "-o", "StrictHostKeyChecking=no",
        "-o", f"UserKnownHostsFile={folder / 'known'}", "-o", "IdentitiesOnly=yes",
        *more, "education@127.0.0.1",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "TERM": "xterm-256color"},
    )  # fmt: skip
    out, _ = await asyncio.wait_for(process.communicate(keys), 15)
    return out
