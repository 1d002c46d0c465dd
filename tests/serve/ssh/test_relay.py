"""Bytes between a visit and its client: whole, in few packets, and never more than will go."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator

import pytest

from kiosk.serve.ssh.pty import TerminalFds, clamp_size, known_term, open_pipes, open_terminal
from kiosk.serve.ssh.relay import MOST_AT_ONCE, ByteRelay


class Line:
    def __init__(self, ends: TerminalFds) -> None:
        self.ends = ends
        self.sent: list[bytes] = []
        self.may: list[bool] = []
        loop = asyncio.get_running_loop()
        self.pump = ByteRelay(ends, self.sent.append, self.may.append, loop)


@pytest.fixture
async def pipes() -> AsyncIterator[Line]:
    line = Line(open_pipes())
    yield line
    line.pump.close()
    line.ends.close_worker_side()


async def test_what_is_written_in_pieces_goes_in_one(pipes: Line) -> None:
    for _ in range(40):
        os.write(pipes.ends.sink, b"piece of a page ")
    await asyncio.sleep(0.02)
    assert pipes.sent == [b"piece of a page " * 40]


async def test_a_client_that_takes_nothing_is_sent_nothing(pipes: Line) -> None:
    pipes.pump.pause_reading()
    os.write(pipes.ends.sink, b"a page")
    await asyncio.sleep(0.02)
    assert pipes.sent == []
    pipes.pump.resume_reading()
    await asyncio.sleep(0.02)
    assert pipes.sent == [b"a page"]


async def test_no_packet_is_endless(pipes: Line) -> None:
    os.write(pipes.ends.sink, b"x" * 60_000)
    await asyncio.sleep(0.05)
    assert b"".join(pipes.sent) == b"x" * 60_000
    assert max(map(len, pipes.sent)) <= MOST_AT_ONCE + 65_536


async def test_a_visit_that_reads_nothing_has_the_client_wait(pipes: Line) -> None:
    pipes.pump.data_received(b"k" * 100_000)
    pipes.pump.data_received(b"l" * 10)
    assert pipes.may == [False]
    got = b""
    while len(got) < 100_010:
        got += await asyncio.to_thread(os.read, pipes.ends.source, 65_536)
        await asyncio.sleep(0)
    assert got == b"k" * 100_000 + b"l" * 10
    await asyncio.sleep(0.02)
    assert pipes.may == [False, True]


async def test_the_end_of_input_comes_after_the_input(pipes: Line) -> None:
    pipes.pump.data_received(b"k" * 100_000)
    pipes.pump.eof_received()
    got = b""
    while more := await asyncio.to_thread(os.read, pipes.ends.source, 65_536):
        got += more
        await asyncio.sleep(0)
    assert got == b"k" * 100_000


async def test_a_visit_that_has_gone_takes_nothing_and_hurts_nobody() -> None:
    line = Line(open_terminal((80, 24), is_raw=True))
    os.write(line.ends.sink, b"last")
    line.ends.close_worker_side()
    line.pump.drain()
    line.pump.data_received(b"key")
    assert line.sent == [b"last"]
    line.pump.close()
    line.pump.close()
    line.pump.data_received(b"key")


@pytest.mark.parametrize(
    ("told", "size"),
    [
        ((0, 0), (80, 24)), ((65535, 65535), (400, 150)), ((1, 1), (20, 6)),
        ((100, 30), (100, 30)), ((2**32 - 1, 0), (400, 24)),
    ],
)  # fmt: skip
def test_sizes(told: tuple[int, int], size: tuple[int, int]) -> None:
    assert clamp_size(*told) == size


@pytest.mark.parametrize(
    ("told", "term"),
    [
        ("xterm-256color", "xterm-256color"), ("dumb", "dumb"), ("", ""), ("x" * 33, "vt100"),
        ("x" * 10_000, "vt100"), ("../x", "vt100"), ("a\nb", "vt100"), ("linux", "linux"),
    ],
)  # fmt: skip
def test_terms(told: str, term: str) -> None:
    assert known_term(told) == term
