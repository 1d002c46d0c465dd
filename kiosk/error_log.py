"""Log an error after which the program goes on, for whoever looks after the kiosk.

Nothing that a visitor typed or was shown may be in a line: of an error that could quote it, log
`kiosk.errors.raised_at`.
"""

from __future__ import annotations

import atexit
import contextlib
import sys
from typing import TextIO


def log_line(line: str) -> None:
    """Write one line to the log, unprintable characters replaced by "?".

    A process without a log (see `kiosk.serve.journal`) writes it to standard error: where that is
    a terminal, once the process ends, because a visit is shown there until then.
    """
    import logging  # 3 ms that a start need not wait for

    if logging.getLogger().hasHandlers():
        logging.getLogger(__name__).error("%s", line)
        return
    stream = sys.__stderr__  # an app that draws takes `sys.stderr` away meanwhile
    if stream is None:
        return
    text = "kiosk: " + "".join(c if c.isprintable() else "?" for c in line)
    with contextlib.suppress(ValueError):  # it may be closed
        if stream.isatty():
            atexit.register(_print, text, stream)
        else:
            _print(text, stream)


def _print(text: str, stream: TextIO) -> None:
    """Print a line where that is possible: a full disk or a closed pipe must end no visit."""
    with contextlib.suppress(OSError, ValueError):
        print(text, file=stream, flush=True)
