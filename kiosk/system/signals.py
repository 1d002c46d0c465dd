"""Signals, of those that each system has."""

from __future__ import annotations

import signal
from collections.abc import Iterable

SIGNALLED = 128
"""Added to a signal's number, it is the exit status of what the signal ended, as in a shell."""


def existing(names: Iterable[str]) -> tuple[signal.Signals, ...]:
    """Return the signals of these names that this system has, in their order."""
    return tuple(signal.Signals[name] for name in names if name in signal.Signals.__members__)
