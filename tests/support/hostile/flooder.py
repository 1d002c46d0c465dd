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
TOGETHER = 1000
MOST_BEHIND = 200_000
"""Bytes that wait for the server before more is made."""


async def flood(kind: str, address: str, port: int) -> None:
    """One connection, for as long as it is let."""
    conn = await asyncssh.connect(
        "127.0.0.1", port, username="visitor", known_hosts=None, client_keys=None,
        local_addr=(address, 0), config=None, agent_path=None, compression_algs=None,
    )  # fmt: skip
    process = await conn.create_process(term_type="xterm", term_size=(80, 24), encoding=None)
    print("in", flush=True)
    conn.data_received = lambda *_: None  # type: ignore[method-assign]  # whatever is answered
    while (wire := conn._transport) is not None:
        for _ in range(TOGETHER):
            KINDS[kind](conn, process)
        while wire.get_write_buffer_size() > MOST_BEHIND:
            await asyncio.sleep(0.005)
        await asyncio.sleep(0)


async def main(kind: str, count: str, address: str, port: str) -> None:
    """So many of them."""
    await asyncio.gather(*(flood(kind, address, int(port)) for _ in range(int(count))))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
