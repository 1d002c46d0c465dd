"""Ability of this system to run a visit in a process of its own and watch it."""

from __future__ import annotations

import os


def can_run_sessions() -> bool:
    """Return whether visits can be forked and watched here: only Linux has both means."""
    return hasattr(os, "fork") and hasattr(os, "pidfd_open")
