"""When a server replaces its fork servers; their processes are fakes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from kiosk.serve import protocol
from kiosk.serve.forkserver.handle import ANSWER_TIMEOUT, START_TIMEOUT
from kiosk.serve.pool.forkserver_client import MAX_PENDING
from kiosk.serve.pool.forkserver_pool import FILE_CHECK_INTERVAL, STEADY
from tests.support.serve.forkservers import FakeForkServers, Managed, settled, until


@pytest.fixture
def spawned() -> Iterator[FakeForkServers]:
    spawned = FakeForkServers()
    yield spawned
    spawned.end()


async def started(spawned: FakeForkServers) -> Managed:
    managed = Managed(spawned)
    await managed.start()
    return managed


async def test_a_reload_while_changes_are_read_leaves_no_fork_server_over(
    spawned: FakeForkServers,
) -> None:
    managed = await started(spawned)
    managed.manager.fork_servers._renew()  # as it does when it finds that content has changed
    reloading = asyncio.create_task(managed.manager.reload())
    await until(lambda: len(spawned.processes) > 2)
    for at in range(1, len(spawned.processes)):
        spawned.ready(at)
    assert await reloading
    await until(lambda: len(spawned.alive()) == managed.manager.stats.fork_servers)
    await managed.close()
    await until(lambda: spawned.alive() == [])


async def test_a_reload_reads_what_there_is_now(spawned: FakeForkServers) -> None:
    managed = await started(spawned)
    managed.manager.fork_servers._renew()  # has read what was changed once more since
    reloading = asyncio.create_task(managed.manager.reload())
    await until(lambda: len(spawned.processes) > 2)
    spawned.ready(1)
    await settled()
    assert not reloading.done()
    spawned.ready(2)
    assert await reloading
    await managed.close()


async def test_a_fork_server_that_cannot_be_started_does_not_stop_the_checks(
    spawned: FakeForkServers,
) -> None:
    managed = await started(spawned)
    spawned.cannot_start = True
    current = managed.manager.fork_servers._current
    assert current is not None
    current.handle.mark_seen(((1, 2, 3, 4),))  # so that its files count as changed
    await managed.check(FILE_CHECK_INTERVAL + 1)
    assert "no fork server could be started: no more processes" in managed.log
    spawned.cannot_start = False
    await managed.check(FILE_CHECK_INTERVAL + 1)
    assert len(spawned.processes) == 2
    await managed.close()


async def test_a_check_that_fails_is_followed_by_another(
    spawned: FakeForkServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.serve.pool.session_manager.CHECK_INTERVAL", 0.001)
    managed = await started(spawned)
    checks: list[float] = []

    def fails(now: float) -> None:
        checks.append(now)
        raise RuntimeError("a mistake")

    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    monkeypatch.setattr(managed.manager.fork_servers, "check", fails)
    await until(lambda: len(checks) > 2)
    await managed.close()


async def test_a_fork_server_that_is_never_ready_is_ended(spawned: FakeForkServers) -> None:
    managed = await started(spawned)
    spawned.dies()
    await until(lambda: len(spawned.processes) == 2)
    await managed.check(START_TIMEOUT - 1)
    assert spawned.alive()[-1] == 1
    await managed.check(2)
    await until(lambda: 1 not in spawned.alive())
    await managed.close()


async def test_a_fork_server_that_does_not_answer_is_replaced_and_a_session_that_waited_is_served(
    spawned: FakeForkServers,
) -> None:
    managed = await started(spawned)
    session = managed.open_session()
    assert session is not None
    await managed.check(ANSWER_TIMEOUT - 1)
    assert spawned.alive() == [0]
    await managed.check(2)
    await until(lambda: spawned.alive() == [1])
    assert "a fork server does not answer" in managed.log
    spawned.ready()
    await managed.next_worker(session)
    await managed.close()


async def test_a_fork_server_that_answers_others_may_take_its_time(
    spawned: FakeForkServers,
) -> None:
    managed = await started(spawned)
    sessions = [managed.open_session() for _ in range(6)]
    requests = spawned.requests()
    for request, session in zip(requests, sessions, strict=True):
        await managed.check(ANSWER_TIMEOUT - 1)
        spawned.answers(request)
        assert session is not None
        await managed.worker_came(session)
        for worker in spawned.workers:
            worker.sends(b"p", b"r")
    assert spawned.alive() == [0]
    await managed.close()


async def test_a_fork_server_has_so_many_requests_before_it_and_no_more(
    spawned: FakeForkServers,
) -> None:
    managed = await started(spawned)
    sessions = [managed.open_session() for _ in range(MAX_PENDING + 3)]
    requests = spawned.requests()
    assert len(requests) == MAX_PENDING
    for request in requests[:2]:
        spawned.answers(request)
    assert sessions[1] is not None
    await managed.worker_came(sessions[1])
    assert len(spawned.requests()) == 2
    for _, descriptors in requests[2:]:
        protocol.close(descriptors)
    await managed.close()


async def test_fork_servers_that_die_as_soon_as_they_are_ready_follow_more_and_more_slowly(
    spawned: FakeForkServers,
) -> None:
    managed = await started(spawned)
    spawned.dies()
    await until(lambda: len(spawned.processes) == 2)  # the first to die is replaced at once
    pauses = []
    for count in (2, 3, 4):
        spawned.ready()
        await settled()
        spawned.dies()
        await until(lambda: not managed.manager.stats.fork_servers)
        began = managed.clock()
        while len(spawned.processes) == count:
            await managed.check(0.5)
        pauses.append(managed.clock() - began)
    assert pauses == sorted(pauses)
    assert pauses[-1] >= 4 * pauses[0] >= 4
    spawned.ready()
    await managed.check()
    await managed.check(STEADY + 1)
    spawned.dies()
    await until(lambda: len(spawned.processes) == 6)  # it was steady: at once, again
    await managed.close()
