"""Relayed bytes arrive whole, in few packets, and never more than the other side takes."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator

import pytest

from kiosk.serve.ssh.pty import TerminalFds, open_pipes, open_terminal
from kiosk.serve.ssh.relay import MAX_PACKET, ByteRelay
from kiosk.serve.terminal_info import known_term
from kiosk.window_size import clamp_size
from tests.support.serve.ssh_clients import until


class Relayed:
    def __init__(self, fds: TerminalFds) -> None:
        self.fds = fds
        self.sent: list[bytes] = []
        self.may: list[bool] = []
        loop = asyncio.get_running_loop()
        self.relay = ByteRelay(fds, self.sent.append, self.may.append, loop)


@pytest.fixture
async def pipes() -> AsyncIterator[Relayed]:
    relayed = Relayed(open_pipes())
    yield relayed
    relayed.relay.close()
    relayed.fds.close_worker_side()


async def test_what_is_written_in_pieces_goes_in_one(pipes: Relayed) -> None:
    for _ in range(40):
        os.write(pipes.fds.sink, b"piece of a page ")
    await until(lambda: pipes.sent)
    assert pipes.sent == [b"piece of a page " * 40]


async def test_a_client_that_takes_nothing_is_sent_nothing(pipes: Relayed) -> None:
    pipes.relay.pause_reading()
    os.write(pipes.fds.sink, b"a page")
    await asyncio.sleep(0.02)
    assert pipes.sent == []
    pipes.relay.resume_reading()
    await until(lambda: pipes.sent)
    assert pipes.sent == [b"a page"]


async def test_no_packet_is_endless(pipes: Relayed) -> None:
    os.write(pipes.fds.sink, b"x" * 60_000)
    await until(lambda: b"".join(pipes.sent) == b"x" * 60_000)
    assert max(map(len, pipes.sent)) <= MAX_PACKET + 65_536


async def test_a_worker_that_reads_nothing_has_the_client_wait(pipes: Relayed) -> None:
    pipes.relay.data_received(b"k" * 100_000)
    pipes.relay.data_received(b"l" * 10)
    assert pipes.may == [False]
    data = b""
    while len(data) < 100_010:
        data += await asyncio.to_thread(os.read, pipes.fds.source, 65_536)
        await asyncio.sleep(0)
    assert data == b"k" * 100_000 + b"l" * 10
    await until(lambda: len(pipes.may) > 1)
    assert pipes.may == [False, True]


async def test_the_end_of_input_comes_after_the_input(pipes: Relayed) -> None:
    pipes.relay.data_received(b"k" * 100_000)
    pipes.relay.eof_received()
    data = b""
    while more := await asyncio.to_thread(os.read, pipes.fds.source, 65_536):
        data += more
        await asyncio.sleep(0)
    assert data == b"k" * 100_000


async def test_a_worker_that_has_gone_takes_nothing_and_hurts_nobody() -> None:
    relayed = Relayed(open_terminal((80, 24), is_raw=True))
    os.write(relayed.fds.sink, b"last")
    relayed.fds.close_worker_side()
    relayed.relay.drain()
    relayed.relay.data_received(b"key")
    assert relayed.sent == [b"last"]
    relayed.relay.close()
    relayed.relay.close()
    relayed.relay.data_received(b"key")


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ((0, 0), (80, 24)), ((65535, 65535), (400, 150)), ((1, 1), (20, 6)),
        ((100, 30), (100, 30)), ((2**32 - 1, 0), (400, 24)),
    ],
)  # fmt: skip
def test_terminal_sizes_are_clamped(said: tuple[int, int], size: tuple[int, int]) -> None:
    assert clamp_size(*said) == size


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("xterm-256color", "xterm-256color"), ("dumb", "dumb"), ("", ""), ("x" * 33, "vt100"),
        ("x" * 10_000, "vt100"), ("../x", "vt100"), ("a\nb", "vt100"), ("linux", "linux"),
    ],
)  # fmt: skip
def test_terminal_types_are_validated(said: str, term: str) -> None:
    assert known_term(said) == term
