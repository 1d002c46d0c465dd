"""Signals that this system has, and cleaning up before one of them ends the process."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

SIGNALLED = 128
"""Added to a signal's number, it is the exit status of what the signal ended, as in a shell."""


_NOT_ENDING = (
    "SIGKILL", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGCONT", "SIGCHLD", "SIGWINCH",
    "SIGURG", "SIGINFO", "SIGPIPE", "SIGXFSZ", "SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGEMT",
)  # fmt: skip
"""Signals that no process hears of, that stop or tell it something, that Python makes errors of,
and those of a fault in the process itself, after which nothing of it can be relied on."""
ENDING: tuple[int, ...] = tuple(
    sorted(
        int(number)
        for number in signal.valid_signals()
        if getattr(number, "name", "") not in _NOT_ENDING
    )
)
"""All other signals: they end a process, and it may hear of them first."""


def existing(names: Iterable[str]) -> tuple[signal.Signals, ...]:
    """Return the signals with these names that this system has, in the order of the names."""
    return tuple(signal.Signals[name] for name in names if name in signal.Signals.__members__)


@contextmanager
def undone_first() -> Iterator[None]:
    """Have signals that would end the process raise SystemExit in the block of this context
    manager.

    The block can then clean up. The exit status is a shell's: 128 and the signal's number. Ctrl+C
    raises KeyboardInterrupt as ever, and the handlers from before are set again at the end.
    """
    ending = [number for number in ENDING if number != signal.SIGINT]
    before = {number: signal.signal(number, _leave) for number in ending}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def _leave(number: int, _: object) -> None:
    raise SystemExit(SIGNALLED + number)
