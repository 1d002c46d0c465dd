"""State that the SSH server shares with its connections and their handlers, so that these need not
import the server.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from kiosk.serve.pool.session_manager import SessionManager
from kiosk.serve.ssh.input_throttle import RoundRobin
from kiosk.serve.ssh.password_auth import PasswordVerifier
from kiosk.settings.server import SshSettings

ConnectionT = TypeVar("ConnectionT")


@dataclass
class ServerContext(Generic[ConnectionT]):
    """Objects that all connections of one SSH server share: settings in force, password check,
    opener of sessions, and callbacks to the server, which makes this object.
    """

    settings: SshSettings
    """Settings in force now; the server replaces them when they change."""
    passwords: PasswordVerifier
    sessions: SessionManager
    """Opens the sessions."""
    options_in: Callable[[str], Mapping[str, str]]
    """Returns the options of the visit that are named in a login name."""
    turns: RoundRobin
    """Queue of the clients that send more than a person types."""
    on_login: Callable[[ConnectionT], None]
    """Called by a handler when its client has logged in."""
    on_close: Callable[[ConnectionT], None]
    """Called by a handler when its connection has ended."""
