"""Logging of the server and of fork servers: set up lines on
standard error, which systemd's journal keeps.
"""

from __future__ import annotations

import logging
import sys

FORMAT = "kiosk: %(message)s"
"""One format for every line; the journal adds the time and the process."""


class LineFormatter(logging.Formatter):
    """Log formatter that keeps each message on one line and takes control characters out of it, so
    that a log cannot command the terminal that shows it.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """Return the line of a record, without what cannot be printed."""
        return "".join(c if c.isprintable() else "?" for c in super().formatMessage(record))


def open_journal(level: int = logging.INFO) -> None:
    """Have every logger of this process write to standard error.

    A line holds nothing that a visitor typed or was shown. asyncssh is silent, because its lines
    have names, addresses and commands; of asyncio any client could cause warnings.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter(FORMAT))
    logging.basicConfig(handlers=[handler], level=level)
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    logging.getLogger("asyncssh").setLevel(logging.CRITICAL + 1)
