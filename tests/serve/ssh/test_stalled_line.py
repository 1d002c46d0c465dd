"""A key that was pressed before a caution was seen answers none, however late it comes."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.serve.forkserver.worker_handle import dwell_of
from kiosk.serve.ssh import confirmation
from tests.support.serve.ssh_clients import Opens, read, until, visit


@pytest.fixture(autouse=True)
def short_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirmation, "STALL", 0.3)
    monkeypatch.setattr(confirmation, "DRAWING", 0.02)


@pytest.mark.slow
async def test_what_comes_out_of_a_stall_at_a_caution_is_dropped(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        [session] = here.sessions.opened
        transport = conn._transport
        assert transport is not None
        transport.pause_reading()  # the line stalls: the client takes nothing that is sent
        session.request.on_dwell(0.4)
        await asyncio.sleep(0.5)
        process.stdin.write(b"impatient")
        await asyncio.sleep(0.2)
        assert session.received == b""
        transport.resume_reading()
        await asyncio.sleep(0.1)
        process.stdin.write(b"hasty")  # it is shown now, and has not stood its time
        await asyncio.sleep(0.1)
        assert session.received == b""
        await asyncio.sleep(0.4)
        process.stdin.write(b"read")
        await until(lambda: session.received == b"read")


async def test_on_a_line_that_does_not_stall_everything_passes(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        [session] = here.sessions.opened
        session.request.on_dwell(2.0)
        for letter in (b"a", b"b", b"c", b"d"):
            process.stdin.write(letter)
            await asyncio.sleep(0.15)
        await until(lambda: session.received == b"abcd")


async def test_at_another_page_what_comes_out_of_a_stall_passes(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        [session] = here.sessions.opened
        transport = conn._transport
        assert transport is not None
        transport.pause_reading()
        session.request.on_dwell(2.0)
        session.request.on_dwell(0.0)
        await asyncio.sleep(0.5)
        process.stdin.write(b"words")
        await until(lambda: session.received == b"words")
        transport.resume_reading()


@pytest.mark.parametrize(
    ("message", "seconds"),
    [(b"2", 2.0), (b"1.5", 1.5), (b"0", 0.0), (b"9999999", 60.0), (b"nan", 0.0), (b"-1", 0.0),
     (b"", 0.0), (b"\xff", 0.0)],
)  # fmt: skip
def test_a_worker_may_send_anything_as_the_time(message: bytes, seconds: float) -> None:
    assert dwell_of(message) == seconds
