"""What systemd knows of servers that drain."""

from __future__ import annotations

import pytest

from kiosk.operations.draining import DrainingServer, draining_servers
from kiosk.operations.machine import Done, Machine
from kiosk.serve.drain import Drain, StopSignals
from kiosk.serve.systemd import SystemdNotifier
from kiosk.settings.server import SessionLimits
from tests.support.serve.forkservers import FakeForkServers, Managed

UNIT = "kiosk-ssh@0.1.0.service"


def found(*units: dict[str, str], has_systemd: bool = True) -> list[DrainingServer]:
    """Return what is found where systemd shows these units."""
    shown = "\n\n".join("\n".join(map("=".join, unit.items())) for unit in units)
    machine = Machine(lambda command: Done(0, shown + "\n"))
    return list(draining_servers(machine, has_systemd=has_systemd))


def shown(text: str, active: str = "active", unit: str = UNIT) -> dict[str, str]:
    return {"Id": unit, "ActiveState": active, "StatusText": text}


async def told_to_systemd() -> str:
    """Return the words of a real drain."""
    said: list[str] = []

    class Recorder(SystemdNotifier):
        def say(self, sentence: str) -> None:
            said.append(sentence)

    manager = Managed(FakeForkServers(), SessionLimits()).manager
    await Drain(manager, Recorder(), StopSignals(), clock=lambda: 0.0).wait()
    return said[0]


async def test_the_numbers_of_a_drain_are_read_from_its_own_words() -> None:
    text = await told_to_systemd()
    [server] = found(shown(text))
    assert (server.unit, server.version, server.text) == (UNIT, "0.1.0", text)
    assert (server.seconds, server.sessions) == (0, 0)
    assert server.seconds_left is not None
    assert server.seconds_left > 0


def test_a_drain_that_systemd_has_asked_to_stop_is_found() -> None:
    [server] = found(shown("draining for 12 s: 1 session left, 8 seconds at most", "deactivating"))
    assert (server.seconds, server.sessions, server.seconds_left) == (12, 1, 8)


def test_other_words_are_told_without_numbers() -> None:
    [server] = found(shown("draining: in other words"))
    assert (server.text, server.sessions) == ("draining: in other words", None)


def test_each_of_several_versions_is_found() -> None:
    units = [shown("draining", unit=f"kiosk-{kind}@0.2.0-s1.service") for kind in ("ssh", "serve")]
    assert [server.version for server in found(*units)] == ["0.2.0-s1", "0.2.0-s1"]


@pytest.mark.parametrize("unit", [shown("open"), shown("draining", "inactive"), {}])
def test_what_does_not_drain_is_not_found(unit: dict[str, str]) -> None:
    assert not found(unit)


def test_nothing_is_asked_where_there_is_no_systemd() -> None:
    assert not found(shown("draining"), has_systemd=False)
