"""Callbacks of asyncssh for each SSH connection and for its one session: logging in, opening the
session, input, output, end.

Only this file and `connection` import asyncssh. The rules that the handlers keep:

1.  One connection is one session. There is no command, no file transfer, no forwarding of any kind,
    no agent, no X11, no environment variable: each is refused by name.
2.  Logging in, opening a session, and reading what is sent: each has a time limit.
3.  What one client sends or leaves unread costs a bounded amount of memory and of time.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import asyncssh

from kiosk import fallback_messages
from kiosk.serve.pool.session import Refused
from kiosk.serve.ssh.connection import MAX_UNSENT, Channel, Connection
from kiosk.serve.ssh.context import ServerContext
from kiosk.serve.ssh.options import PACKET, WINDOW, connection_options
from kiosk.serve.ssh.remote_session import ChannelRequest, RemoteSession
from kiosk.settings.server import Auth, SshSettings

MAX_AUTH_TRIES = 6
"""Keys or passwords that may be offered."""
CLOSE_TIMEOUT = 5.0
"""Seconds that a client has for closing its connection after its session."""

Context = ServerContext[Connection]


class ConnectionHandler(asyncssh.SSHServer):
    """Handles one connection for asyncssh, which calls its methods: lets the client log in, opens
    its one session, and refuses all else.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._connection: Connection | None = None
        self._session: _SessionHandler | None = None
        self._auth_tries = 0
        self.username = ""

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Tie this handler and its new connection to each other."""
        assert isinstance(conn, Connection)
        self._connection = conn
        conn.handler = self

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the server, by its `on_close`, that the connection has ended."""
        if self._connection is not None:
            self._context.on_close(self._connection)

    def begin_auth(self, username: str) -> bool:
        """Store the user name that the client sent, and return whether it must authenticate: True
        unless the settings let everyone in. Raises DisconnectError after too many tries.
        """
        self.username = username
        self._count_auth_try()
        return self._context.settings.auth != Auth.ANONYMOUS

    def password_auth_supported(self) -> bool:
        """Return whether the settings have clients log in with the visitors' password."""
        return self._context.settings.auth == Auth.PASSWORD

    async def validate_password(self, username: str, password: str) -> bool:
        """Return whether the password is right; any user name will do, and on a connection that has
        ended no password. Raises DisconnectError after too many tries.
        """
        self._count_auth_try()
        connection, passwords = self._connection, self._context.passwords
        return connection is not None and await passwords.verify(password, connection.address)

    def public_key_auth_supported(self) -> bool:
        """Return whether the settings have clients log in with a key from a file of authorized
        keys.
        """
        return self._context.settings.auth == Auth.KEYS

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Return False: asyncssh asks only about keys that the file of authorized keys lacks.
        Counts the try, and raises DisconnectError after too many.
        """
        self._count_auth_try()
        return False

    def auth_completed(self) -> None:
        """Tell the server, by its `on_login`, that the client has logged in."""
        if self._connection is not None:  # else it has ended
            self._context.on_login(self._connection)

    def session_requested(self) -> Any:
        """Return the channel and handler of a new session; raises ChannelOpenError if the
        connection has had one.
        """
        if self._session is not None or self._connection is None:
            raise asyncssh.ChannelOpenError(
                asyncssh.OPEN_RESOURCE_SHORTAGE, "One visit a connection"
            )
        loop = asyncio.get_running_loop()
        self._session = _SessionHandler(self._context, self._connection, self.username)
        channel = Channel(
            self._connection, loop, True, False, False, 0, 0, None, "strict", WINDOW, PACKET
        )
        return channel, self._session

    def connection_requested(self, *_: object) -> NoReturn:
        """Refuse to forward a TCP connection: always raises ChannelOpenError."""
        raise _prohibited()

    def unix_connection_requested(self, dest_path: str) -> NoReturn:
        """Refuse a client's request to forward to a Unix socket: always raises ChannelOpenError.
        Other kinds of forwarding asyncssh refuses by itself.
        """
        raise _prohibited()

    @property
    def has_begun(self) -> bool:
        """True if the client has opened a session and asked for a shell or a command in it."""
        return self._session is not None and self._session.has_begun

    def set_writing_paused(self, reason: str, is_paused: bool) -> None:
        """Stop (`is_paused`) or resume sending the session's output, for this reason; nothing
        happens where there is no session.
        """
        if self._session is not None:
            self._session.set_writing_paused(reason, is_paused)

    def detach(self) -> None:
        """Drop the references to the ended connection and its session; frees their memory."""
        self._connection = self._session = None

    def _count_auth_try(self) -> None:
        self._auth_tries += 1
        if self._auth_tries > MAX_AUTH_TRIES:
            raise asyncssh.DisconnectError(
                asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, "Too many tries"
            )


def _prohibited() -> asyncssh.ChannelOpenError:
    return asyncssh.ChannelOpenError(
        asyncssh.OPEN_ADMINISTRATIVELY_PROHIBITED, "Nothing is forwarded"
    )


class _SessionHandler(asyncssh.SSHServerSession[bytes]):
    """The callbacks of the one session of a connection; also the `ClientChannel` of its visit."""

    def __init__(self, context: Context, connection: Connection, username: str) -> None:
        self._context = context
        self._connection = connection
        self._username = username
        self._channel: asyncssh.SSHServerChannel[bytes] | None = None
        self._size: tuple[int, int] | None = None
        self._term = ""
        self._is_command = False
        self._remote: RemoteSession | None = None
        self._paused_by: set[str] = set()
        self.has_begun = False

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan
        chan.set_write_buffer_limits(MAX_UNSENT)

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: Mapping[int, int]
    ) -> bool:
        self._term, self._size = term_type, term_size[:2]
        return True

    def shell_requested(self) -> bool:
        return True

    def exec_requested(self, command: str) -> bool:
        self._is_command = not self._context.settings.ignore_commands
        return True

    def subsystem_requested(self, subsystem: str) -> bool:
        return False

    def session_started(self) -> None:
        self.has_begun = True
        if self._is_command:
            self._refuse(fallback_messages.NO_COMMANDS)
            return
        settings = self._context.settings
        remote = RemoteSession(
            self._context.sessions,
            self,
            write_timeout=settings.write_timeout,
            max_time=settings.max_connection_time,
        )
        options = self._context.options_in(self._username)
        try:
            remote.begin(ChannelRequest(self._size, self._term, options))
        except Refused as refused:
            self._refuse(fallback_messages.REFUSED_SESSION[refused.reason])
        else:
            self._remote = remote

    def data_received(self, data: bytes, datatype: int | None) -> None:
        if self._remote is not None:
            self._remote.data_received(data)

    def eof_received(self) -> bool:
        if self._remote is not None:
            self._remote.eof_received()
        return True  # there may still be something to send

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        if self._remote is not None:
            self._remote.resized(width, height)
        elif self._size is not None:
            self._size = width, height

    def pause_writing(self) -> None:
        self.set_writing_paused("window", True)

    def resume_writing(self) -> None:
        self.set_writing_paused("window", False)

    def set_writing_paused(self, reason: str, is_paused: bool) -> None:
        """Note that the transport or the window is full, or has room; sending needs both."""
        was_paused = bool(self._paused_by)
        (self._paused_by.add if is_paused else self._paused_by.discard)(reason)
        if self._remote is not None and was_paused != bool(self._paused_by):
            (self._remote.pause_writing if self._paused_by else self._remote.resume_writing)()

    def connection_lost(self, exc: Exception | None) -> None:
        remote, self._remote, self._channel = self._remote, None, None
        if remote is not None:
            remote.connection_lost()
        self._connection.close()

    # -- the ClientChannel

    def write(self, data: bytes) -> None:
        """Send data to the client."""
        if self._channel is not None:
            with contextlib.suppress(OSError):  # it closes
                self._channel.write(data)

    def set_receiving(self, may_send: bool) -> None:
        """Let the client send, or have it wait."""
        if self._channel is not None:
            (self._channel.resume_reading if may_send else self._channel.pause_reading)()

    def confirm(self, on_taken: Callable[[], None]) -> None:
        """Call `on_taken` when the client has taken all that was sent so far."""
        self._connection.confirm(on_taken)

    def exit(self, status: int) -> None:
        """Send the exit status; nothing more comes."""
        if self._channel is not None:
            with contextlib.suppress(OSError):
                self._channel.exit(status)
        self._connection.close_within(CLOSE_TIMEOUT)

    def abort(self) -> None:
        """Close the connection at once."""
        self._connection.abort()

    def _refuse(self, sentence: str) -> None:
        if self._channel is not None:
            if self._size is None:
                self._channel.write_stderr(sentence.encode() + b"\n")
            else:
                self._channel.write(sentence.encode() + b"\r\n")
        self.exit(1)


def options_for(
    settings: SshSettings, host_key: bytes, context: Context
) -> asyncssh.SSHServerConnectionOptions:
    """Return the asyncssh options that all connections of the server share: host key, ways to log
    in, the making of a `ConnectionHandler` for each.

    Raises OSError or ValueError if the file of authorized keys cannot be read.

    Args:
        settings: settings of the SSH server.
        host_key: the private host key, in OpenSSH's format.
        context: given to each `ConnectionHandler`.
    """
    uses_keys = settings.auth == Auth.KEYS
    return asyncssh.SSHServerConnectionOptions(
        server_factory=lambda: ConnectionHandler(context),
        server_host_keys=[asyncssh.import_private_key(host_key)],
        authorized_client_keys=asyncssh.read_authorized_keys([settings.keys])
        if uses_keys
        else None,
        **connection_options(settings),
    )
