"""A child process with one end of a lifeline."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable

from kiosk.serve import protocol


def in_a_process(body: Callable[[socket.socket], None]) -> tuple[int, socket.socket]:
    """Run `body` with one end of a lifeline in a process of its own."""
    ours, theirs = protocol.pair()
    pid = os.fork()
    if pid == 0:
        ours.close()
        try:
            body(theirs)
        finally:
            os._exit(99)
    theirs.close()
    ours.settimeout(10)
    return pid, ours


def status(pid: int, seconds: float = 10) -> int:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, code = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(code)
        time.sleep(0.02)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    raise AssertionError("it lives on")
