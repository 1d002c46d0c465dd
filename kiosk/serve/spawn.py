"""Starting processes of this program: interpreters that obey no variable."""

from __future__ import annotations

import os
import sys

_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
"""The folder that has the package `kiosk`."""


def python_command(module: str, argument: str) -> list[str]:
    """Return the command that calls `main(argument)` of a module.

    Its interpreter is isolated: it obeys no variable of Python's and no module of the user's.
    """
    code = (
        f"import sys; sys.path.insert(0, {_ROOT!r}); from {module} import main; main(sys.argv[1])"
    )
    return [sys.executable, "-I", "-X", "utf8", "-c", code, argument]
