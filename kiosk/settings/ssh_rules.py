"""What the SSH door keeps to: who may come in, how many, how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from kiosk.fast_dataclass import dataclass
from kiosk.serve.ssh.admission import ConnectionLimits

ANONYMOUS, PASSWORD, KEYS = "anonymous", "password", "keys"
REFUSE, VISIT = "refuse", "visit"


@dataclass(frozen=True)
class SshSettings:
    """Of one door. Times are in seconds; 0 stands for no limit where nothing else is said."""

    address: str = ""
    """Where to listen; empty for all of this machine."""
    port: int = 2222
    shared: bool = True
    """Whether other servers listen at the same port, each for some of the visitors."""
    entry: str = ANONYMOUS
    """`ANONYMOUS`, `PASSWORD` or `KEYS`."""
    password: str = ""
    """What `kiosk pin` made of it."""
    keys: str = ""
    """A file of public keys, as in authorized_keys(5)."""
    commands: str = REFUSE
    """Whether one who sends a command is told that there are none (`REFUSE`), or the command is not
    looked at and they have their `VISIT`."""
    connections: int = 500
    connections_from_one: int = 30
    a_minute: int = 1200
    a_minute_from_one: int = 60
    arriving: int = 100
    """Connections that have not come in yet; of more, the oldest is closed."""
    grace: float = 20.0
    """For coming in, and then for beginning a visit."""
    unread: float = 60.0
    """For which a client may take nothing of what is sent."""
    longest: float = 14_400.0
    """For one connection in all."""
    keepalive: float = 20.0
    """Between two questions whether the client's machine is still there; it may miss two. Its
    program is asked three times as rarely."""
    addresses: bool = False
    """Whether the journal may hold the addresses of those who come."""

    @property
    def limits(self) -> ConnectionLimits:
        """The limits at the door."""
        return ConnectionLimits(
            self.connections, self.connections_from_one, self.a_minute, self.a_minute_from_one
        )


def ssh_settings_in(told: object) -> SshSettings:
    """The rules in a message; the usual ones for what it does not say, or says otherwise."""
    said: dict[str, Any] = {}
    if isinstance(told, Mapping):
        for one in fields(SshSettings):
            value = told.get(one.name)
            if isinstance(one.default, float) and type(value) is int:
                value = float(value)
            if type(value) is type(one.default):
                said[one.name] = value
    return SshSettings(**said)
