"""Entry point of `kiosk`: `kiosk attach` at once, everything else by `kiosk.cli.main`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> int:
    """Run `kiosk` with the arguments of this process (`sys.argv`); return the exit status."""
    if sys.argv[1:2] == ["attach"] and hasattr(
        os, "fork"
    ):  # it must start in milliseconds: before anything is imported
        from kiosk.serve.attach import main as attach

        return attach(sys.argv[2:])
    from kiosk.cli import key_signals

    key_signals.block()  # a key must not end an unattended kiosk that is about to start
    gc.disable()  # a start makes no garbage worth collecting; the app turns it on again
    from kiosk.cli.main import main as run_command

    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
