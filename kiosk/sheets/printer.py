"""Print a file through CUPS with its commands `lp` and `lpstat`, and delete the job from its spool
with its library, or, without that, with `cancel`.

A job that does not come out in time is canceled: a page with a patient's questions must not come
out hours later, in front of somebody else.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import subprocess
import time

from kiosk.core.take_home.state import SheetResult

PRINT_TIMEOUT = 90.0
"""Seconds in which a sheet must have come out."""
STOPPED_TIMEOUT = 6.0
"""Seconds for which a printer may be stopped, or lack paper, before the sheet is taken back."""
COMMAND_TIMEOUT = 15.0
"""Seconds that a command of CUPS may take."""
LOOK = 0.5
"""Seconds between two looks at the job."""
JOB_NAME = "kiosk"
CANCEL_TIMEOUT = 10.0
"""Seconds in which a job that is being printed must have been stopped."""
IPP_OK = 0x0000
PURGE = 1
"""Of cupsCancelJob2: the job's file and its history go, too."""

_REQUEST = re.compile(r"request id is (\S+-\d+)")
_REFUSING = re.compile(r"not accepting jobs")
_STOPPED = re.compile(r"disabled since|Paused|not ready", re.IGNORECASE)
_LACKING = re.compile(
    r"media-(empty|needed|jam)|door-open|cover-open|(toner|marker-supply)-empty|offline"
)
_GONE = re.compile(r"job-(canceled|aborted|stopped)\S*")


class Printer:
    """A print queue of CUPS, on which a sheet can be printed.

    Args:
        queue: the queue's name.
        server: the CUPS server, as a host name or a socket's path; empty for this machine's own.
    """

    def __init__(self, queue: str, server: str = "") -> None:
        self._queue = queue
        self._host = server
        self._server = ["-h", server] if server else []

    def print(self, data: bytes, paper: str) -> SheetResult:
        """Print the bytes of a file on `paper` (a media name of CUPS), wait up to 90 s until it has
        come out (6 s while the printer is stopped or lacks paper), and in any case delete the job
        from the spool. Return PRINTED, or the SheetResult that says why it failed.
        """
        options = ["-d", self._queue, "-t", JOB_NAME, "-o", f"media={paper}"]
        options += ["-o", "job-sheets=none,none", "--", "-"]
        try:
            status, said = self._run("lp", *options, data=data)
        except (OSError, subprocess.SubprocessError):
            return SheetResult.NO_PRINTER
        request = _REQUEST.search(said)
        if status or request is None:
            refused = _REFUSING.search(said)
            return SheetResult.PRINTER_STOPPED if refused else SheetResult.NO_PRINTER
        result = SheetResult.FAILED
        try:
            result = self._watch(request[1])
        except (OSError, subprocess.SubprocessError):
            result = SheetResult.NO_PRINTER
        finally:
            self._forget(request[1])
        return result

    def _watch(self, job: str) -> SheetResult:
        """Look at the job until it has come out, or will not."""
        end = time.monotonic() + PRINT_TIMEOUT
        stopped_at: float | None = None
        while (now := time.monotonic()) < end:
            if not self._is_waiting(job):
                return self._end_of(job)
            stopped_at = (stopped_at or now) if self._is_stopped() else None
            if stopped_at is not None and now - stopped_at >= STOPPED_TIMEOUT:
                return SheetResult.PRINTER_STOPPED
            time.sleep(LOOK)
        return SheetResult.TOO_SLOW

    def _is_waiting(self, job: str) -> bool:
        status, said = self._run("lpstat", "-W", "not-completed", "-o", self._queue)
        if status:
            raise subprocess.SubprocessError("no answer")
        return any(line.split()[:1] == [job] for line in said.splitlines())

    def _end_of(self, job: str) -> SheetResult:
        """Return the result of a job that waits no more: taken back or printed. A job of which CUPS
        keeps no history counts as printed.
        """
        _, said = self._run("lpstat", "-l", "-W", "completed", "-o", self._queue)
        lines = said.splitlines()
        start = next((n for n, line in enumerate(lines) if line.split()[:1] == [job]), None)
        if start is None:
            return SheetResult.PRINTED
        own = [lines[start]]
        for line in lines[start + 1 :]:
            if not line.startswith(("\t", " ")):
                break
            own.append(line)
        return SheetResult.TAKEN_BACK if _GONE.search("\n".join(own)) else SheetResult.PRINTED

    def _is_stopped(self) -> bool:
        _, said = self._run("lpstat", "-l", "-p", self._queue)
        return bool(_STOPPED.search(said) or _LACKING.search(said))

    def _forget(self, job: str) -> None:
        """Take the job and its file out of the spool, printed or not.

        `cancel -x` would be the command for that; in CUPS 2.4 it leaves the file of a job that it
        is given by number, and refuses one that is done. Its library, which `lp` needs, too, does.
        """
        try:
            cups = ctypes.CDLL("libcups.so.2")
        except OSError:  # without it files go as cupsd.conf has it: PreserveJobFiles
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                self._run("cancel", job)
            return
        if self._host:
            cups.cupsSetServer(self._host.encode())
        number, end = int(job.rpartition("-")[2]), time.monotonic() + CANCEL_TIMEOUT
        while cups.cupsCancelJob2(None, self._queue.encode(), number, PURGE) == IPP_OK:
            if time.monotonic() > end:  # one that was being printed is stopped first, then purged
                return
            time.sleep(LOOK / 2)

    def _run(self, command: str, *options: str, data: bytes = b"") -> tuple[int, str]:
        """Run a command of CUPS; its exit status, and what it said in English."""
        environment = {"PATH": os.defpath, "LC_ALL": "C", "SOFTWARE": "kiosk"}
        done = subprocess.run(
            [command, *self._server, *options],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            timeout=COMMAND_TIMEOUT,
            check=False,
        )
        return done.returncode, done.stdout.decode("utf-8", "replace")
