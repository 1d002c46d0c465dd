"""Relay bytes between a worker's terminal, or its pipes, and an SSH client, in both directions, at
the pace of the slower.

Output that the client does not take stays in the terminal, and the worker waits. While the worker
does not read its input, the client is kept from sending more. So neither side can fill the memory
of the server process, in which this runs.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable

from kiosk.serve.ssh.pty import TerminalFds

READ_SIZE = 8192
"""Bytes of a read; a terminal gives 4096 at once. More would cost: it is overwritten when freed."""
MAX_PACKET = 32_768
"""Bytes that are put together before they are sent."""


class ByteRelay:
    """Relay that copies a worker's output to an SSH client, and the client's input to the worker.

    It begins when it is made, and ends with `close`.

    Args:
        fds: the worker's terminal or pipes; `close` closes the server's side of them.
        to_client: sends bytes to the client; may call `pause_reading`.
        may_send: called with False to have the client stop sending, and with True to let it go on.
        loop: the running event loop.
    """

    def __init__(
        self,
        fds: TerminalFds,
        to_client: Callable[[bytes], None],
        may_send: Callable[[bool], None],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._fds = fds
        self._to_client = to_client
        self._may_send = may_send
        self._loop = loop
        self._out = bytearray()
        self._in = bytearray()
        self._next_read: asyncio.Handle | None = None
        self._is_paused = False
        self._has_ended = False
        self._input_ends = False
        self._is_closed = False
        loop.add_reader(fds.read, self._readable)

    # -- from the worker to the client

    def pause_reading(self) -> None:
        """Stop reading the worker's output, as the client does not take it."""
        if not (self._is_paused or self._is_closed):
            self._is_paused = True
            self._loop.remove_reader(self._fds.read)

    def resume_reading(self) -> None:
        """Read the worker's output again, after `pause_reading`."""
        if self._is_paused and not self._is_closed:
            self._is_paused = False
            if not self._has_ended:
                self._loop.add_reader(self._fds.read, self._readable)

    def drain(self) -> None:
        """Read what the worker has written so far (at most 32 KiB) and send it to the client, even
        while paused; called when the session ends.
        """
        while not (self._is_closed or self._has_ended) and self._read():
            pass
        self._send()

    def _readable(self) -> None:
        self._read()
        if self._has_ended or len(self._out) >= MAX_PACKET:
            self._send()
        elif self._next_read is None:
            # A page is written in pieces: what comes until the next turn of the loop is one packet.
            self._next_read = self._loop.call_soon(self._read_more)

    def _read_more(self) -> None:
        self._next_read = None
        if not (self._is_paused or self._has_ended or self._is_closed):
            self._read()
        self._send()

    def _read(self) -> bool:
        """Read what is there, as far as it goes into one packet; whether there was any."""
        before = len(self._out)
        while len(self._out) < MAX_PACKET:
            try:
                data = os.read(self._fds.read, READ_SIZE)
            except BlockingIOError:
                break
            except OSError:  # no process has the terminal open any more
                data = b""
            if not data:
                self._has_ended = True
                self._loop.remove_reader(self._fds.read)
                break
            self._out += data
        return len(self._out) > before

    def _send(self) -> None:
        if self._out and not self._is_closed:
            out, self._out = bytes(self._out), bytearray()
            self._to_client(out)

    # -- from the client to the worker

    def data_received(self, data: bytes) -> None:
        """Write to the worker's terminal what the client has sent. What does not fit waits, and the
        client is stopped meanwhile.
        """
        if self._is_closed:
            return
        if self._in:
            self._in += data
            return
        self._in += data
        self._write()
        if self._in and not self._is_closed:
            self._may_send(False)
            self._loop.add_writer(self._fds.write, self._writable)

    def eof_received(self) -> None:
        """End the worker's input, after what still waits: a pipe is closed, a terminal is sent its
        end-of-file character.
        """
        self._input_ends = True
        if not self._in:
            self._end_input()

    def _writable(self) -> None:
        self._write()
        if not self._in and not self._is_closed:
            self._loop.remove_writer(self._fds.write)
            self._may_send(True)
            if self._input_ends:
                self._end_input()

    def _write(self) -> None:
        try:
            while self._in:
                del self._in[: os.write(self._fds.write, self._in)]
        except BlockingIOError:
            return
        except OSError:  # no process reads any more
            self._in.clear()

    def _end_input(self) -> None:
        if self._is_closed:
            return
        if self._fds.write == self._fds.read:
            with contextlib.suppress(OSError):
                os.write(self._fds.write, b"\x04")
        else:
            null = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
            os.dup2(null, self._fds.write, inheritable=False)
            os.close(null)

    def close(self) -> None:
        """Stop relaying, and close the server's side of the terminal or
        pipes. May be called again.
        """
        if self._is_closed:
            return
        self._is_closed = True
        if self._next_read is not None:
            self._next_read.cancel()
        self._loop.remove_reader(self._fds.read)
        self._loop.remove_writer(self._fds.write)
        self._fds.close_our_side()
