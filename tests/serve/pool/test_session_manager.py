"""When a session ends and why; the workers, the fork servers and the clock are fakes."""

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
    MOST_FAULTS,
    READY_TIMEOUT,
)
from kiosk.serve.pool.session import EndReason, Refusal, Refused, Session
from kiosk.serve.pool.session_manager import WORKER_TIMEOUT
from kiosk.settings.server import SessionLimits
from tests.support.serve.forkservers import FakeForkServers, FakeWorker, Managed, until

LIMITS = SessionLimits(max_sessions=2, idle_timeout=90.0, max_session_time=300.0)
INTERVAL = 5.0


@pytest_asyncio.fixture
async def managed() -> AsyncIterator[Managed]:
    spawned = FakeForkServers()
    managed = Managed(spawned, LIMITS)
    await managed.start()
    yield managed
    await managed.close()
    spawned.end()


async def lived(
    managed: Managed, session: Session, worker: FakeWorker, seconds: float, *messages: bytes
) -> float:
    """Send heartbeats for so long, or until the session ends; return the seconds that it lived."""
    began = managed.clock()
    while managed.clock() - began < seconds and not session.end_reason:
        worker.sends(*messages)
        await managed.check(INTERVAL)
    return managed.clock() - began


@pytest.mark.parametrize(
    ("first", "then", "lasts", "reason"),
    [
        # nobody touches Welcome
        ((b"p", b"r"), (b"r",), LIMITS.idle_timeout, EndReason.IDLE),
        # somebody is in it, and goes on
        ((b"p", b"s"), (b"s", b"u"), LIMITS.max_session_time, EndReason.TOO_LONG),
        # somebody is in it, and reads: its own clock is the visit's
        ((b"p", b"s"), (b"u",), LIMITS.max_session_time, EndReason.TOO_LONG),
        # it sends no heartbeat
        ((b"p", b"r"), (), IDLE_HEARTBEAT_TIMEOUT, EndReason.HUNG),
        ((b"p", b"s", b"u200"), (), ACTIVE_HEARTBEAT_TIMEOUT, EndReason.HUNG),
        # it is alive, and never shows a page
        ((), (b"r",), READY_TIMEOUT, EndReason.HUNG),
        # it lives on after the time that it said was left
        ((b"p", b"u7"), (b"p",), 17.0, EndReason.HUNG),
    ],
)
async def test_a_session_lasts_as_long_as_it_may_and_no_longer(
    managed: Managed,
    first: tuple[bytes, ...],
    then: tuple[bytes, ...],
    lasts: float,
    reason: EndReason,
) -> None:
    session, worker = await managed.session()
    worker.sends(*first)
    took = await lived(managed, session, worker, 2 * LIMITS.max_session_time, *then)
    await until(lambda: managed.ended)
    assert managed.ended == [reason]
    assert lasts < took <= lasts + INTERVAL
    assert managed.manager.stats.crashed == (reason == EndReason.HUNG)
    assert worker.process.wait(5) == -9


async def test_a_session_without_a_worker_in_time_ends(managed: Managed) -> None:
    managed.open_session()
    managed.spawned.ready(limits={})
    requests = managed.spawned.requests()
    # the fork server answers others, so it does not count as dead
    waited = 0.0
    while waited < WORKER_TIMEOUT:
        assert managed.ended == []
        await managed.check(2)
        waited += 2
        managed.spawned.ready()
    await managed.check(2)
    assert managed.ended == [EndReason.NO_WORKER]
    assert managed.manager.stats.crashed == 1
    assert managed.manager.stats.sessions == 0
    for _, descriptors in requests:
        protocol.close(descriptors)


