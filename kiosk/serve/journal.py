"""Logging of the server and of fork servers: one line for each message, on standard error, which
systemd's journal keeps.
"""

from __future__ import annotations

import logging
import sys

FORMAT = "kiosk: %(message)s"
"""One format for every line; the journal adds the time and the process."""


class LineFormatter(logging.Formatter):
    """Log formatter that keeps each message on one line and replaces control characters, so that a
    log cannot send commands to the terminal on which somebody reads it.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """Return the formatted message of a log record, with "?" for each unprintable character,
        line breaks included.
        """
        return "".join(c if c.isprintable() else "?" for c in super().formatMessage(record))


def open_journal(level: int = logging.INFO) -> None:
    """Have every logger of this process write messages of at least this logging level to standard
    error, one line each.

    No message may hold what a visitor typed or was shown. asyncssh's loggers are silenced, because
    their messages have names, addresses and commands; asyncio logs only errors, because any client
    could cause its warnings.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter(FORMAT))
    logging.basicConfig(handlers=[handler], level=level)
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    logging.getLogger("asyncssh").setLevel(logging.CRITICAL + 1)
