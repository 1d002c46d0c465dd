"""The clocks of a house, and what becomes of a stay: no visit, no factory, no time of its own."""

from __future__ import annotations

import errno
import os
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from kiosk.serve import protocol
from kiosk.serve.forkserver.worker_handle import (
    ACTIVE_HEARTBEAT_TIMEOUT,
    IDLE_HEARTBEAT_TIMEOUT,
    READY_TIMEOUT,
)
from kiosk.serve.pool import session as why
from kiosk.serve.pool.session import Session
from kiosk.serve.pool.session_manager import CLOSING, FULL, WORKER_TIMEOUT
from kiosk.settings.server import SessionLimits
from tests.support.serve.forkservers import Opened, Spawned, Visit, until

LIMITS = SessionLimits(max_sessions=2, idle_timeout=90.0, max_session_time=300.0)
BEATS = 5.0


@pytest_asyncio.fixture
async def opened() -> AsyncIterator[Opened]:
    spawned = Spawned()
    one = Opened(spawned, LIMITS)
    await one.open()
    yield one
    await one.close()
    spawned.end()


async def lived(
    opened: Opened, stay: Session, visit: Visit, seconds: float, *words: bytes
) -> float:
    """Have the heart beat for so long, or until the house ends the stay; the seconds it lived."""
    began = opened.clock()
    while opened.clock() - began < seconds and not stay.why:
        visit.says(*words)
        await opened.look(BEATS)
    return opened.clock() - began


@pytest.mark.parametrize(
    ("first", "then", "lasts", "told"),
    [
        # nobody touches Welcome
        ((b"p", b"r"), (b"r",), LIMITS.idle_timeout, why.IDLE),
        # somebody is in it, and goes on
        ((b"p", b"s"), (b"s", b"u"), LIMITS.max_session_time, why.TOO_LONG),
        # somebody is in it, and reads: its own clock is the visit's
        ((b"p", b"s"), (b"u",), LIMITS.max_session_time, why.TOO_LONG),
        # its heart stands still
        ((b"p", b"r"), (), IDLE_HEARTBEAT_TIMEOUT, why.HUNG),
        ((b"p", b"s", b"u200"), (), ACTIVE_HEARTBEAT_TIMEOUT, why.HUNG),
        # it beats, and never paints
        ((), (b"r",), READY_TIMEOUT, why.HUNG),
        # it beats on after the time that it said was left
        ((b"p", b"u7"), (b"p",), 17.0, why.HUNG),
    ],
)
async def test_a_stay_lasts_as_long_as_it_may_and_no_longer(
    opened: Opened, first: tuple[bytes, ...], then: tuple[bytes, ...], lasts: float, told: str
) -> None:
    stay, visit = await opened.visit()
    visit.says(*first)
    took = await lived(opened, stay, visit, 2 * LIMITS.max_session_time, *then)
    await until(lambda: opened.ended)
    assert opened.ended == [told]
    assert lasts < took <= lasts + BEATS
    assert opened.house.counts.crashed == (told == why.HUNG)
    assert visit.process.wait(5) == -9


async def test_who_is_not_served_in_time_is_told_so_and_waits_no_more(opened: Opened) -> None:
    opened.receive()
    opened.spawned.ready(limits={})
    asked = opened.spawned.asked()
    # the factory answers others, so it is not taken for dead
    waited = 0.0
    while waited < WORKER_TIMEOUT:
        assert opened.ended == []
        await opened.look(2)
        waited += 2
        opened.spawned.ready()
    await opened.look(2)
    assert opened.ended == [why.NONE]
    assert opened.house.counts.crashed == 1
    assert opened.house.counts.visits == 0
    for _, given in asked:
        protocol.close(given)


async def test_a_visit_that_starts_over_is_followed_by_another_and_its_clocks_begin_anew(
    opened: Opened,
) -> None:
    stay, first = await opened.visit()
    first.says(b"p", b"s")
    await lived(opened, stay, first, 200, b"u")
    first.says(protocol.FINISHED)
    first.ends()
    second = await opened.next_visit(stay)
    second.says(b"p", b"s")
    await lived(opened, stay, second, 200, b"u")
    assert opened.ended == []
    assert opened.house.counts.ended == 1
    assert opened.house.counts.crashed == 0


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ((b"p", protocol.EXIT), why.OVER),
        ((b"p", protocol.CRASHED + b"KeyError"), why.CRASHED),
        ((b"p",), why.CRASHED),
    ],
)
async def test_how_a_visit_ends_is_how_the_stay_does(
    opened: Opened, says: tuple[bytes, ...], told: str
) -> None:
    _, visit = await opened.visit()
    visit.says(*says)
    visit.ends()
    await until(lambda: opened.ended)
    assert opened.ended == [told]
    assert opened.house.counts.crashed == (told == why.CRASHED)


async def test_when_it_drains_welcome_is_ended_and_who_is_in_goes_on(opened: Opened) -> None:
    _, resting = await opened.visit()
    _, used = await opened.visit()
    resting.says(b"p", b"r")
    used.says(b"p", b"s", b"u")
    await opened.look(1)
    await opened.house.drain(0.0)
    await opened.look(1)
    await until(lambda: opened.ended)
    assert opened.ended == [why.DRAINED]
    assert used.process.poll() is None
    assert opened.receive() is None
    assert opened.house.why_not == CLOSING


async def test_who_comes_to_a_full_house_is_counted_and_costs_nothing(opened: Opened) -> None:
    await opened.visit()
    await opened.visit()
    assert opened.receive() is None
    assert opened.house.why_not == FULL
    assert opened.house.counts.refused == 1
    assert opened.spawned.asked() == []


@pytest.mark.parametrize("fails_at", [1, 2])
async def test_who_comes_when_no_descriptor_is_left_is_refused_and_leaves_none(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    taken: list[int] = []
    dup: Callable[[int], int] = os.dup

    def failing(descriptor: int) -> int:
        if len(taken) + 1 == fails_at:
            raise OSError(errno.EMFILE, "too many")
        taken.append(dup(descriptor))
        return taken[-1]

    monkeypatch.setattr(os, "dup", failing)
    assert opened.receive() is None
    assert opened.house.why_not == FULL
    assert opened.house.counts.visits == 0
    for descriptor in taken:
        with pytest.raises(OSError, match="Bad file"):
            os.fstat(descriptor)
