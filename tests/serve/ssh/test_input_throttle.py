"""How fast what clients send is read: by a clock of the test's own."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable
from typing import Any, cast

import pytest

from kiosk.core.visit import Timings
from kiosk.serve.ssh import input_throttle
from kiosk.serve.ssh.input_throttle import (  # fmt: skip
    BURST,
    BYTES_PER_MINUTE,
    MAX_FLOOD,
    PACKET_COST,
    READ_SIZE,
    InputThrottle,
    RoundRobin,
)
from kiosk.serve.ssh.options import PACKET

QUIET = Timings().quiet
TINY = 28
"""Bytes of the smallest packet that is one."""


class Loop:
    """Turns of a loop, a millisecond each."""

    def __init__(self) -> None:
        self.now = 0.0
        self._count = 0
        self._soon: list[Callable[[], None]] = []
        self._later: list[tuple[float, int, Callable[..., None], tuple[Any, ...]]] = []

    def time(self) -> float:
        return self.now

    def call_soon(self, step: Callable[[], None]) -> None:
        self._soon.append(step)

    def call_later(self, seconds: float, step: Callable[..., None], *what: Any) -> Later:
        self._count += 1
        heapq.heappush(self._later, (self.now + seconds, self._count, step, what))
        return Later()

    def turn(self) -> None:
        self.now += 0.001
        soon, self._soon = self._soon, []
        while self._later and self._later[0][0] <= self.now:
            _, _, step, what = heapq.heappop(self._later)
            step(*what)
        for step in soon:
            step()


class Later:
    def cancel(self) -> None:
        pass


class Client:
    """It sends as much as it may."""

    def __init__(self, turns: RoundRobin, loop: Loop, packet: int) -> None:
        self.packet = packet
        self.may = True
        self.aborted = False
        self.chunks: list[int] = []
        self.packets = 0
        self.throttle = InputThrottle(
            self.read, self.may_send, self.abort, turns, cast("asyncio.AbstractEventLoop", loop)
        )

    def may_send(self, may: bool) -> None:
        self.may = may

    def abort(self) -> None:
        self.throttle.close()
        self.may = False
        self.aborted = True

    def send(self, size: int = 65_536) -> None:
        if self.may:
            self.throttle.data_received(b"x" * size)

    def read(self, chunk: bytes) -> int:
        self.chunks.append(len(chunk))
        before = self.packets
        self.packets = sum(self.chunks) // self.packet
        return self.packets - before


def a_loop() -> tuple[Loop, RoundRobin]:
    loop = Loop()
    return loop, RoundRobin(cast("asyncio.AbstractEventLoop", loop))


def test_the_promised_rates_hold() -> None:
    """In packets, of some 0.15 ms each."""
    assert READ_SIZE / TINY < 40
    assert BURST / (TINY + PACKET_COST) < 1000
    assert BYTES_PER_MINUTE / 60 / (TINY + PACKET_COST) < 100


@pytest.mark.parametrize("packet", [TINY, 60, 1000, 16_384])
def test_a_flood_is_read_at_the_pace_that_is_promised(
    packet: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(input_throttle, "MAX_FLOOD", 120.0)
    loop, turns = a_loop()
    client = Client(turns, loop, packet)
    for _ in range(60_000):
        client.send()
        loop.turn()
    counted = sum(client.chunks) + PACKET_COST * client.packets
    most = BURST + BYTES_PER_MINUTE + READ_SIZE + PACKET_COST * READ_SIZE / packet
    assert 0.9 * most < counted <= most
    assert max(client.chunks) <= READ_SIZE


@pytest.mark.parametrize("count", [1, 20, 500])
def test_flooding_clients_share_one_read_a_turn(count: int) -> None:
    loop, turns = a_loop()
    others = [Client(turns, loop, TINY) for _ in range(count)]
    for client in others:
        client.send()
    for _ in range(3000):
        before = sum(len(client.chunks) for client in others)
        for client in others:
            client.send(1500)
        loop.turn()
        assert sum(len(client.chunks) for client in others) - before <= 1
        calm = Client(turns, loop, 60)
        calm.send(60)
        assert calm.chunks == [60], "read at once, whatever waits"
    shares = [len(client.chunks) for client in others]
    assert max(shares) - min(shares) <= 2, "and each has their turn"


def test_a_client_that_is_read_slowly_is_not_idle() -> None:
    """Keys without end pass no caution: they must not seem to have ended for a moment."""
    loop, turns = a_loop()
    client = Client(turns, loop, PACKET + 64)
    heard_at, silence = 0.0, 0.0
    while loop.now < MAX_FLOOD - 1:
        before = client.packets
        client.send()
        loop.turn()
        if client.packets > before:
            silence, heard_at = max(silence, loop.now - heard_at), loop.now
    assert client.packets > 100
    assert silence < QUIET / 2


def test_a_held_key_is_never_delayed() -> None:
    loop, turns = a_loop()
    client = Client(turns, loop, 68)
    for turn in range(120_000):
        loop.turn()
        if turn % 33 == 0:
            before = len(client.chunks)
            client.send(68)
            assert len(client.chunks) == before + 1
    assert client.may


def test_a_closed_throttle_reads_no_more() -> None:
    loop, turns = a_loop()
    client, other = (Client(turns, loop, TINY) for _ in range(2))
    client.send()
    other.send()
    client.throttle.close()
    before = len(client.chunks)
    client.send()
    for _ in range(10):
        loop.turn()
    assert len(client.chunks) == before
    assert len(other.chunks) > 5


@pytest.mark.parametrize(("seconds", "ends"), [(MAX_FLOOD - 2, False), (MAX_FLOOD + 2, True)])
def test_a_flood_without_a_pause_is_ended(seconds: float, ends: bool) -> None:
    loop, turns = a_loop()
    client = Client(turns, loop, TINY)
    while loop.now < seconds:
        client.send(4096)
        loop.turn()
    assert client.aborted == ends
    if ends:
        return
    while loop.now < seconds + 30:  # a pause, and it may begin again
        loop.turn()
    while loop.now < seconds + 35:
        client.send(4096)
        loop.turn()
    assert not client.aborted


def test_a_client_that_has_flooded_waits_for_its_turn_for_a_while() -> None:
    loop, turns = a_loop()
    client = Client(turns, loop, TINY)
    client.send()
    while not client.may:
        loop.turn()
    before = len(client.chunks)
    client.send(60)
    assert len(client.chunks) == before
    loop.turn()
    assert len(client.chunks) == before + 1
    while loop.now < 60:
        loop.turn()
    before = len(client.chunks)
    client.send(60)
    assert len(client.chunks) == before + 1, "and then is read at once again"
