"""Bounds on how long something may take: held where times mean something."""

from __future__ import annotations

import os

TIMED = "KIOSK_TIMED"
"""Set by `python3 dev.py second-tier`, which has the machine to itself."""


def check_time(took: float, most: float, what: str = "it") -> None:
    """Print how many seconds something took; fail if that is more than `most` in the second tier.

    A daily test runs beside others on a machine of any speed, so a time never fails it. Mark its
    test `timed`, so that the second tier runs it, too.
    """
    print(f"\n{what} took {took:.2f} s, of {most:g} s")
    if os.environ.get(TIMED):
        assert took < most, f"{what} took {took:.2f} s, more than {most:g} s"
