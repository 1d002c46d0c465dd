"""Tell systemd how the service is doing (sd_notify(3)).

The console supervisor imports this module: few modules of the standard library.
"""

from __future__ import annotations

import contextlib
import os
import socket


class SystemdNotifier:
    """Notifier of systemd by the socket in `NOTIFY_SOCKET`; does nothing where there is none."""

    def __init__(self) -> None:
        address = os.environ.pop("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        limit = os.environ.pop("WATCHDOG_USEC", "")
        self.every = int(limit) / 2_000_000 if limit.isdecimal() else 0.0
        """Seconds between two signs of life; 0 where systemd waits for none."""

    def ready(self) -> None:
        """Say that the service is ready."""
        self._send("READY=1")

    def alive(self) -> None:
        """Give a sign of life, which systemd's watchdog waits for."""
        self._send("WATCHDOG=1")

    def stopping(self) -> None:
        """Say that the service ends."""
        self._send("STOPPING=1")

    def extend(self, seconds: float) -> None:
        """Ask for this many more seconds in which to end, counted from now."""
        self._send(f"EXTEND_TIMEOUT_USEC={seconds * 1_000_000:.0f}")

    def say(self, sentence: str) -> None:
        """Say for `systemctl status` what the service is doing."""
        self._send(f"STATUS={sentence}")

    def _send(self, text: str) -> None:
        if self._address:
            with (
                contextlib.suppress(OSError),
                socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender,
            ):
                sender.sendto(text.encode(), self._address)
