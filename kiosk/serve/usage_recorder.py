"""Hand the usage figures of each visit to the process that writes
them to a file, if the site keeps figures.

The console supervisor imports this module: few modules of the standard library.
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
    """Recorder of figures: starts the process that writes them at the first visit to be counted.

    Args:
        folder: for the file, made by systemd for the service (StateDirectory); where it is empty
            nothing is counted.
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
        """Take the settings that a fork server has read; anything else switches figures off."""
        given = usage if isinstance(usage, dict) else {}
        self._is_on = bool(given) and bool(self._file)
        self._site = str(given.get("site", ""))
        self._topics = [str(name) for name in given.get("topics", ())]
        self._languages = [str(name) for name in given.get("languages", ())]
        if not self._is_on:
            self.close()

    def record(self, tally: VisitTally) -> None:
        """Count a visit that has ended; where figures are off or writing fails, it is left out."""
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
        """Let the process that writes figures write what it has, and end."""
        if self._input is not None:
            os.close(self._input)
            self._input = None

    def close_and_wait(self) -> None:
        """Have figures written, and wait for that, at most `WRITE_TIMEOUT` seconds.

        systemd kills what is left of a unit when its main process ends.
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
