"""Clients that flood an SSH server with tiny packets: `python -m tests.support.hostile.flooder`.

Arguments: a kind of `KINDS`, how many connections, the address that they come from, the port.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable

import asyncssh
from asyncssh.packet import Boolean, String, UInt32

Process = asyncssh.SSHClientProcess[bytes]
KINDS: dict[str, Callable[[asyncssh.SSHClientConnection, Process], None]] = {
    "ignore": lambda conn, _: conn.send_packet(2, String(b"")),
    "global": lambda conn, _: conn.send_packet(80, String("x"), Boolean(True)),
    "open": lambda conn, _: conn.send_packet(
        90, String("session"), UInt32(9), UInt32(9), UInt32(9)
    ),
    "size": lambda _, process: process.change_terminal_size(80, 24),
    "request": lambda _, process: process.channel._send_request(b"x", String("x")),
}
BATCH = 1000
MAX_UNSENT = 200_000
"""Unsent bytes above which the flood pauses."""


async def flood(kind: str, address: str, port: int) -> None:
    """Flood through one connection until the server closes it."""
    conn = await asyncssh.connect(
        "127.0.0.1", port, username="visitor", known_hosts=None, client_keys=None,
        local_addr=(address, 0), config=None, agent_path=None, compression_algs=None,
    )  # fmt: skip
    process = await conn.create_process(term_type="xterm", term_size=(80, 24), encoding=None)
    print("in", flush=True)
    conn.data_received = lambda *_: None  # type: ignore[method-assign]  # answers are ignored
    while (transport := conn._transport) is not None:
        for _ in range(BATCH):
            KINDS[kind](conn, process)
        while transport.get_write_buffer_size() > MAX_UNSENT:
            await asyncio.sleep(0.005)
        await asyncio.sleep(0)


async def main(kind: str, count: str, address: str, port: str) -> None:
    """Flood through `count` connections at once."""
    await asyncio.gather(*(flood(kind, address, int(port)) for _ in range(int(count))))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
