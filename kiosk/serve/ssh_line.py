"""A connection of asyncssh, with what asyncssh leaves out: its private names are used here alone.

It keeps every variable that a client sets, waits for no transport that is full, reads whatever
comes, builds its options anew for each user name, and refers to itself. Tests hold it to this.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import asyncssh
from asyncssh.packet import SSHPacket

from kiosk.serve.admission import Bucket

if TYPE_CHECKING:
    from kiosk.serve.ssh_door import SshDoor
    from kiosk.serve.ssh_protocol import Visitor

BEHIND = 32_768
"""Bytes that may wait for a client; then its visit waits."""
A_MINUTE_OF_INPUT = 4 << 20
"""Bytes that a client may send in a minute, keys and protocol together; more comes in later."""


class Channel(asyncssh.SSHServerChannel[bytes]):
    """A channel that takes no variables."""

    def _process_env_request(self, packet: SSHPacket) -> bool:
        return False


class Line(asyncssh.SSHServerConnection):
    """A connection that is never ahead of its client, nor its client of it."""

    def __init__(
        self, options: asyncssh.SSHServerConnectionOptions, door: SshDoor, address: str
    ) -> None:
        loop = asyncio.get_running_loop()
        super().__init__(loop, options)
        self.door = door
        self.address = address
        self._input = Bucket(A_MINUTE_OF_INPUT, loop.time())
        self.visitor: Visitor | None = None
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
        """Bytes have come: so many a minute are read, whatever they are."""
        super().data_received(data, datatype)
        loop, wire = asyncio.get_running_loop(), self._wire
        wait = self._input.take_all(len(data), loop.time())
        if wait and wire is not None and not wire.is_closing():
            wire.pause_reading()
            loop.call_later(wait, self._read_on)

    def close_within(self, seconds: float) -> None:
        """Have it end then at the latest."""
        if self.late is not None:
            self.late.cancel()
        self.late = asyncio.get_running_loop().call_later(seconds, self.abort)

    @property
    def has_begun(self) -> bool:
        """Whether a visit was asked for."""
        return self.visitor is not None and self.visitor.has_begun

    def let_go(self) -> None:
        """It has ended: hold nothing that holds it, so that its memory is free at once.

        All that is alive is too much to be searched for such rings while visitors press keys.
        """
        if self.late is not None:
            self.late.cancel()
        if self.visitor is not None:
            self.visitor.let_go()
        self.late = self.visitor = self._wire = None
        self._recv_handler = bool  # asyncssh's own ring: its next step is a method of it

    def _read_on(self) -> None:
        if self._wire is not None and not self._wire.is_closing():
            self._wire.resume_reading()

    def pause_writing(self) -> None:
        """The transport is full."""
        if self.visitor is not None:
            self.visitor.hold("wire", True)

    def resume_writing(self) -> None:
        """The transport has room."""
        if self.visitor is not None:
            self.visitor.hold("wire", False)

    async def reload_config(self) -> None:
        """Nothing: the options are the same for every user name."""
