"""Block, release or ignore the signals of Ctrl+C, Ctrl+\\ and Ctrl+Z while a process starts.

They are blocked, so that they wait in the kernel, until the settings have said whether this
terminal is unattended. `_signal`, the C module under `signal`, is used, because this module is
imported before anything else.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]

_NAMES = ("SIGINT", "SIGQUIT", "SIGTSTP")
KEY_SIGNALS = tuple(getattr(_signal, name) for name in _NAMES if hasattr(_signal, name))
_CAN_BLOCK = hasattr(_signal, "pthread_sigmask")
"""False on Windows, which has no unattended kiosk."""


def block() -> None:
    """Block the signals of Ctrl+C, Ctrl+\\ and Ctrl+Z until `release` or `ignore` is called."""
    if _CAN_BLOCK:
        _signal.pthread_sigmask(_signal.SIG_BLOCK, KEY_SIGNALS)


def release() -> None:
    """Unblock the signals of Ctrl+C, Ctrl+\\ and Ctrl+Z, so that they end or stop this process; one
    that has waited does so at once.
    """
    if _CAN_BLOCK:
        _signal.pthread_sigmask(_signal.SIG_UNBLOCK, KEY_SIGNALS)


def ignore() -> None:
    """Ignore the signals of Ctrl+C, Ctrl+\\ and Ctrl+Z from now on, and drop those that wait; a
    program that this process executes ignores them, too.
    """
    for number in KEY_SIGNALS:
        _signal.signal(number, _signal.SIG_IGN)
    release()
