"""What flows between a client and its visit: at the pace of the slower, and never too much."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path

import pytest

from kiosk.serve.ssh import input_throttle, options
from tests.support.hostile.flooder import KINDS
from tests.support.serve.ssh_clients import (
    WAIT,
    Deaf,
    Opens,
    openssh_output,
    read,
    reads_nothing,
    until,
    visit,
)

pytestmark = pytest.mark.slow


async def test_a_client_that_reads_slowly_makes_the_visit_wait(opens: Opens) -> None:
    here = await opens(write_timeout=60.0)
    async with await here.come() as conn:
        channel, _ = await conn.create_session(
            Deaf, term_type="xterm", term_size=(80, 24), encoding=None, window=1000
        )
        await until(lambda: here.sessions.opened)
        sink = here.sessions.opened[0].sink
        os.set_blocking(sink, False)
        written, quiet = 0, 0
        async with asyncio.timeout(WAIT):
            while quiet < 30:
                try:
                    written += os.write(sink, b"x" * 4096)
                    quiet = 0
                except BlockingIOError:
                    quiet += 1
                await asyncio.sleep(0.002)
        assert written < 300_000
        channel.resume_reading()


async def test_a_client_that_reads_nothing_is_disconnected(opens: Opens) -> None:
    here = await opens(write_timeout=0.3)
    async with await here.come() as conn:
        await conn.create_session(
            Deaf, term_type="xterm", term_size=(80, 24), encoding=None, window=1000
        )
        await until(lambda: here.sessions.opened)
        session = here.sessions.opened[0]
        os.set_blocking(session.sink, False)
        async with asyncio.timeout(WAIT):
            while session.is_open:
                with contextlib.suppress(BlockingIOError):
                    os.write(session.sink, b"x" * 4096)
                await asyncio.sleep(0.002)
        await until(lambda: here.server.connections == 0, WAIT)


async def test_a_client_whose_socket_is_stuck_is_disconnected(opens: Opens) -> None:
    """It gave a large window and reads nothing at all: the transport's own buffer tells."""
    here = await opens(write_timeout=0.3)
    conn = await here.come()
    await visit(conn, window=2**30)
    await until(lambda: here.sessions.opened)
    reads_nothing(conn)
    session, written = here.sessions.opened[0], 0
    os.set_blocking(session.sink, False)
    async with asyncio.timeout(WAIT):
        while session.is_open:
            with contextlib.suppress(BlockingIOError):
                written += os.write(session.sink, b"x" * 4096)
            await asyncio.sleep(0)
    assert written < 8_000_000
    await until(lambda: here.server.connections == 0, WAIT)
    conn.abort()


async def test_more_input_than_a_visit_reads_waits_at_the_client(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(input_throttle, "BYTES_PER_MINUTE", 100 << 20)
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        session = here.sessions.opened[0]
        loop = asyncio.get_running_loop()
        loop.remove_reader(session.source)
        process.stdin.write(b"k" * 200_000)
        await asyncio.sleep(0.3)
        assert process.channel.get_write_buffer_size() > 100_000
        here.sessions.echoes = False
        loop.add_reader(session.source, session._receive)
        await until(lambda: len(session.received) == 200_000)


async def test_a_flood_of_input_comes_in_later(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(input_throttle, "BYTES_PER_MINUTE", 100_000)
    monkeypatch.setattr(input_throttle, "BURST", 100_000)
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        here.sessions.echoes = False
        process.stdin.write(b"k" * 150_000)
        session = here.sessions.opened[0]
        await until(lambda: len(session.received) > 50_000)
        await asyncio.sleep(0.5)
        assert len(session.received) < 150_000


SMALLEST = 16
"""Bytes of a packet at least, in any cipher."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
async def test_a_flood_of_tiny_packets_is_read_so_fast_and_no_faster(
    opens: Opens, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    here = await opens()
    loop = asyncio.get_running_loop()
    async with await here.come() as hostile, await here.come() as other:
        flooding, calm = await visit(hostile), await visit(other)
        await read(flooding)
        await read(calm)
        connection, _ = here.server._connections
        counts: list[int] = []
        parse = connection._throttle._read

        def counted(chunk: bytes) -> int:
            counts.append(parse(chunk))
            return counts[-1]

        connection._throttle._read = counted
        monkeypatch.setattr(hostile, "data_received", lambda *_: None)  # whatever is answered
        began = loop.time()
        for _ in range(5000):
            KINDS[kind](hostile, flooding)
        chunks = []
        for key in (b"a", b"b", b"c", b"d", b"e"):
            before = len(counts)
            calm.stdin.write(key)
            await read(calm, key)
            chunks.append(len(counts) - before)
        # 5 to 14 each; a busy machine may hold up one key, a starved client waits at each
        assert sorted(chunks)[2] < 25, f"others' chunks before this one's page: {chunks}"
        await asyncio.sleep(0.3)
        took = loop.time() - began
        may = (
            input_throttle.BURST
            + input_throttle.BYTES_PER_MINUTE / 60 * took
            + input_throttle.READ_SIZE
        )
        assert 100 < sum(counts) <= may / (input_throttle.PACKET_COST + SMALLEST)
        assert max(counts) <= input_throttle.READ_SIZE / SMALLEST
        hostile.abort()


@pytest.mark.parametrize("by", ["the client", "the server"])
async def test_new_keys_in_the_midst_of_a_visit_change_nothing(
    opens: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    limit = ("-o", "RekeyLimit=4K") if by == "the client" else ()
    if by == "the server":
        monkeypatch.setattr(options, "REKEY_BYTES", 4096)
    here = await opens()
    output = await openssh_output(
        here.port, tmp_path, "-tt", "-v", *limit, keys=b"k" * 20_000 + b"q"
    )
    assert output.count(b"SSH2_MSG_NEWKEYS received") >= 3
    assert b"bye" in output
    assert here.sessions.opened[0].received.rstrip(b"\x04") == b"k" * 20_000 + b"q"


async def test_a_client_that_floods_without_a_pause_is_disconnected(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(input_throttle, "MAX_FLOOD", 0.2)
    here = await opens()
    conn = await here.come()
    process = await visit(conn)
    await read(process)
    for _ in range(5000):
        KINDS["ignore"](conn, process)
    await until(lambda: not here.server.connections)
    await until(lambda: not here.sessions.opened[0].is_open)
    conn.abort()


async def test_a_storm_of_new_keys_is_a_flood_like_any_other(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client that asks for new keys after every byte has the server compute, and is ended."""
    monkeypatch.setattr(input_throttle, "MAX_FLOOD", 0.2)
    monkeypatch.setattr(input_throttle, "BURST", 16 << 10)
    here = await opens()
    conn = await here.come(rekey_bytes=1)
    exchanges = 0
    new_keys = conn.send_newkeys

    def counted(k: bytes, h: bytes) -> None:
        nonlocal exchanges
        exchanges += 1
        new_keys(k, h)

    monkeypatch.setattr(conn, "send_newkeys", counted)
    process = await visit(conn)
    async with asyncio.timeout(WAIT):
        while here.server.connections:
            KINDS["ignore"](conn, process)
            await asyncio.sleep(0.002)
    assert 0 < exchanges < 50
    await until(lambda: not here.sessions.opened[0].is_open)
    conn.abort()
