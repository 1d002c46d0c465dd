"""What systemd is told, where it listens (sd_notify(3)).

Standard library only: the attendant imports this.
"""

from __future__ import annotations

import contextlib
import os
import socket


class SystemdNotifier:
    """Sends to the socket that `NOTIFY_SOCKET` names; does nothing where there is none."""

    def __init__(self) -> None:
        address = os.environ.pop("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        limit = os.environ.pop("WATCHDOG_USEC", "")
        self.every = int(limit) / 2_000_000 if limit.isdecimal() else 0.0
        """Seconds between two signs of life; 0 where nobody waits for them."""

    def ready(self) -> None:
        """The first page is on the screen."""
        self._send("READY=1")

    def alive(self) -> None:
        """The kiosk does what it should."""
        self._send("WATCHDOG=1")

    def stopping(self) -> None:
        """It ends."""
        self._send("STOPPING=1")

    def _send(self, text: str) -> None:
        if self._address:
            with (
                contextlib.suppress(OSError),
                socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as one,
            ):
                one.sendto(text.encode(), self._address)