async def test_a_visit_that_starts_over_is_followed_by_another_with_fresh_timeouts(
    managed: Managed,
) -> None:
    session, first = await managed.session()
    first.sends(b"p", b"s")
    await lived(managed, session, first, 200, b"u")
    first.sends(protocol.FINISHED)
    first.ends()
    second = await managed.next_worker(session)
    second.sends(b"p", b"s")
    await lived(managed, session, second, 200, b"u")
    assert managed.ended == []
    assert managed.manager.stats.ended == 1
    assert managed.manager.stats.crashed == 0


@pytest.mark.parametrize(
    ("sends", "reason"),
    [
        ((b"p", protocol.EXIT), EndReason.LEFT),
        ((b"p", protocol.CRASHED + b"KeyError"), EndReason.CRASHED),
        ((b"p",), EndReason.CRASHED),
    ],
)
async def test_a_session_ends_for_the_reason_of_its_worker(
    managed: Managed, sends: tuple[bytes, ...], reason: EndReason
) -> None:
    _, worker = await managed.session()
    worker.sends(*sends)
    worker.ends()
    await until(lambda: managed.ended)
    assert managed.ended == [reason]
    assert managed.manager.stats.crashed == (reason == EndReason.CRASHED)


async def test_a_fault_that_a_worker_reports_is_logged_and_its_session_goes_on(
    managed: Managed, caplog: pytest.LogCaptureFixture
) -> None:
    _, worker = await managed.session()
    fault = protocol.FAULT + b"PackError connection.py:9"
    worker.sends(b"p", protocol.FAULT + b"my own question", *[fault] * 9)
    await managed.check(INTERVAL)
    await until(lambda: len(caplog.messages) >= MOST_FAULTS)
    await managed.check(INTERVAL)
    assert caplog.messages == [
        "a worker cannot read the library: an error without a name",
        *["a worker cannot read the library: PackError connection.py:9"] * (MOST_FAULTS - 1),
    ]
    assert managed.ended == []


async def test_a_crash_is_logged_once_whatever_the_worker_sends(
    managed: Managed, caplog: pytest.LogCaptureFixture
) -> None:
    _, worker = await managed.session()
    worker.sends(b"p", *[protocol.CRASHED + b"KeyError body.py:34"] * 3)
    worker.ends()
    await until(lambda: managed.ended)
    assert caplog.messages == ["a worker crashed: KeyError body.py:34"]


async def test_a_draining_server_ends_idle_sessions_and_lets_the_others_go_on(
    managed: Managed,
) -> None:
    _, resting = await managed.session()
    _, used = await managed.session()
    resting.sends(b"p", b"r")
    used.sends(b"p", b"s", b"u")
    await managed.check(1)
    await managed.manager.drain(0.0)
    await managed.check(1)
    await until(lambda: managed.ended)
    assert managed.ended == [EndReason.DRAINED]
    assert used.process.poll() is None
    with pytest.raises(Refused) as refused:
        managed.open_session()
    assert refused.value.reason is Refusal.CLOSING


async def test_a_session_beyond_the_limit_is_refused_counted_and_costs_nothing(
    managed: Managed,
) -> None:
    await managed.session()
    await managed.session()
    with pytest.raises(Refused) as refused:
        managed.open_session()
    assert refused.value.reason is Refusal.FULL
    assert managed.manager.stats.refused == 1
    assert managed.spawned.requests() == []


@pytest.mark.parametrize("fails_at", [1, 2])
async def test_a_session_without_a_free_descriptor_is_refused_and_leaves_none(
    managed: Managed, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    taken: list[int] = []
    dup: Callable[[int], int] = os.dup

    def failing(descriptor: int) -> int:
        if len(taken) + 1 == fails_at:
            raise OSError(errno.EMFILE, "too many")
        taken.append(dup(descriptor))
        return taken[-1]

    monkeypatch.setattr(os, "dup", failing)
    with pytest.raises(Refused) as refused:
        managed.open_session()
    assert refused.value.reason is Refusal.FULL
    assert managed.manager.stats.sessions == 0
    for descriptor in taken:
        with pytest.raises(OSError, match="Bad file"):
            os.fstat(descriptor)
