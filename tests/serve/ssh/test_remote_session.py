"""A session over SSH: its terminal, its end, and nothing left of it."""

from __future__ import annotations

import asyncio
import errno
import gc
import os
import weakref
from typing import Any

import pytest

from kiosk import fallback_messages
from kiosk.serve.pool.session import EndReason
from kiosk.window_size import MAX_SIZE
from tests.support.serve.ssh_clients import WAIT, Opens, read, until, visit


async def test_a_session_begins_and_ends(opens: Opens) -> None:
    here = await opens()
    async with await here.come("education-es") as conn:
        process = await visit(conn)
        await read(process)
        [session] = here.sessions.opened
        assert session.request.size == (80, 24)
        assert session.request.term == "xterm-256color"
        assert session.request.options == {"language": "es"}
        process.stdin.write(b"\x03\x04\x1aabc")
        assert await read(process, b"abc") == b"\x03\x04\x1aabc", "raw: no key is a signal"
        process.stdin.write(b"q")
        end = await read(process, b"\x1b[?25h")
        assert end.startswith(b"qbye"[1:]) or b"bye" in end
        assert b"\x1b[?1049l" in end
        assert (await process.wait(timeout=WAIT)).exit_status == 0
        await asyncio.wait_for(conn.wait_closed(), WAIT)
    await until(lambda: here.server.connections == 0)


async def test_a_client_that_leaves_ends_its_session(opens: Opens) -> None:
    here = await opens()
    conn = await here.come()
    await read(await visit(conn))
    conn.abort()
    await until(lambda: not here.sessions.opened[0].is_open)
    await until(lambda: here.server.connections == 0)


async def test_nothing_of_a_connection_is_left_to_be_searched_for(opens: Opens) -> None:
    here = await opens()
    left: list[weakref.ref[Any]] = []
    gc.collect()
    gc.disable()
    try:
        for number in range(6):
            conn = await here.come()
            process = await visit(conn)
            await read(process)
            [connection] = here.server._connections
            left += [
                weakref.ref(part)
                for part in (connection, connection.handler, connection._socket_transport)
            ]
            del connection
            if number % 2:
                conn.abort()
            else:
                process.stdin.write(b"q")
                await conn.wait_closed()
            await until(lambda: not here.server.connections)
        here.sessions.opened.clear()
        await until(lambda: not any(is_left() for is_left in left))
    finally:
        gc.enable()


async def test_a_session_that_ends_says_why(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        here.sessions.opened[0].end(EndReason.CRASHED)
        assert fallback_messages.ENDED["crashed"].encode() in await read(process, b"again.")
        assert (await process.wait(timeout=WAIT)).exit_status == 1


async def test_sizes_are_passed_on_and_a_drag_is_one(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn)
        await read(process)
        for columns in range(81, 181):
            process.change_terminal_size(columns, 40)
        session = here.sessions.opened[0]
        await until(lambda: session.sizes and session.sizes[-1] == (180, 40))
        assert len(session.sizes) < 5
        process.change_terminal_size(65535, 65535)
        await until(lambda: session.sizes[-1] == MAX_SIZE)
        process.change_terminal_size(0, 0)
        await until(lambda: session.sizes[-1] == (80, 24))


@pytest.mark.parametrize(
    ("options", "size", "term", "presentation"),
    [
        ({"term_size": (0, 0)}, (80, 24), "xterm-256color", None),
        ({"term_size": (65535, 65535)}, MAX_SIZE, "xterm-256color", None),
        ({"term_size": (2**32 - 1, 1)}, (400, 6), "xterm-256color", None),
        ({"term_type": "x" * 10_000}, (80, 24), "vt100", None),
        ({"term_type": "../../etc/passwd"}, (80, 24), "vt100", None),
        ({"term_type": "dumb"}, (80, 24), "dumb", "lines"),
        ({"term_type": None, "request_pty": False}, (80, 24), "", "lines"),
    ],
)
async def test_what_a_client_says_of_its_terminal(
    opens: Opens,
    options: dict[str, Any],
    size: tuple[int, int],
    term: str,
    presentation: str | None,
) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn, **options)
        await read(process)
        request = here.sessions.opened[0].request
        assert (request.size, request.term, request.options.get("presentation")) == (
            size,
            term,
            presentation,
        )


async def test_without_a_terminal_there_are_pipes_and_their_end(opens: Opens) -> None:
    here = await opens()
    async with await here.come() as conn:
        process = await visit(conn, term_type=None, request_pty=False)
        await read(process)
        session = here.sessions.opened[0]
        assert not os.isatty(session.source)
        process.stdin.write(b"1\n2\n")
        process.stdin.write_eof()
        await until(lambda: session.input_ended)
        assert session.received == b"1\n2\n"
        os.write(session.sink, b"still here")
        assert b"still here" in await read(process, b"still here")
        session.end(EndReason.LEFT)
        result = await process.wait(timeout=WAIT)
        assert result.exit_status == 0
        assert b"\x1b" not in (result.stdout or b"")


async def test_lines_in_a_terminal_are_edited_there(opens: Opens) -> None:
    here = await opens()
    async with await here.come("plain") as conn:
        process = await visit(conn)
        await read(process)
        session = here.sessions.opened[0]
        here.sessions.echoes = False
        process.stdin.write(b"12\x7f\r")
        await until(lambda: session.received == b"1\n")
        assert b"12" in await read(process, b"2")


@pytest.mark.parametrize("fails", ["openpty", "set_blocking", "dup"])
async def test_without_a_free_descriptor_the_client_reads_that_the_kiosk_is_full(
    opens: Opens, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    here = await opens()

    def none(*_: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    async with await here.come() as conn:
        before = len(os.listdir("/proc/self/fd"))
        with monkeypatch.context() as few:
            few.setattr(os, fails, none)
            process = await visit(conn)
            assert fallback_messages.FULL.encode() in await read(process, b"staff.")
        assert len(os.listdir("/proc/self/fd")) == before
    async with await here.come() as conn:
        await read(await visit(conn))
