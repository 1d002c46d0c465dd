"""A fork server as the process that started it sees it: its
control socket, and which files it has read.

The console supervisor imports this module: few modules of the standard library.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from collections.abc import Callable

from kiosk.file_stamp import FileStamp, file_stamp
from kiosk.serve import protocol

RESTARTED = "KIOSK_AGAIN"
"""Environment variable of every fork server but the supervisor's first: it checks every byte of the
pack that it opens."""
START_TIMEOUT = 30.0
"""Seconds within which it must be ready."""
ANSWER_TIMEOUT = 5.0
"""Seconds within which it must answer a request for a worker."""

Stamps = tuple[FileStamp, ...]
"""Of each file that was read."""


class ForkServerHandle:
    """Handle of a fork server that `spawn` starts at `now`; raises OSError where that fails.

    `spawn` is given the fork server's end of the control socket, and returns its process id.
    """

    def __init__(self, spawn: Callable[[socket.socket], int], now: float) -> None:
        self.control, theirs = protocol.pair()
        self._started_at = now
        self._requested_at = now
        self._files: list[str] = []
        self._stamps: Stamps = ()
        self.settings: dict[str, object] = {}
        """What it has said of settings and content."""
        self.is_ready = False
        self.has_served = False
        """Whether a worker has come from it."""
        self.requested: socket.socket | None = None
        """Our end of the lifeline of the worker that was requested and is not there yet."""
        try:
            self.pid = spawn(theirs)
            self._pidfd = os.pidfd_open(self.pid)
        except OSError:
            self.control.close()
            raise
        finally:
            theirs.close()

    def is_late(self, now: float) -> bool:
        """Whether the fork server is late: not ready in time, or without the worker requested."""
        if self.requested is not None:
            return now - self._requested_at > ANSWER_TIMEOUT
        return not self.is_ready and now - self._started_at > START_TIMEOUT

    def receive(self) -> int | None:
        """Receive a message of the fork server: a worker's pidfd, or None for any other.

        Raises EOFError where the fork server is gone.
        """
        try:
            message, descriptors = protocol.receive(self.control)
        except (OSError, ValueError):
            raise EOFError from None
        if isinstance(message, protocol.ForkServerReady):
            self.take_ready(message)
        elif isinstance(message, protocol.WorkerStarted):
            self.has_served = True
            return descriptors[0]
        protocol.close(descriptors)
        return None

    def take_ready(self, message: protocol.ForkServerReady) -> None:
        """Note that the fork server is ready, and which files it has read."""
        self._files = [name for name, *_ in message.files]
        self._stamps = tuple(stamp for _, stamp in message.files)
        self.settings = message.settings
        self.is_ready = True

    def request_worker(self, terminal: int, size: tuple[int, int], now: float) -> None:
        """Request a worker for a terminal; raises OSError where the fork server is gone."""
        ours, theirs = protocol.pair()
        ours.setblocking(False)
        try:
            protocol.send(
                self.control,
                protocol.WorkerRequest(size),
                (terminal, terminal, theirs.fileno()),
            )
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self.requested, self._requested_at = ours, now

    def current_stamps(self) -> Stamps:
        """Return the stamps of the files that the fork server read, as the files are now."""
        return tuple(file_stamp(name) for name in self._files)

    def mark_seen(self, stamps: Stamps) -> None:
        """Record these stamps as handled, so that only later changes count.

        They are taken before another fork server is started to read the files. If it fails on
        them, they no longer count as changed; what is mended while it reads does.
        """
        self._stamps = stamps

    @property
    def has_changed(self) -> bool:
        """Whether a file that the fork server has read is no longer the same."""
        return self.is_ready and self.current_stamps() != self._stamps

    def close(self) -> None:
        """Kill the fork server; its spare workers end with it."""
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        os.close(self._pidfd)
        self.control.close()
        if self.requested is not None:
            self.requested.close()
