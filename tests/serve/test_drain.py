"""What systemd is told while a server drains, and how long that may last."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from kiosk.serve import drain as drain_module
from kiosk.serve.drain import EXTENSION, SHUTDOWN_TIMEOUT, Drain, StopSignals
from kiosk.serve.systemd import SystemdNotifier
from kiosk.settings.server import SessionLimits
from tests.support.serve.forkservers import FakeForkServers, Managed

GRACE = 300.0


class RecordingNotifier(SystemdNotifier):
    """Keeps what systemd would be told."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def _send(self, text: str) -> None:
        self.messages.append(text)


class Draining:
    """A drain of a server with one reader, whose seconds pass as fast as they can."""

    def __init__(self, managed: Managed) -> None:
        self.managed = managed
        self.notifier = RecordingNotifier()
        self.signals = StopSignals()
        self.is_shutting_down = False
        self.on_second: Callable[[float], None] = lambda _: None
        self._began = managed.clock()

    @property
    def seconds(self) -> float:
        return self.managed.clock() - self._began

    async def wait(self) -> bool:
        drain = Drain(
            self.managed.manager, self.notifier, self.signals, clock=self.clock,
            is_shutting_down=lambda: self.is_shutting_down,
        )  # fmt: skip
        return await drain.wait()

    def clock(self) -> float:
        return self.managed.clock()

    def pass_a_second(self) -> None:
        self.managed.clock.now += 1.0
        self.on_second(self.seconds)


@pytest_asyncio.fixture
async def draining(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Draining]:
    spawned = FakeForkServers()
    managed = Managed(spawned, SessionLimits(graceful_timeout=GRACE))
    await managed.start()
    _, worker = await managed.session()
    worker.sends(b"p", b"s")  # somebody reads
    draining = Draining(managed)
    drain = managed.manager.drain

    async def faster(seconds: float) -> bool:
        is_empty = await drain(0.0)
        draining.pass_a_second()
        await asyncio.sleep(0)
        return is_empty

    monkeypatch.setattr(managed.manager, "drain", faster)
    yield draining
    await managed.close()
    spawned.end()


async def test_the_watchdog_is_told_every_second_of_a_drain(draining: Draining) -> None:
    assert await draining.wait()
    assert draining.seconds == pytest.approx(GRACE, abs=2)
    assert draining.notifier.messages.count("WATCHDOG=1") >= GRACE


async def test_systemd_is_asked_for_more_time_only_after_it_asked_to_stop(
    draining: Draining,
) -> None:
    def stop(seconds: float) -> None:
        if seconds == 100:
            draining.signals.stops = 1

    draining.on_second = stop
    assert await draining.wait()
    asked = [text for text in draining.notifier.messages if text.startswith("EXTEND_TIMEOUT_USEC")]
    assert len(asked) == pytest.approx(GRACE - 100, abs=2)
    assert set(asked) == {f"EXTEND_TIMEOUT_USEC={EXTENSION * 1e6:.0f}"}
    assert EXTENSION > 10 * drain_module.INTERVAL


async def test_a_shutdown_of_the_machine_shortens_a_drain(draining: Draining) -> None:
    draining.signals.stops = 1

    def shut_down(seconds: float) -> None:
        draining.is_shutting_down = seconds >= 50

    draining.on_second = shut_down
    assert await draining.wait()
    assert draining.seconds == pytest.approx(50 + SHUTDOWN_TIMEOUT, abs=2)


async def test_a_planned_shutdown_does_not_end_the_readers_of_a_replaced_server(
    draining: Draining,
) -> None:
    """`shutdown +5` makes the same file, minutes before anything is stopped."""
    draining.is_shutting_down = True
    assert await draining.wait()
    assert draining.seconds == pytest.approx(GRACE, abs=2)


async def test_a_second_signal_ends_a_drain(draining: Draining) -> None:
    draining.signals.stops = 2
    assert await draining.wait()
    assert draining.seconds <= 2


@pytest.mark.parametrize("stops", [0, 1])
async def test_only_a_server_that_nobody_stopped_serves_again(
    draining: Draining, stops: int
) -> None:
    draining.signals.stops = stops
    draining.signals.serve_again = True
    assert await draining.wait() == bool(stops)
    assert draining.managed.manager.is_draining == bool(stops)


async def test_systemctl_status_says_how_many_are_left(draining: Draining) -> None:
    draining.signals.stops = 2
    await draining.wait()
    told = "STATUS=draining for 0 s: 1 session left, 300 seconds at most"
    assert told in draining.notifier.messages[-1]
