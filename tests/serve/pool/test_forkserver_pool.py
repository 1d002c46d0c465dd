"""The factories of a house, with sockets in their place: what replaces them, and when."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from kiosk.serve import protocol
from kiosk.serve.forkserver.handle import ANSWER_TIMEOUT, START_TIMEOUT
from kiosk.serve.pool.forkserver_client import AT_ONCE
from kiosk.serve.pool.forkserver_pool import FILE_CHECK_INTERVAL, STEADY
from tests.support.serve.forkservers import Opened, Spawned, settled, until

ODD = (132, 43)


@pytest.fixture
def spawned() -> Iterator[Spawned]:
    one = Spawned()
    yield one
    one.end()


async def opened(spawned: Spawned) -> Opened:
    one = Opened(spawned)
    await one.open()
    return one


async def test_a_reload_while_changes_are_read_leaves_no_factory_over(spawned: Spawned) -> None:
    one = await opened(spawned)
    one.house.workshops._renew()  # as it does when it finds that content has changed
    reloading = asyncio.create_task(one.house.reload())
    await until(lambda: len(spawned.processes) > 2)
    for at in range(1, len(spawned.processes)):
        spawned.ready(at)
    assert await reloading
    await until(lambda: len(spawned.alive()) == one.house.counts.factories)
    await one.close()
    await until(lambda: spawned.alive() == [])


async def test_a_reload_reads_what_there_is_now(spawned: Spawned) -> None:
    one = await opened(spawned)
    one.house.workshops._renew()  # has read what was changed once more since
    reloading = asyncio.create_task(one.house.reload())
    await until(lambda: len(spawned.processes) > 2)
    spawned.ready(1)
    await settled()
    assert not reloading.done()
    spawned.ready(2)
    assert await reloading
    await one.close()


async def test_a_factory_that_cannot_be_started_stops_no_clock(spawned: Spawned) -> None:
    one = await opened(spawned)
    spawned.refuses = {ODD}
    for _ in range(4):
        one.house.workshops._sizes.ask(ODD, one.clock())
    await one.look(FILE_CHECK_INTERVAL + 1)
    assert "no factory could be started: no process more" in one.log
    spawned.refuses = set()
    await one.look(FILE_CHECK_INTERVAL + 1)
    assert len(spawned.processes) == 2
    await one.close()


async def test_a_look_that_fails_is_followed_by_another(
    spawned: Spawned, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.serve.pool.session_manager.CHECK_INTERVAL", 0.001)
    one = await opened(spawned)
    looks: list[float] = []

    def fails(now: float) -> None:
        looks.append(now)
        raise RuntimeError("a mistake")

    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    monkeypatch.setattr(one.house.workshops, "check_files", fails)
    await until(lambda: len(looks) > 2)
    await one.close()


async def test_a_factory_that_is_never_ready_is_ended(spawned: Spawned) -> None:
    one = await opened(spawned)
    spawned.dies()
    await until(lambda: len(spawned.processes) == 2)
    await one.look(START_TIMEOUT - 1)
    assert spawned.alive()[-1] == 1
    await one.look(2)
    await until(lambda: 1 not in spawned.alive())
    await one.close()


async def test_a_factory_that_does_not_answer_is_replaced_and_who_waited_is_served(
    spawned: Spawned,
) -> None:
    one = await opened(spawned)
    stay = one.receive()
    assert stay is not None
    await one.look(ANSWER_TIMEOUT - 1)
    assert spawned.alive() == [0]
    await one.look(2)
    await until(lambda: spawned.alive() == [1])
    assert "a factory does not answer" in one.log
    spawned.ready()
    await one.next_visit(stay)
    await one.close()


async def test_a_factory_that_answers_others_may_take_its_time(spawned: Spawned) -> None:
    one = await opened(spawned)
    stays = [one.receive() for _ in range(6)]
    asked = spawned.asked()
    for one_asked, stay in zip(asked, stays, strict=True):
        await one.look(ANSWER_TIMEOUT - 1)
        spawned.gives(one_asked)
        assert stay is not None
        await one.came(stay)
        for visit in spawned.visits:
            visit.says(b"p", b"r")
    assert spawned.alive() == [0]
    await one.close()


async def test_a_factory_has_so_many_requests_before_it_and_no_more(spawned: Spawned) -> None:
    one = await opened(spawned)
    stays = [one.receive() for _ in range(AT_ONCE + 3)]
    asked = spawned.asked()
    assert len(asked) == AT_ONCE
    for one_asked in asked[:2]:
        spawned.gives(one_asked)
    assert stays[1] is not None
    await one.came(stays[1])
    assert len(spawned.asked()) == 2
    for _, given in asked[2:]:
        protocol.close(given)
    await one.close()


async def test_factories_that_die_as_soon_as_they_are_ready_follow_more_and_more_slowly(
    spawned: Spawned,
) -> None:
    one = await opened(spawned)
    spawned.dies()
    await until(lambda: len(spawned.processes) == 2)  # the first to die is replaced at once
    pauses = []
    for count in (2, 3, 4):
        spawned.ready()
        await settled()
        spawned.dies()
        await until(lambda: not one.house.counts.factories)
        began = one.clock()
        while len(spawned.processes) == count:
            await one.look(0.5)
        pauses.append(one.clock() - began)
    assert pauses == sorted(pauses)
    assert pauses[-1] >= 4 * pauses[0] >= 4
    spawned.ready()
    await one.look()
    await one.look(STEADY + 1)
    spawned.dies()
    await until(lambda: len(spawned.processes) == 6)  # it was steady: at once, again
    await one.close()
