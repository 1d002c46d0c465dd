"""A subclass of asyncssh's server connection with bounded memory and a bounded rate of input.

By itself asyncssh (1) stores every environment variable that a client sends, (2) goes on sending
to a transport that is full, (3) reads without limit, (4) builds its options again for every user
name, and (5) keeps reference cycles. `Connection` and `Channel` do none of it, and tests check
that. For this they use private names of asyncssh and of asyncio's transport, which no other file
does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

import asyncssh
from asyncssh.packet import SSHPacket

from kiosk.serve.ssh.context import ServerContext
from kiosk.serve.ssh.input_throttle import InputThrottle

MAX_UNSENT = 32_768
"""Bytes that may wait for a client; beyond that its worker waits."""
MAX_RECEIVED = 16_384
"""Bytes that are read from a client at once."""
IGNORED_KEY_OPTIONS = ("command", "environment")
"""Options of a line of authorized_keys that are ignored: a visit is the same for everyone."""


class Channel(asyncssh.SSHServerChannel[bytes]):
    """An asyncssh session channel that refuses the environment variables which a client sends."""

    def _process_env_request(self, packet: SSHPacket) -> bool:
        return False


class Handler(Protocol):
    """Interface of the object that handles a `Connection`'s session: tells whether that has begun,
    pauses its output, and lets go of the connection. `handlers.ConnectionHandler` is one.
    """

    @property
    def has_begun(self) -> bool:
        """True if the client has opened a session and asked for a shell or a command in it."""
        ...

    def set_writing_paused(self, reason: str, is_paused: bool) -> None:
        """Stop (`is_paused`) or resume sending the session's output; it is sent only while no
        reason for a pause is left. `reason` names this one, such as `transport`.
        """
        ...

    def detach(self) -> None:
        """Drop every reference to the connection, which has ended, so that its memory is freed."""
        ...


class Connection(asyncssh.SSHServerConnection):
    """SSH connection of one client, which bounds the bytes that wait in either direction and the
    rate at which the client's bytes are read.
    """

    def __init__(
        self,
        options: asyncssh.SSHServerConnectionOptions,
        context: ServerContext[Connection],
        address: str,
    ) -> None:
        loop = asyncio.get_running_loop()
        super().__init__(loop, options)
        self.address = address
        self._throttle = InputThrottle(
            self._parse, self._set_receiving, self.abort, context.turns, loop
        )
        self._packets = 0
        """Packets that have become whole and are not counted yet."""
        self.handler: Handler | None = None
        self._socket_transport: asyncio.Transport | None = None
        self._confirming: asyncio.Task[None] | None = None
        self.timeout: asyncio.TimerHandle | None = None
        """Closes the connection if nothing happens before."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start the SSH protocol on a new client's transport, with limits on how much is read at
        once and may wait to be sent. Called by asyncio.
        """
        assert isinstance(transport, asyncio.Transport)
        self._socket_transport = transport
        super().connection_made(transport)
        transport.set_write_buffer_limits(MAX_UNSENT)
        # asyncio reads 256 kB at once, which would be overwritten twice for every key
        vars(transport)["max_size"] = MAX_RECEIVED

    def data_received(self, data: bytes, datatype: int | None = None) -> None:
        """Pass bytes from the client to the throttle, which has them parsed now or later. Called by
        asyncio.
        """
        self._throttle.data_received(data)

    def _parse(self, data: bytes) -> int:
        super().data_received(data)
        packets, self._packets = self._packets, 0
        return packets

    def _finish_recv_packet(self, *args: Any, **kwargs: Any) -> None:
        self._packets += 1
        super()._finish_recv_packet(*args, **kwargs)

    def _set_receiving(self, may_send: bool) -> None:
        transport = self._socket_transport
        if transport is not None and not transport.is_closing():
            (transport.resume_reading if may_send else transport.pause_reading)()

    def confirm(self, on_taken: Callable[[], None]) -> None:
        """Send the client a request that every SSH program answers, and call `on_taken` at its
        answer: it has then taken all that was sent before.
        """

        async def ask() -> None:
            await self._make_global_request(b"keepalive@openssh.com")
            on_taken()

        self._confirming = self.create_task(ask())

    def close_within(self, seconds: float) -> None:
        """Abort the connection after so many seconds, unless it has ended by then; replaces an
        earlier time limit.
        """
        if self.timeout is not None:
            self.timeout.cancel()
        self.timeout = asyncio.get_running_loop().call_later(seconds, self.abort)

    @property
    def has_begun(self) -> bool:
        """True if the client has opened a session and asked for a shell or a command in it."""
        return self.handler is not None and self.handler.has_begun

    def detach(self) -> None:
        """Drop all references between this ended connection and other objects, so that memory is
        freed at once.

        Otherwise the garbage collector would have to search all objects for reference cycles,
        while other visitors press keys.
        """
        if self.timeout is not None:
            self.timeout.cancel()
        if self.handler is not None:
            self.handler.detach()
        self._throttle.close()
        if self._socket_transport is not None:  # asyncio's own cycles: bound methods of it
            own = vars(self._socket_transport)
            own.update(dict.fromkeys(own.keys() & {"_read_ready_cb", "_write_ready"}))
        self.timeout = self.handler = self._socket_transport = self._confirming = None
        self._recv_handler = bool  # asyncssh's own cycle: a bound method of the connection

    def pause_writing(self) -> None:
        """Pause the session's output, as too many bytes wait to be sent. Called by asyncio."""
        if self.handler is not None:
            self.handler.set_writing_paused("transport", True)

    def resume_writing(self) -> None:
        """End the pause that `pause_writing` began, as the bytes have been
        sent. Called by asyncio.
        """
        if self.handler is not None:
            self.handler.set_writing_paused("transport", False)

    async def reload_config(self) -> None:
        """Do nothing, where asyncssh would build its options again for the client's user name: here
        they are the same for everyone.
        """

    def get_key_option(self, option: str, default: object = None) -> object:
        """Return an option that stands before the client's key in authorized_keys. `command` and
        `environment` are ignored: `default` is returned for them, and for an option that is not
        there.
        """
        if option in IGNORED_KEY_OPTIONS:
            return default
        return super().get_key_option(option, default)

    def get_certificate_option(self, option: str, default: object = None) -> object:
        """Return an option of the client's certificate. `force-command` is ignored: `default` is
        returned for it, and for an option that is not there.
        """
        if option == "force-command":
            return default
        return super().get_certificate_option(option, default)
