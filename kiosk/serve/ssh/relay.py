"""Carries bytes between a visit's descriptors and a line to its client, as fast as both will.

What the client does not take stays in the visit's terminal, where the visit waits with it; what the
visit does not take is asked of the client later. So neither can fill this process's memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable

from kiosk.serve.ssh.pty import TerminalFds

READ_SIZE = 65_536
MOST_AT_ONCE = 32_768
"""Bytes that are put together before they are sent."""


class ByteRelay:
    """Between `ends` and a client.

    Args:
        ends: the visit's terminal or pipes.
        to_client: sends bytes; may call `hold`.
        may_send: tells the client whether it may send more.
        loop: the running one.
    """

    def __init__(
        self,
        ends: TerminalFds,
        to_client: Callable[[bytes], None],
        may_send: Callable[[bool], None],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._ends = ends
        self._to_client = to_client
        self._may_send = may_send
        self._loop = loop
        self._out = bytearray()
        self._in = bytearray()
        self._plan: asyncio.Handle | None = None
        self._is_held = False
        self._is_dry = False
        self._input_ends = False
        self._is_closed = False
        loop.add_reader(ends.read, self._readable)

    # -- from the visit to the client

    def pause_reading(self) -> None:
        """The client takes nothing more for now."""
        if not (self._is_held or self._is_closed):
            self._is_held = True
            self._loop.remove_reader(self._ends.read)

    def resume_reading(self) -> None:
        """The client takes more."""
        if self._is_held and not self._is_closed:
            self._is_held = False
            if not self._is_dry:
                self._loop.add_reader(self._ends.read, self._readable)

    def drain(self) -> None:
        """Send what the visit has written so far, though the client may be slow."""
        while not (self._is_closed or self._is_dry) and self._read():
            pass
        self._send()

    def _readable(self) -> None:
        self._read()
        if self._is_dry or len(self._out) >= MOST_AT_ONCE:
            self._send()
        elif self._plan is None:
            # A page is written in pieces: what comes until the next turn goes in one packet.
            self._plan = self._loop.call_soon(self._read_on)

    def _read_on(self) -> None:
        self._plan = None
        if not (self._is_held or self._is_dry or self._is_closed):
            self._read()
        self._send()

    def _read(self) -> bool:
        """Take what is there, as far as it goes into one packet; whether there was any."""
        before = len(self._out)
        while len(self._out) < MOST_AT_ONCE:
            try:
                got = os.read(self._ends.read, READ_SIZE)
            except BlockingIOError:
                break
            except OSError:  # a terminal that nobody has open any more
                got = b""
            if not got:
                self._is_dry = True
                self._loop.remove_reader(self._ends.read)
                break
            self._out += got
        return len(self._out) > before

    def _send(self) -> None:
        if self._out and not self._is_closed:
            out, self._out = bytes(self._out), bytearray()
            self._to_client(out)

    # -- from the client to the visit

    def data_received(self, data: bytes) -> None:
        """Write what the client sent."""
        if self._is_closed:
            return
        if self._in:
            self._in += data
            return
        self._in += data
        self._write()
        if self._in and not self._is_closed:
            self._may_send(False)
            self._loop.add_writer(self._ends.write, self._writable)

    def eof_received(self) -> None:
        """The client sends nothing more: close the pipe, or tell the terminal's line editor."""
        self._input_ends = True
        if not self._in:
            self._end_input()

    def _writable(self) -> None:
        self._write()
        if not self._in and not self._is_closed:
            self._loop.remove_writer(self._ends.write)
            self._may_send(True)
            if self._input_ends:
                self._end_input()

    def _write(self) -> None:
        try:
            while self._in:
                del self._in[: os.write(self._ends.write, self._in)]
        except BlockingIOError:
            return
        except OSError:  # nobody reads any more
            self._in.clear()

    def _end_input(self) -> None:
        if self._is_closed:
            return
        if self._ends.write == self._ends.read:
            with contextlib.suppress(OSError):
                os.write(self._ends.write, b"\x04")
        else:
            nowhere = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
            os.dup2(nowhere, self._ends.write, inheritable=False)
            os.close(nowhere)

    def close(self) -> None:
        """Carry nothing more, and close our ends."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._plan is not None:
            self._plan.cancel()
        self._loop.remove_reader(self._ends.read)
        self._loop.remove_writer(self._ends.write)
        self._ends.close_our_side()
