"""Hand the usage figures of each visit to a writer process, which adds them to a file, if the site
keeps such figures.

The console supervisor imports this module, so it imports little of the standard library.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket

from kiosk.system.processes import python_command
from kiosk.usage.counts import named
from kiosk.usage.tally import VisitTally

FILE = "usage.sqlite"
WRITE_TIMEOUT = 3
"""Seconds within which the writer has written what it has."""
MAX_LINE = 16_384
"""Bytes of a line: less than a socket takes at once, so that it is written whole or not at all."""


class UsageRecorder:
    """Counts visits for the site's figures of use: passes each visit's tally to the writer process,
    which it starts at the first visit to be counted. Off until `configure` switches it on.

    Args:
        folder: where the file of figures is (systemd's StateDirectory of the service); if empty,
            nothing is ever counted.
    """

    def __init__(self, folder: str) -> None:
        self._file = os.path.join(folder, FILE) if folder else ""
        self._site = ""
        self._topics: list[str] = []
        self._languages: list[str] = []
        self._is_on = False
        self._input: int | None = None
        """The writer's standard input."""
        self._pidfd: int | None = None
        """The writer's process; of one that died before, the last."""

    def configure(self, usage: object) -> None:
        """Switch figures on with `usage`, the settings that a fork server has read (a dict with
        `site`, `topics` and `languages`); anything else, such as None, switches them off. Without a
        folder they stay off.
        """
        given = usage if isinstance(usage, dict) else {}
        self._is_on = bool(given) and bool(self._file)
        self._site = str(given.get("site", ""))
        self._topics = [str(name) for name in given.get("topics", ())]
        self._languages = [str(name) for name in given.get("languages", ())]
        if not self._is_on:
            self.close()

    def record(self, tally: VisitTally) -> None:
        """Send the tally of a visit that has ended to the writer process, without waiting. The
        tally is dropped without an error if figures are off or it cannot be sent now.
        """
        if not self._is_on or not (total := tally.total()):
            return
        rows = [(*named(count, self._topics, self._languages), times) for count, times in total]
        line = json.dumps({"site": self._site, "counts": rows}).encode() + b"\n"
        if len(line) > MAX_LINE:
            return
        for _ in range(2):
            if self._input is None:
                self._start()
            if self._input is None:
                return
            try:
                os.write(self._input, line)
            except BlockingIOError:  # it is far behind: figures are never worth a wait
                return
            except OSError:  # it has died: once more with another
                self.close()
                continue
            return

    def close(self) -> None:
        """Close the connection to the writer process, which writes what it has received and ends by
        itself. A later `record` starts another.
        """
        if self._input is not None:
            os.close(self._input)
            self._input = None

    def close_and_wait(self) -> None:
        """Close the connection to the writer process and wait, at most `WRITE_TIMEOUT` seconds,
        until it has written and ended.

        Without the wait systemd would kill it: it kills what is left of a unit when its main
        process ends.
        """
        self.close()
        if self._pidfd is not None:
            poll = select.poll()
            poll.register(self._pidfd, select.POLLIN)
            poll.poll(WRITE_TIMEOUT * 1000)

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        command = python_command("kiosk.usage.writer", self._file)
        with contextlib.suppress(OSError):
            null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
            pid = os.posix_spawn(
                command[0], command, dict(os.environ),
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, theirs.fileno(), 0), (os.POSIX_SPAWN_DUP2, null, 1)
                ],
                setsid=True, setsigmask=[],
            )  # fmt: skip
            os.close(null)
            if self._pidfd is not None:
                os.close(self._pidfd)
            self._pidfd = os.pidfd_open(pid)
            os.set_blocking(ours.fileno(), False)
            self._input = ours.detach()
        theirs.close()
