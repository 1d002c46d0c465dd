"""The signals of keys (Ctrl+C, Ctrl+\\, Ctrl+Z) in the first moments of a process.

Until it is known whether this terminal is unattended they are blocked: they wait in the kernel. The
C module under `signal` is used, because this is imported before anything else.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]

_NAMES = ("SIGINT", "SIGQUIT", "SIGTSTP")
KEY_SIGNALS = tuple(getattr(_signal, name) for name in _NAMES if hasattr(_signal, name))
_CAN_BLOCK = hasattr(_signal, "pthread_sigmask")
"""False on Windows, which has no unattended kiosk."""


def block() -> None:
    """Block the signals until `release` or `ignore`."""
    if _CAN_BLOCK:
        _signal.pthread_sigmask(_signal.SIG_BLOCK, KEY_SIGNALS)


def release() -> None:
    """Unblock the signals: they end or stop this process again, pending ones at once."""
    if _CAN_BLOCK:
        _signal.pthread_sigmask(_signal.SIG_UNBLOCK, KEY_SIGNALS)


def ignore() -> None:
    """Drop pending signals and ignore later ones, also in a program that this process executes."""
    for number in KEY_SIGNALS:
        _signal.signal(number, _signal.SIG_IGN)
    release()
