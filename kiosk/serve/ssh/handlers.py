"""What the SSH door says to asyncssh, and hears of it; with `ssh_line` all that knows asyncssh.

Its rules:

1.  One connection is one visit. There is no command, no file transfer, no forwarding of any kind,
    no agent, no X11, no variable: whatever else is asked for is refused by name.
2.  Nobody is waited for: for coming in, for beginning, for reading what is sent. Each has a limit.
3.  What one client sends or leaves unread costs a bounded amount of memory and of time.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import asyncssh

from kiosk import fallback_messages
from kiosk.serve.pool.session_manager import CLOSING
from kiosk.serve.ssh.connection import BEHIND, Channel, Connection
from kiosk.serve.ssh.options import PACKET, WINDOW, connection_options
from kiosk.serve.ssh.remote_session import ChannelRequest, RemoteSession
from kiosk.settings.server import Auth, SshSettings

if TYPE_CHECKING:
    from kiosk.serve.ssh.server import SSHServer

TRIES = 6
"""Keys or passwords that may be offered."""
GOES = 5.0
"""Seconds that a client has for closing when its visit is over."""


class ConnectionHandler(asyncssh.SSHServer):
    """One connection, from the first byte to the last."""

    def __init__(self, door: SSHServer) -> None:
        self._door = door
        self._line: Connection | None = None
        self._session: _VisitSession | None = None
        self._tries = 0
        self.name = ""

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """The connection is there."""
        assert isinstance(conn, Connection)
        self._line = conn
        conn.visitor = self

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection has ended."""
        if self._line is not None:
            self._door.on_connection_lost(self._line)

    def begin_auth(self, username: str) -> bool:
        """Whether this one has to show anything."""
        self.name = username
        self._count_a_try()
        return self._door.rules.auth != Auth.ANONYMOUS

    def password_auth_supported(self) -> bool:
        """Whether a password is asked for."""
        return self._door.rules.auth == Auth.PASSWORD

    async def validate_password(self, username: str, password: str) -> bool:
        """Whether it is the right one."""
        self._count_a_try()
        assert self._line is not None
        return await self._door.passwords.verify(password, self._line.address)

    def public_key_auth_supported(self) -> bool:
        """Whether a key is asked for."""
        return self._door.rules.auth == Auth.KEYS

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Never: those of the file are known already, and another is one more try."""
        self._count_a_try()
        return False

    def auth_completed(self) -> None:
        """It has come in."""
        assert self._line is not None
        self._door.on_login(self._line)

    def session_requested(self) -> Any:
        """The one session that there is; it takes no variables."""
        if self._session is not None or self._line is None:
            raise asyncssh.ChannelOpenError(
                asyncssh.OPEN_RESOURCE_SHORTAGE, "One visit a connection"
            )
        loop = asyncio.get_running_loop()
        self._session = _VisitSession(self._door, self._line, self.name)
        channel = Channel(
            self._line, loop, True, False, False, 0, 0, None, "strict", WINDOW, PACKET
        )
        return channel, self._session

    def connection_requested(self, *_: object) -> NoReturn:
        """Nothing is forwarded, and the client is told so, not that nobody answered there."""
        raise _prohibited()

    def unix_connection_requested(self, dest_path: str) -> NoReturn:
        """The same; what is not named here asyncssh refuses by itself."""
        raise _prohibited()

    @property
    def has_begun(self) -> bool:
        """Whether a visit was asked for."""
        return self._session is not None and self._session.has_begun

    def set_reading_paused(self, why: str, is_slow: bool) -> None:
        """What is sent waits, or goes on."""
        if self._session is not None:
            self._session.set_reading_paused(why, is_slow)

    def detach(self) -> None:
        """It has ended."""
        self._line = self._session = None

    def _count_a_try(self) -> None:
        self._tries += 1
        if self._tries > TRIES:
            raise asyncssh.DisconnectError(
                asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, "Too many tries"
            )


def _prohibited() -> asyncssh.ChannelOpenError:
    return asyncssh.ChannelOpenError(
        asyncssh.OPEN_ADMINISTRATIVELY_PROHIBITED, "Nothing is forwarded"
    )


class _VisitSession(asyncssh.SSHServerSession[bytes]):
    """What the client says of its one channel, handed to a visit; and the way back."""

    def __init__(self, door: SSHServer, line: Connection, name: str) -> None:
        self._door = door
        self._line = line
        self._name = name
        self._channel: asyncssh.SSHServerChannel[bytes] | None = None
        self._size: tuple[int, int] | None = None
        self._term = ""
        self._is_command = False
        self._visit: RemoteSession | None = None
        self._slow: set[str] = set()
        self.has_begun = False

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan
        chan.set_write_buffer_limits(BEHIND)

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: Mapping[int, int]
    ) -> bool:
        self._term, self._size = term_type, term_size[:2]
        return True

    def shell_requested(self) -> bool:
        return True

    def exec_requested(self, command: str) -> bool:
        self._is_command = not self._door.rules.ignore_commands
        return True

    def subsystem_requested(self, subsystem: str) -> bool:
        return False

    def session_started(self) -> None:
        self.has_begun = True
        if self._is_command:
            self._say(fallback_messages.NO_COMMANDS)
            return
        rules = self._door.rules
        self._visit = RemoteSession(
            self._door.house, self, unread=rules.write_timeout, longest=rules.max_connection_time
        )
        asked = ChannelRequest(self._size, self._term, self._door.wants_in(self._name))
        if not self._visit.begin(asked):
            self._visit = None
            closing = self._door.house.why_not == CLOSING
            self._say(fallback_messages.CLOSING if closing else fallback_messages.FULL)

    def data_received(self, data: bytes, datatype: int | None) -> None:
        if self._visit is not None:
            self._visit.data_received(data)

    def eof_received(self) -> bool:
        if self._visit is not None:
            self._visit.eof_received()
        return True  # we may still say something

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        if self._visit is not None:
            self._visit.resized(width, height)
        elif self._size is not None:
            self._size = width, height

    def pause_writing(self) -> None:
        self.set_reading_paused("window", True)

    def resume_writing(self) -> None:
        self.set_reading_paused("window", False)

    def set_reading_paused(self, why: str, is_slow: bool) -> None:
        """The wire or the window is full, or has room again."""
        was_slow = bool(self._slow)
        (self._slow.add if is_slow else self._slow.discard)(why)
        if self._visit is not None and was_slow != bool(self._slow):
            (self._visit.pause_writing if self._slow else self._visit.resume_writing)()

    def connection_lost(self, exc: Exception | None) -> None:
        visit, self._visit, self._channel = self._visit, None, None
        if visit is not None:
            visit.connection_lost()
        self._line.close()

    # -- the channel of a visit

    def write(self, data: bytes) -> None:
        """Send this."""
        if self._channel is not None:
            with contextlib.suppress(OSError):  # it closes
                self._channel.write(data)

    def may_send(self, may: bool) -> None:
        """Have the client send more, or wait."""
        if self._channel is not None:
            (self._channel.resume_reading if may else self._channel.pause_reading)()

    def exit(self, status: int) -> None:
        """Nothing more comes."""
        if self._channel is not None:
            with contextlib.suppress(OSError):
                self._channel.exit(status)
        self._line.close_within(GOES)

    def abort(self) -> None:
        """Close at once."""
        self._line.abort()

    def _say(self, words: str) -> None:
        if self._channel is not None:
            if self._size is None:
                self._channel.write_stderr(words.encode() + b"\n")
            else:
                self._channel.write(words.encode() + b"\r\n")
        self.exit(1)


def options_for(
    rules: SshSettings, host_key: bytes, door: SSHServer
) -> asyncssh.SSHServerConnectionOptions:
    """What asyncssh is told, once for all connections.

    Raises OSError or ValueError where the file of public keys cannot be read.
    """
    # It would tell the journal names, addresses and commands.
    logging.getLogger("asyncssh").setLevel(logging.CRITICAL + 1)
    known = asyncssh.read_authorized_keys([rules.keys]) if rules.auth == Auth.KEYS else None
    return asyncssh.SSHServerConnectionOptions(
        server_factory=lambda: ConnectionHandler(door),
        server_host_keys=[asyncssh.import_private_key(host_key)],
        authorized_client_keys=known,
        **connection_options(rules),
    )
