"""The SSH door of a house: opened where the settings say, and kept to them as they change."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk.password_hash import verify_password
from kiosk.serve import tcp
from kiosk.serve.pool.login_name import parse_login_name
from kiosk.serve.pool.session_manager import SessionManager
from kiosk.serve.ssh.host_key import fingerprint, host_key, public_line, state_folder
from kiosk.serve.ssh.server import SSHServer
from kiosk.settings.server import SshSettings

TELLS_EVERY = 60
"""Looks, a second apart, after which those who were turned away are told to the journal."""


class SSHService:
    """Opens the door of `house`; raises OSError, ValueError or `host_key.Unkept`.

    Args:
        house: that is open, and so knows the settings.
        told: `port` and `state`, where the command line said so.
        given: the listening sockets that systemd has opened.
        log: takes a line for the journal.
    """

    def __init__(
        self,
        house: SessionManager,
        told: Mapping[str, Any],
        given: list[socket.socket],
        log: Callable[[str], None],
    ) -> None:
        self._house = house
        self._told = told
        self._log = log
        self._rules = self._now()
        key = host_key(Path(told["state"]) if told.get("state") else state_folder())
        self.door = SSHServer(
            house,
            self._rules,
            key,
            fits=verify_password,
            wants_in=lambda name: parse_login_name(name, house.workshops.known),
            log=log,
        )
        rules = self._rules
        sockets = given or tcp.listen(rules.address, rules.port, shared=rules.reuse_port)
        self.door.open(sockets)
        self._looks = 0
        self._refused = 0
        port = sockets[0].getsockname()[1]
        log(f"listening for SSH at port {port}; the key is {fingerprint(public_line(key))}")

    def poll_settings(self) -> None:
        """Once a second: have the settings changed, and was anybody turned away?"""
        if (rules := self._now()) != self._rules:
            self._rules = rules
            try:
                self.door.reconfigure(rules)
            except (OSError, ValueError) as why:
                self._log(f"new settings of the SSH door cannot be used: {why}")
        self._looks += 1
        if self._looks % TELLS_EVERY == 0 and self.door.refused > self._refused:
            self._log(f"{self.door.refused - self._refused} were turned away at the SSH door")
            self._refused = self.door.refused

    def close(self) -> None:
        """Let in nobody more; those who are here stay."""
        self.door.close()

    async def wait_closed(self) -> None:
        """Close every connection."""
        await self.door.wait_closed()

    def _now(self) -> SshSettings:
        rules = self._house.workshops.ssh
        port = self._told.get("port")
        return rules if port is None else replace(rules, port=int(port))
