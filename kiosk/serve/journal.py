"""The log of the server and of fork servers: lines on standard error, which the journal keeps."""

from __future__ import annotations

import logging
import sys

FORMAT = "kiosk: %(message)s"
"""One format for every line; the journal adds the time and the process."""


def open_journal(level: int = logging.INFO) -> None:
    """Have every logger of this process write to standard error.

    A line holds nothing that a visitor typed or was shown. asyncssh is silent, because its lines
    have names, addresses and commands.
    """
    logging.basicConfig(stream=sys.stderr, format=FORMAT, level=level)
    logging.getLogger("asyncssh").setLevel(logging.CRITICAL + 1)
