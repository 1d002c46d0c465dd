"""The driver of this system's own terminal."""

from __future__ import annotations

from textual.driver import Driver


def system_driver() -> type[Driver]:
    """Return the driver for a POSIX terminal, or for a console of Windows."""
    try:
        from kiosk.terminal.driver import TerminalDriver
    except ImportError:  # there is no `termios`
        from kiosk.terminal.console_driver import ConsoleDriver

        return ConsoleDriver
    return TerminalDriver
