"""The signals that the console supervisor ignores: they would end or stop it, and leave the page.

The console supervisor imports this module: few modules of the standard library.
"""

from __future__ import annotations

import signal

_NAMES = (
    "INT", "QUIT", "TSTP", "TTIN", "TTOU", "USR1", "USR2", "ALRM", "IO", "VTALRM", "PIPE", "ABRT",
    "XCPU", "XFSZ", "PROF", "PWR", "STKFLT",
)  # fmt: skip
IGNORED = (
    *(int(getattr(signal, f"SIG{name}")) for name in _NAMES),
    *range(signal.SIGRTMIN, signal.SIGRTMAX + 1),
)
"""All that can be ignored but those that end it on purpose (SIGTERM, SIGHUP), those that it hears
(SIGCHLD, SIGWINCH), and those of a fault in the process itself."""
