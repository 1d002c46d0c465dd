"""A process in a pseudo-terminal of its own, read by the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Callable, Mapping, Sequence

READ_SIZE = 65_536


class AsyncPty:
    """Starts a command in a terminal; hands its output to a callback until it ends.

    Args:
        command: the program and its arguments.
        environment: all variables of the process.
        size: columns and rows.
        on_data: called with what the process writes.
        on_end: called once, when the process has closed its terminal.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int],
        on_data: Callable[[bytes], None], on_end: Callable[[], None],
    ) -> None:  # fmt: skip
        self._on_data = on_data
        self._on_end = on_end
        self._terminal, process_end = pty.openpty()
        fcntl.ioctl(process_end, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        os.set_blocking(self._terminal, False)
        self._process = subprocess.Popen(
            command, stdin=process_end, stdout=process_end, stderr=process_end,
            start_new_session=True, env=dict(environment),
        )  # fmt: skip
        os.close(process_end)
        asyncio.get_running_loop().add_reader(self._terminal, self._readable)

    def write(self, data: bytes) -> None:
        """Type; does nothing once the terminal is closed."""
        if self._terminal >= 0:
            os.write(self._terminal, data)

    def close(self, *, kill: bool = False) -> None:
        """End the process with SIGTERM, or with SIGKILL, and close the terminal."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill() if kill else self._process.terminate()
        self._close_terminal()

    def _readable(self) -> None:
        try:
            data = os.read(self._terminal, READ_SIZE)
        except BlockingIOError:
            return
        except OSError:  # EIO: the process has closed its end
            data = b""
        if data:
            self._on_data(data)
        else:
            self._close_terminal()

    def _close_terminal(self) -> None:
        if self._terminal >= 0:
            asyncio.get_running_loop().remove_reader(self._terminal)
            os.close(self._terminal)
            self._terminal = -1
            self._process.wait(5)
            self._on_end()
