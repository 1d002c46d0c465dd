"""A visit of a factory that is told line by line, in place of being drawn."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import sys
import termios
from collections.abc import Callable

from kiosk.core.events import Event, ShownWhole, Ticked
from kiosk.core.page import Page
from kiosk.core.port import Port
from kiosk.lines.main import run_lines
from kiosk.lines.stdin import ASKING_KEYS
from kiosk.serve.forkserver.blocking_output import HeartbeatingWriter
from kiosk.serve.forkserver.heartbeat import Heartbeat

LEAST_WIDTH, MOST_WIDTH = 20, 100
UNKNOWN_WIDTH = 76


class _HeartbeatPort:
    """The port of a front end that shows by using it that it lives."""

    def __init__(self, port: Port, vitals: Heartbeat) -> None:
        self._port = port
        self._vitals = vitals

    @property
    def page(self) -> Page:
        return self._port.page

    def deliver(self, event: Event) -> bool:
        accepted = self._port.deliver(event)
        if not isinstance(event, Ticked | ShownWhole):
            self._vitals.record_activity()
        self._vitals.beat()
        return accepted

    def say(self, key: str, **values: object) -> str:
        return self._port.say(key, **values)

    def on_change(self, listener: Callable[[], None]) -> None:
        self._port.on_change(listener)


def run_line_session(
    port: Port,
    vitals: Heartbeat,
    lifeline: socket.socket,
    clock: Callable[[], float],
    *,
    columns: int,
    ascii_only: bool,
) -> None:
    """Tell the port's visit over standard input and output until its visitor leaves.

    Runs in the one thread that a forked visit has: nothing of the drawn app goes on.
    """
    _hear_keys_not_signals()
    vitals.begin_without_loop(lifeline)
    beating = _HeartbeatPort(port, vitals)

    def beating_clock() -> float:  # asked again and again while a caution has to stand
        vitals.beat_if_due()
        return clock()

    width = min(max(columns or UNKNOWN_WIDTH, LEAST_WIDTH), MOST_WIDTH)
    run_lines(beating, beating_clock, width=width, pause=0, ascii_only=ascii_only)


def _hear_keys_not_signals() -> None:
    """Ctrl+C would be a signal to whoever holds the terminal, which is not this process."""
    with contextlib.suppress(termios.error, OSError):
        changed = termios.tcgetattr(0)
        changed[3] &= ~termios.ISIG
        changed[6][termios.VEOL], changed[6][termios.VEOL2] = ASKING_KEYS
        termios.tcsetattr(0, termios.TCSANOW, changed)


def use_as_stdio(source: int, sink: int, vitals: Heartbeat) -> None:
    """Make a guest's descriptors standard input and output, which the drawn app had captured."""
    os.dup2(source, 0)
    os.dup2(sink, 1)
    sys.stdin = open(0, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    patient = io.BufferedWriter(HeartbeatingWriter(1, vitals))
    sys.stdout = io.TextIOWrapper(patient, encoding="utf-8", errors="replace")
