"""Run a worker's visit line by line instead of in drawn screens, for a client that asked for that
or has no terminal.
"""

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

MIN_WIDTH, MAX_WIDTH = 20, 100
UNKNOWN_WIDTH = 76


class _HeartbeatPort:
    """A port that sends a heartbeat on each use."""

    def __init__(self, port: Port, heartbeat: Heartbeat) -> None:
        self._port = port
        self._heartbeat = heartbeat

    @property
    def page(self) -> Page:
        return self._port.page

    def deliver(self, event: Event) -> bool:
        accepted = self._port.deliver(event)
        if not isinstance(event, Ticked | ShownWhole):
            self._heartbeat.record_activity()
        self._heartbeat.beat()
        return accepted

    def say(self, key: str, **values: object) -> str:
        return self._port.say(key, **values)

    def on_change(self, listener: Callable[[], None]) -> None:
        self._port.on_change(listener)


def run_line_session(
    port: Port,
    heartbeat: Heartbeat,
    lifeline: socket.socket,
    clock: Callable[[], float],
    *,
    columns: int,
    ascii_only: bool,
) -> None:
    """Run a worker's visit line by line on standard input and output, until the visitor leaves, and
    send the worker's heartbeats.

    It takes up the main thread: meanwhile the drawn app and its event loop stand still. `columns`
    is the terminal's width; 0 if not known. `ascii_only`: write ASCII only.
    """
    _take_signal_keys_as_input()
    heartbeat.begin_without_loop(lifeline)
    beating_port = _HeartbeatPort(port, heartbeat)

    def beating_clock() -> float:  # called again and again while a caution has to stand
        heartbeat.beat_if_due()
        return clock()

    width = min(max(columns or UNKNOWN_WIDTH, MIN_WIDTH), MAX_WIDTH)
    run_lines(
        beating_port, beating_clock, width=width, pause=0, ascii_only=ascii_only, is_owner=False
    )


def _take_signal_keys_as_input() -> None:
    """Read Ctrl+C as a character: its signal would go to another process, the terminal's owner."""
    with contextlib.suppress(termios.error, OSError):
        attributes = termios.tcgetattr(0)
        attributes[3] &= ~termios.ISIG
        attributes[6][termios.VEOL], attributes[6][termios.VEOL2] = ASKING_KEYS
        termios.tcsetattr(0, termios.TCSANOW, attributes)


def use_as_stdio(source: int, sink: int, heartbeat: Heartbeat) -> None:
    """Make the descriptors `source` and `sink` this process's standard input and output, in place
    of those that the drawn app had captured.

    While a write to standard output blocks, heartbeats are sent.
    """
    os.dup2(source, 0)
    os.dup2(sink, 1)
    sys.stdin = open(0, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    buffer = io.BufferedWriter(HeartbeatingWriter(1, heartbeat))
    sys.stdout = io.TextIOWrapper(buffer, encoding="utf-8", errors="replace")
