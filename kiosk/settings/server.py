"""Settings of the server: the tables [serve] and [ssh] of kiosk.toml, and `setting()`, which makes
a key of the file. Imports only small modules.

A new setting is one line here or in `settings.model`: a field made by `setting()`, with the rules
that the file's schema checks. The server gets these settings as JSON from a fork server, which has
read the file, and reads them with `settings_from`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from kiosk.fast_dataclass import dataclass, field, fields

_T = TypeVar("_T")

HASH = r"^(scrypt\$[0-9a-f]{32}\$[0-9a-f]{128})?$"
"""Output of `kiosk pin`, or nothing."""


def setting(default: object, *, was: str = "", **rules: object) -> Any:
    """Return a dataclass field that is a key of kiosk.toml, with the rules for its values.

    Args:
        default: the value where the file does not have the key; `dict` for an empty mapping.
        was: an earlier name of the key; a file that still has it gets a problem with the new name.
        rules: arguments of `pydantic.Field`, such as `ge` and `le`.
    """
    metadata = {"was": was, "rules": rules}
    if default is dict:
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


class Auth(StrEnum):
    """Way in which a client of the SSH server logs in: as anybody, with a password, or with a
    public key.
    """

    ANONYMOUS = "anonymous"
    PASSWORD = "password"
    KEYS = "keys"


@dataclass(frozen=True)
class SessionLimits:
    """Table [serve]: limits on the number, duration and resources of sessions; times in seconds."""

    max_sessions: int = setting(200, was="visits", ge=1, le=5000)
    """Sessions at the same time; above that, a client gets the message that the kiosk is busy."""
    spare_workers: int = setting(3, was="waiting", ge=1, le=32)
    """Workers that are forked before a client comes."""
    idle_timeout: float = setting(600.0, was="idle", ge=60, le=86400)
    """Time that a first page may stay untouched before the session ends."""
    max_session_time: float = setting(7200.0, was="longest", ge=300, le=86400)
    """Time that a session may last without starting over, which begins that time again."""
    graceful_timeout: float = setting(600.0, was="drain", ge=0, le=86400)
    """Time that sessions may go on after the service was asked to stop."""
    memory_limit: int = setting(96, was="memory", ge=48, le=4096)
    """MiB that a worker may use beyond what it was forked with."""
    cpu_limit: int = setting(300, was="cpu", ge=30, le=86400)
    """Seconds of a processor that a worker may use."""
    log_addresses: bool = setting(False, was="addresses")
    """True to write the addresses of clients to the journal."""
    max_open_files: int = 64
    """File descriptors that a worker may have open. No key of the file."""


@dataclass(frozen=True)
class ConnectionLimits:
    """Limits in table [ssh] on SSH connections at a time and per minute; 0 stands for no limit."""

    max_connections: int = setting(500, was="connections", ge=0, le=20_000)
    """Connections at the same time."""
    max_connections_per_source: int = setting(30, was="connections-from-one", ge=0, le=20_000)
    """Connections at the same time from one IPv4 address or one IPv6 network of 64 bits."""
    connection_rate: int = setting(1200, was="a-minute", ge=0, le=100_000)
    """New connections in a minute."""
    connection_rate_per_source: int = setting(60, was="a-minute-from-one", ge=0, le=100_000)
    """New connections in a minute from one source."""


@dataclass(frozen=True)
class SshSettings(ConnectionLimits):
    """Table [ssh] of kiosk.toml: address, login and limits of the SSH server; times in seconds."""

    address: str = setting("", pattern=r"^[A-Za-z0-9.:%_-]{0,255}$")
    """Address to listen at; empty for every address of this machine."""
    port: int = setting(2222, ge=0, le=65535)
    """The port that clients connect to."""
    reuse_port: bool = setting(True, was="shared")
    """True to let other servers of this user listen at the port (SO_REUSEPORT)."""
    auth: Auth = setting(Auth.ANONYMOUS, was="entry")
    """The way in which clients say who they are."""
    password: str = setting("", pattern=HASH)
    """Output of `kiosk pin`, for `auth = "password"`."""
    keys: str = setting("")
    """A file as authorized_keys(5), for `auth = "keys"`."""
    ignore_commands: bool = setting(False, was="commands")
    """True if `ssh clinic COMMAND` opens a session; else it gets a message that there are none."""
    max_startups: int = setting(100, was="arriving", ge=5, le=20_000)
    """Connections that are not logged in yet; of more, the oldest is closed."""
    login_grace_time: float = setting(20.0, was="grace", ge=5, le=600)
    """Time to log in, and again from there to open a session."""
    write_timeout: float = setting(60.0, was="unread", ge=5, le=600)
    """Time for which a client may read nothing of what it is sent."""
    max_connection_time: float = setting(14_400.0, was="longest", ge=0, le=86400)
    """Time that a connection may last; 0 for no limit."""
    keepalive_interval: float = setting(20.0, was="keepalive", ge=5, le=600)
    """Idle seconds before each TCP probe, two of which may stay without a reply. An SSH probe is
    sent at every third."""
    log_addresses: bool = False
    """`SessionLimits.log_addresses`, which is the key of the file."""


def settings_from(kind: type[_T], data: object) -> _T:
    """Return settings of the class `kind` from `data`, a parsed JSON object.

    A value that is missing or of another type gets its default, as do all if `data` is no object;
    ranges are not checked.
    """
    values: dict[str, Any] = {}
    for each in fields(kind) if isinstance(data, Mapping) else ():  # type: ignore[arg-type]
        value, default = data.get(each.name), each.default  # type: ignore[attr-defined]
        if isinstance(default, StrEnum) and value in set(type(default)):
            value = type(default)(value)
        elif isinstance(default, float) and type(value) is int:
            value = float(value)
        if type(value) is type(default):
            values[each.name] = value
    return kind(**values)
