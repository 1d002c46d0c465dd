"""A connection of asyncssh, with what asyncssh leaves out: its private names, and one of asyncio's
transport, are used here alone.

It keeps every variable that a client sets, waits for no transport that is full, reads whatever
comes, builds its options anew for each user name, and refers to itself. Tests hold it to this.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import asyncssh
from asyncssh.packet import SSHPacket

from kiosk.serve.ssh.input_throttle import InputThrottle

if TYPE_CHECKING:
    from kiosk.serve.ssh.handlers import ConnectionHandler
    from kiosk.serve.ssh.server import SSHServer

BEHIND = 32_768
"""Bytes that may wait for a client; then its visit waits."""
OPTIONS_OF_A_KEY = ("command", "environment")
"""What a key's line in the file could ask for that would be another visit than its owner's."""


class Channel(asyncssh.SSHServerChannel[bytes]):
    """A channel that takes no variables."""

    def _process_env_request(self, packet: SSHPacket) -> bool:
        return False


class Connection(asyncssh.SSHServerConnection):
    """A connection that is never ahead of its client, nor its client of it."""

    def __init__(
        self, options: asyncssh.SSHServerConnectionOptions, door: SSHServer, address: str
    ) -> None:
        loop = asyncio.get_running_loop()
        super().__init__(loop, options)
        self.door = door
        self.address = address
        self._intake = InputThrottle(self._parse, self._may_send, self.abort, door.turns, loop)
        self._packets = 0
        """Those that have come whole and are not counted yet."""
        self.visitor: ConnectionHandler | None = None
        self._wire: asyncio.Transport | None = None
        self.late: asyncio.TimerHandle | None = None
        """When it is closed if nothing happens before."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection is there."""
        assert isinstance(transport, asyncio.Transport)
        self._wire = transport
        super().connection_made(transport)
        transport.set_write_buffer_limits(BEHIND)

    def data_received(self, data: bytes, datatype: int | None = None) -> None:
        """Bytes have come."""
        self._intake.data_received(data)

    def _parse(self, data: bytes) -> int:
        super().data_received(data)
        packets, self._packets = self._packets, 0
        return packets

    def _finish_recv_packet(self, *what: Any, **more: Any) -> None:
        self._packets += 1
        super()._finish_recv_packet(*what, **more)

    def _may_send(self, may: bool) -> None:
        if self._wire is not None and not self._wire.is_closing():
            (self._wire.resume_reading if may else self._wire.pause_reading)()

    def close_within(self, seconds: float) -> None:
        """Have it end then at the latest."""
        if self.late is not None:
            self.late.cancel()
        self.late = asyncio.get_running_loop().call_later(seconds, self.abort)

    @property
    def has_begun(self) -> bool:
        """Whether a visit was asked for."""
        return self.visitor is not None and self.visitor.has_begun

    def detach(self) -> None:
        """It has ended: hold nothing that holds it, so that its memory is free at once.

        All that is alive is too much to be searched for such rings while visitors press keys.
        """
        if self.late is not None:
            self.late.cancel()
        if self.visitor is not None:
            self.visitor.detach()
        self._intake.close()
        if self._wire is not None:  # asyncio's own ring: what it reads by is a method of it
            vars(self._wire)["_read_ready_cb"] = None
        self.late = self.visitor = self._wire = None
        self._recv_handler = bool  # asyncssh's own ring: its next step is a method of it

    def pause_writing(self) -> None:
        """The transport is full."""
        if self.visitor is not None:
            self.visitor.set_reading_paused("wire", True)

    def resume_writing(self) -> None:
        """The transport has room."""
        if self.visitor is not None:
            self.visitor.set_reading_paused("wire", False)

    async def reload_config(self) -> None:
        """Nothing: the options are the same for every user name."""

    def get_key_option(self, option: str, default: object = None) -> object:
        """What the line of the file says beside the key; but a visit is a visit, whoever's."""
        return default if option in OPTIONS_OF_A_KEY else super().get_key_option(option, default)

    def get_certificate_option(self, option: str, default: object = None) -> object:
        """The same of a certificate."""
        if option == "force-command":
            return default
        return super().get_certificate_option(option, default)
