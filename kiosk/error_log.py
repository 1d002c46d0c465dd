"""Log a problem after which the program goes on, for whoever looks after the kiosk.

Nothing that a visitor typed or was shown may be in a line: of an error that could quote it, log
`kiosk.errors.raised_at`.
"""

from __future__ import annotations

import atexit
import sys


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
    if stream.isatty():
        atexit.register(print, text, file=stream)
    else:
        print(text, file=stream, flush=True)
