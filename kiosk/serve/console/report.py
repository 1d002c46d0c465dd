"""Count the visits and failures of the unattended kiosk, and answer `kiosk status` with the counts;
no word of a visitor is in them.

The console supervisor imports this module, so it imports little of the standard library.
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
"""A file next to the socket from the first page on: the unit then restarts without growing
waits."""


def age(at: float | None, now: float) -> int | None:
    """Return the whole seconds from the time `at` until `now`; None if `at` is None (it never
    happened).
    """
    return None if at is None else int(now - at)


class ConsoleReport:
    """Status report of the unattended kiosk: counts visits, passes their tallies on to the figures
    of use, and sends its numbers to each client that connects to its Unix socket.

    It sends an answer at once and closes the connection: it reads nothing, and waits for nobody.

    Args:
        folder: where the socket is made; "" for no socket.
        usage: records figures of use, if the site keeps them.
        now: the present time in seconds.
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
        """Return the descriptor of the listening socket, to poll; -1 if there is no socket."""
        return self._listener.fileno() if self._listener is not None else -1

    def opened(self) -> None:
        """Create, at the first call, the empty file `OPENED` next to the socket; its presence tells
        systemd's unit that a first page was shown.
        """
        if self._opened:
            with contextlib.suppress(OSError):
                os.close(os.open(self._opened, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600))
            self._opened = ""

    def visit_ended(self, tally: VisitTally, error: str, now: float) -> None:
        """Count a visit that ended at `now`, and record its tally; `error` says what went wrong, ""
        if the visit ended as it should.
        """
        self._usage.record(tally)
        self._ended += 1
        if error:
            self._crashed += 1
            self._last_crash, self._last_crash_at = error, now

    def content_read(self, settings: dict[str, object], now: float) -> None:
        """Note, at the time `now`, that a fork server has read content and settings which are in
        use from now on; `settings` is what it reported.
        """
        content = settings.get("content")
        self._content = content if isinstance(content, dict) else {}
        self._usage.configure(settings.get("usage"))
        self._settings_ok, self._settings_since = True, now

    def content_refused(self, now: float) -> None:
        """Note that content or settings on the disk cannot be used since `now`, or earlier if that
        was noted before.
        """
        if self._settings_ok:
            self._settings_ok, self._settings_since = False, now

    def answer(self, worker: WorkerHandle | None, failures: int, now: float) -> None:
        """Accept one connection, send it the numbers as a JSON object, and close it; an error is
        ignored.

        Args:
            worker: the worker on the terminal; None if there is none.
            failures: attempts in a row that failed, by `Backoff`.
            now: the present time in seconds.
        """
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
        """Wait a few seconds at most until figures of use are written, and close the socket."""
        self._usage.close_and_wait()
        if self._listener is not None:
            self._listener.close()


def _listen(path: str) -> socket.socket | None:
    """Return a socket that listens at a path, in the place of any other there; None where that is
    not possible.
    """
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
