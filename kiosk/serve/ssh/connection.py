"""A subclass of asyncssh's connection that adds limits.

Private names of asyncssh, and one of asyncio's transport, are used in this file only. asyncssh
(1) stores every environment variable that a client sends, (2) does not wait for a full transport,
(3) reads without limit, (4) builds its options again for every user name, and (5) keeps reference
cycles. Tests check that this class does none of it.
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
    """An asyncssh channel that refuses the environment variables which a client sends."""

    def _process_env_request(self, packet: SSHPacket) -> bool:
        return False


class Handler(Protocol):
    """Protocol of the handler that a connection calls: whether the client has requested a session,
    pause or resume sending, drop all references to the connection.
    """

    @property
    def has_begun(self) -> bool:
        """Whether the client has requested a session."""
        ...

    def set_writing_paused(self, reason: str, is_paused: bool) -> None:
        """Stop or resume sending to the client."""
        ...

    def detach(self) -> None:
        """Drop every reference to the connection, so that its memory is free."""
        ...


class Connection(asyncssh.SSHServerConnection):
    """A connection with bounded memory in both directions."""

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
        """Take up the socket of a new client, with limits on what waits in it."""
        assert isinstance(transport, asyncio.Transport)
        self._socket_transport = transport
        super().connection_made(transport)
        transport.set_write_buffer_limits(MAX_UNSENT)
        # asyncio reads 256 kB at once, which would be overwritten twice for every key
        vars(transport)["max_size"] = MAX_RECEIVED

    def data_received(self, data: bytes, datatype: int | None = None) -> None:
        """Take bytes of the client, to be read at a bounded pace."""
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
        """Ask the client for an answer; call `on_taken` when it has taken all sent before."""

        async def ask() -> None:
            await self._make_global_request(b"keepalive@openssh.com")
            on_taken()

        self._confirming = self.create_task(ask())

    def close_within(self, seconds: float) -> None:
        """Abort the connection after `seconds`, if it has not ended by then."""
        if self.timeout is not None:
            self.timeout.cancel()
        self.timeout = asyncio.get_running_loop().call_later(seconds, self.abort)

    @property
    def has_begun(self) -> bool:
        """Whether the client has requested a session."""
        return self.handler is not None and self.handler.has_begun

    def detach(self) -> None:
        """Drop every reference once the connection has ended, so that memory is free at once.

        The garbage collector would have to search all objects for reference cycles, while visitors
        press keys.
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
        """Stop sending: the transport is full."""
        if self.handler is not None:
            self.handler.set_writing_paused("transport", True)

    def resume_writing(self) -> None:
        """Send again: the transport has room."""
        if self.handler is not None:
            self.handler.set_writing_paused("transport", False)

    async def reload_config(self) -> None:
        """Do nothing: the options are the same for every user name."""

    def get_key_option(self, option: str, default: object = None) -> object:
        """Return an option of the client's line of authorized_keys, but for those ignored."""
        if option in IGNORED_KEY_OPTIONS:
            return default
        return super().get_key_option(option, default)

    def get_certificate_option(self, option: str, default: object = None) -> object:
        """Return an option of the client's certificate, but for its command."""
        if option == "force-command":
            return default
        return super().get_certificate_option(option, default)
