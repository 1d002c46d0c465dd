"""Every signal that ends a process is heard by whoever has a terminal to give back."""

from __future__ import annotations

import signal

from kiosk.lines.stdin import _ENDING
from kiosk.serve.console.signals import IGNORED
from kiosk.system.signals import ENDING
from kiosk.terminal.driver import TerminalDriver

UNHEARD = {signal.SIGKILL, signal.SIGSTOP}
HARMLESS = {signal.SIGCONT, signal.SIGCHLD, signal.SIGWINCH, signal.SIGURG}
STOPPING = {signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU}
ERRORS = {signal.SIGPIPE, signal.SIGXFSZ}
FAULTS = {signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL}


def test_no_signal_that_can_be_heard_leaves_the_terminal_taken() -> None:
    ending = signal.valid_signals() - UNHEARD - HARMLESS - STOPPING - ERRORS - FAULTS
    assert {signal.SIGTERM, signal.SIGTRAP, signal.SIGRTMIN, signal.SIGRTMAX} <= ending
    assert set(ENDING) == ending
    assert set(TerminalDriver.ending) == ending
    assert set(_ENDING) == ending - {signal.SIGINT, signal.SIGQUIT}


def test_the_supervisor_ignores_every_signal_that_it_can() -> None:
    heard = signal.valid_signals() - UNHEARD - HARMLESS - FAULTS
    assert set(IGNORED) == heard
