"""The SSH service of `kiosk serve --ssh`: it makes the host key and the SSH server, listens where
the settings say, and applies changed settings.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.fast_dataclass import replace
from kiosk.password_hash import verify_password
from kiosk.serve.pool.login_name import parse_login_name
from kiosk.serve.pool.session_manager import SessionManager
from kiosk.serve.sockets import listen_tcp
from kiosk.serve.ssh.host_key import fingerprint, host_key, public_line, state_folder
from kiosk.serve.ssh.server import SSHServer
from kiosk.settings.server import SshSettings

POLLS_PER_REPORT = 60
"""Polls, a second apart, between two reports of how many connections were refused."""

logger = logging.getLogger(__name__)


class SSHService:
    """Makes an SSH server whose sessions come from `manager`, and begins to listen; raises OSError,
    ValueError or HostKeyError if that fails.

    Args:
        manager: the session manager, started, so that it knows the settings.
        options: options of the command line; `port` and `state` (the host key's folder) are used,
            where they are set.
        inherited: listening sockets that systemd has opened; if empty, new ones are opened.
    """

    def __init__(
        self, manager: SessionManager, options: Mapping[str, Any], inherited: list[socket.socket]
    ) -> None:
        self._manager = manager
        self._options = options
        self._settings = settings = self._current_settings()
        state = options.get("state")
        key = host_key(Path(state) if state else state_folder())
        self.server = SSHServer(
            manager,
            settings,
            key,
            verify=verify_password,
            options_in=lambda name: parse_login_name(name, manager.fork_servers.known),
        )
        listeners = inherited or listen_tcp(
            settings.address, settings.port, reuse_port=settings.reuse_port
        )
        self.server.open(listeners)
        self._polls = 0
        self._reported = 0
        port = listeners[0].getsockname()[1]
        logger.info(
            "listening for SSH at port %s; the key is %s", port, fingerprint(public_line(key))
        )

    def poll_settings(self) -> None:
        """Apply the settings if they have changed, and log once a minute how many connections were
        refused. To be called once a second.
        """
        if (settings := self._current_settings()) != self._settings:
            self._settings = settings
            try:
                self.server.reconfigure(settings)
            except (OSError, ValueError) as error:
                logger.error("the new settings of [ssh] cannot be used: %s", error)
        self._polls += 1
        if self._polls % POLLS_PER_REPORT == 0 and self.server.refused > self._reported:
            count = self.server.refused - self._reported
            logger.warning("%s SSH connections were refused", count)
            self._reported = self.server.refused

    def close(self) -> None:
        """Close the listening sockets: no more connections are accepted; open ones stay."""
        self.server.close()

    async def wait_closed(self) -> None:
        """Close every connection, after a short time for clients to read
        how their session ended.
        """
        await self.server.wait_closed()

    def _current_settings(self) -> SshSettings:
        settings = self._manager.fork_servers.ssh
        port = self._options.get("port")
        return settings if port is None else replace(settings, port=int(port))
