"""Count what the unattended kiosk does, and answer `kiosk status`
with the counts; never a word of a visitor.

The console supervisor imports this module: few modules of the standard library.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket

from kiosk import __version__
from kiosk.serve.forkserver.worker_handle import WorkerHandle
from kiosk.serve.usage_recorder import UsageRecorder
from kiosk.usage.tally import VisitTally

SOCKET = "console.sock"
"""The name of its socket, in the runtime directory that systemd made."""
OPENED = "opened"
"""A file beside it from the first page on: the unit then restarts without growing waits."""


def age(at: float | None, now: float) -> int | None:
    """Return the whole seconds from the time `at` until `now`; None where `at` is None."""
    return None if at is None else int(now - at)


class ConsoleReport:
    """Report of a console: counts visits, and sends numbers to whoever connects to its socket.

    An answer is sent at once and the connection closed: nothing is read, and nobody is waited for.

    Args:
        folder: for the socket; empty for none.
        usage: keeps figures, where the site has them on.
        now: seconds.
    """

    def __init__(self, folder: str, usage: UsageRecorder, now: float) -> None:
        self._usage = usage
        self._started_at = now
        self._ended = 0
        self._crashed = 0
        self._last_crash = ""
        self._last_crash_at: float | None = None
        self._content: dict[str, object] = {}
        self._settings_ok, self._settings_since = True, now
        self._listener = _listen(os.path.join(folder, SOCKET)) if folder else None
        self._opened = os.path.join(folder, OPENED) if folder else ""

    def fileno(self) -> int:
        """Return the listening socket; -1 where there is none."""
        return self._listener.fileno() if self._listener is not None else -1

    def opened(self) -> None:
        """Note, once, by an empty file that a first page is on the screen."""
        if self._opened:
            with contextlib.suppress(OSError):
                os.close(os.open(self._opened, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600))
            self._opened = ""

    def visit_ended(self, tally: VisitTally, error: str, now: float) -> None:
        """Count a visit that ended; `error` is why, empty where its reader or clock ended it."""
        self._usage.record(tally)
        self._ended += 1
        if error:
            self._crashed += 1
            self._last_crash, self._last_crash_at = error, now

    def content_read(self, settings: dict[str, object], now: float) -> None:
        """Note that content and settings were read and are in use."""
        content = settings.get("content")
        self._content = content if isinstance(content, dict) else {}
        self._usage.configure(settings.get("usage"))
        self._settings_ok, self._settings_since = True, now

    def content_refused(self, now: float) -> None:
        """Note that changed content or settings cannot be used, and since when."""
        if self._settings_ok:
            self._settings_ok, self._settings_since = False, now

    def answer(self, worker: WorkerHandle | None, failures: int, now: float) -> None:
        """Answer one connection with the numbers."""
        if self._listener is None:
            return
        numbers = {
            "service": "console",
            "version": __version__,
            "up": int(now - self._started_at),
            "in_use": worker is not None and not worker.is_idle,
            "ready": worker is not None and worker.is_ready,
            "failures": failures,
            "ended": self._ended,
            "crashed": self._crashed,
            "last_crash": self._last_crash,
            "last_crash_age": age(self._last_crash_at, now),
            "settings_ok": self._settings_ok,
            "settings_age": age(self._settings_since, now),
            "content": self._content,
        }
        with contextlib.suppress(OSError):
            connection, _ = self._listener.accept()
            with connection:
                connection.setblocking(False)
                connection.send(json.dumps(numbers).encode())

    def close(self) -> None:
        """Answer nobody any more, and wait until figures of use are written."""
        self._usage.close_and_wait()
        if self._listener is not None:
            self._listener.close()


def _listen(path: str) -> socket.socket | None:
    """Listen at a path, whoever was there before; None where that is not possible."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        listener.bind(path)
        os.chmod(path, 0o660)
        listener.listen(16)
    except OSError:
        listener.close()
        return None
    listener.setblocking(False)
    return listener
