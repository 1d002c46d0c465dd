"""Choice of the Textual driver for this system's terminals: POSIX, or a console of Windows."""

from __future__ import annotations

from textual.driver import Driver


def system_driver() -> type[Driver]:
    """Return the driver's class: for a POSIX terminal, or else for a console of Windows."""
    try:
        from kiosk.terminal.driver import TerminalDriver
    except ImportError:  # there is no `termios`
        from kiosk.terminal.console_driver import ConsoleDriver

        return ConsoleDriver
    return TerminalDriver
