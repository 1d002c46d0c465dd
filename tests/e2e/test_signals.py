"""A signal that ends the process restores the terminal and leaves nothing of the visit on it."""

from __future__ import annotations

import os
import signal
import termios
from pathlib import Path

import pytest

from tests.support.terminal.terminal import Terminal

NAMED = ("SIGQUIT", "SIGHUP", "SIGINT", "SIGUSR1", "SIGALRM", "SIGPWR", "SIGTRAP")
ENDING = (*NAMED, "SIGSYS", "SIGSTKFLT", "SIGRTMIN", "SIGRTMAX")
LEFT_ON = (b"1049", b"1000", b"1002", b"1006", b"2004")


@pytest.mark.parametrize(
    "name", [pytest.param("SIGTERM", marks=pytest.mark.representative), *ENDING]
)
def test_a_signal_that_ends_a_drawn_visit_restores_the_terminal(name: str, tmp_path: Path) -> None:
    with Terminal(XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("START")
        before = termios.tcgetattr(kiosk.fd)[3]
        assert not before & termios.ECHO
        kiosk.press_each("\r", "\r", "k")
        kiosk.press("my own question")
        kiosk.wait("my own question")
        os.kill(kiosk.pid, getattr(signal, name))
        assert kiosk.leave() == 128 + getattr(signal, name)
        assert not [mode for mode in LEFT_ON if b"\x1b[?" + mode + b"l" not in kiosk.raw]
        assert "my own question" not in kiosk.text


@pytest.mark.parametrize("name", ["SIGTERM", "SIGUSR1", "SIGTRAP", "SIGRTMIN"])
def test_a_signal_that_ends_a_line_session_restores_the_terminal(name: str, tmp_path: Path) -> None:
    with Terminal("read", XDG_CACHE_HOME=str(tmp_path)) as kiosk:
        kiosk.wait("You can type")
        for typed in ("start", "1", "question", "my own question"):
            kiosk.press(f"{typed}\n")
        kiosk.wait("You asked: my own question")
        kiosk.settle(0.3)
        os.kill(kiosk.pid, getattr(signal, name))
        assert kiosk.leave() == 128 + getattr(signal, name)
        assert "my own question" not in kiosk.text
