"""Tell systemd the state of this service, and send its watchdog signs of life (sd_notify(3)).

The console supervisor imports this module, so it imports little of the standard library.
"""

from __future__ import annotations

import contextlib
import os
import socket


class SystemdNotifier:
    """Sends systemd messages about this service, over the socket that the variable `NOTIFY_SOCKET`
    names; without the variable every method does nothing. No method raises an error.
    """

    def __init__(self) -> None:
        address = os.environ.pop("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        limit = os.environ.pop("WATCHDOG_USEC", "")
        self.every = int(limit) / 2_000_000 if limit.isdecimal() else 0.0
        """Seconds between two signs of life; 0 where systemd waits for none."""

    def ready(self) -> None:
        """Tell systemd that the service has started and is ready."""
        self._send("READY=1")

    def alive(self) -> None:
        """Send systemd's watchdog a sign of life; without one in time it kills the service."""
        self._send("WATCHDOG=1")

    def stopping(self) -> None:
        """Tell systemd that the service is about to end."""
        self._send("STOPPING=1")

    def extend(self, seconds: float) -> None:
        """Ask systemd to let the service take this many more seconds, from now, to end."""
        self._send(f"EXTEND_TIMEOUT_USEC={seconds * 1_000_000:.0f}")

    def say(self, sentence: str) -> None:
        """Give systemd the sentence that `systemctl status` shows for the service."""
        self._send(f"STATUS={sentence}")

    def _send(self, text: str) -> None:
        if self._address:
            with (
                contextlib.suppress(OSError),
                socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender,
            ):
                sender.sendto(text.encode(), self._address)
