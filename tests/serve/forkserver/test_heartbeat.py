"""A visit ends with its lifeline, and by a thread of its own where nothing else ends it."""

from __future__ import annotations

import asyncio
import os
import select
import socket
import time

import pytest

from kiosk.serve import protocol
from kiosk.serve.forkserver import heartbeat
from kiosk.serve.forkserver.heartbeat import WATCHDOG_EXIT_STATUS, Heartbeat
from tests.support.serve.child_process import in_a_process, status


def frozen(line: socket.socket) -> None:
    """A visit whose time is up and whose loop does nothing more."""
    one = Heartbeat(lambda: False, lambda: time.monotonic() - 100, time.monotonic)
    one.begin(line, asyncio.new_event_loop(), lambda: None)
    one.beat()
    time.sleep(30)


def test_a_frozen_visit_is_ended_by_its_own_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "WATCHDOG_INTERVAL", 0.1)
    pid, line = in_a_process(frozen)
    assert status(pid) == WATCHDOG_EXIT_STATUS
    line.close()


def answers_late(line: socket.socket) -> None:
    """Somebody answers in the last second, just after a heartbeat."""
    one = Heartbeat(lambda: False, lambda: time.monotonic() + 0.1, time.monotonic)
    one.begin(line, asyncio.new_event_loop(), lambda: None)
    one.beat()
    one.record_activity()
    time.sleep(4)
    os._exit(0)


def test_an_answer_in_the_last_second_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "WATCHDOG_INTERVAL", 0.1)
    pid, line = in_a_process(answers_late)
    assert status(pid) == 0
    line.close()


def rests(line: socket.socket) -> None:
    one = Heartbeat(lambda: True, lambda: 0.0, time.monotonic)
    one.begin(line, asyncio.new_event_loop(), lambda: None)
    one.beat()
    time.sleep(1)
    os._exit(0)


def test_welcome_has_no_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "WATCHDOG_INTERVAL", 0.1)
    pid, line = in_a_process(rests)
    assert line.recv(100) == protocol.HEARTBEAT_IDLE
    assert status(pid) == 0
    line.close()


def waits(line: socket.socket) -> None:
    loop = asyncio.new_event_loop()
    one = Heartbeat(lambda: False, lambda: time.monotonic() + 60, time.monotonic)
    one.begin(line, loop, lambda: one.report_ready())
    one.beat()
    loop.run_forever()


def test_it_tells_what_it_has_left_and_hears_of_another_size() -> None:
    pid, line = in_a_process(waits)
    told = line.recv(100)
    assert told[:1] == protocol.HEARTBEAT_ACTIVE
    assert 55 <= int(told[1:]) <= 60
    line.send(protocol.RESIZED)
    assert line.recv(100) == protocol.READY
    line.close()
    assert status(pid) == 0


def stirs(line: socket.socket) -> None:
    one = Heartbeat(lambda: False, lambda: 0.0, time.monotonic)
    one.begin(line, asyncio.new_event_loop(), lambda: None)
    for _ in range(1000):
        one.record_activity()
    one.report_finished()


def test_a_flood_of_keys_is_told_once() -> None:
    pid, line = in_a_process(stirs)
    assert line.recv(100) == protocol.ACTIVITY
    assert line.recv(100) == protocol.FINISHED
    assert status(pid) == 0
    line.close()


def rests_and_stirs(line: socket.socket) -> None:
    resting, most = [True], heartbeat.IDLE_BEATS_PER_TICK
    one = Heartbeat(lambda: resting[0], lambda: time.monotonic() + 60, time.monotonic, 15.0)
    assert one.beat_idle() == 0.0  # a template: it goes on looking at the time
    one.begin(line, asyncio.new_event_loop(), lambda: None)
    assert [one.beat_idle() for _ in range(most)] == [15.0] * most
    assert one.beat_idle() == 0.0
    one.beat()
    assert one.beat_idle() == 15.0
    assert [one.record_activity(), one.record_activity()] == [True, False]
    assert one.beat_idle() == 0.0  # its app must show that it takes its turn
    one.beat()  # which it was about to when the key came: it has not done anything yet
    resting[0] = False
    assert one.beat_idle() == 0.0
    one.beat()
    assert one.beat_idle() == 0.0
    one.report_finished()


def test_at_rest_the_loop_alone_beats_until_somebody_stirs_or_a_look_is_due() -> None:
    pid, line = in_a_process(rests_and_stirs)
    assert status(pid) == 0
    told = [line.recv(100)[:1] for _ in range(heartbeat.IDLE_BEATS_PER_TICK + 6)]
    assert told == [
        *[protocol.HEARTBEAT_IDLE] * (heartbeat.IDLE_BEATS_PER_TICK + 2),
        protocol.ACTIVITY, protocol.HEARTBEAT_IDLE, protocol.HEARTBEAT_ACTIVE, protocol.FINISHED,
    ]  # fmt: skip
    line.close()


def wakes(line: socket.socket) -> None:
    """Somebody stirs, and then its loop does nothing more."""
    resting = [True]
    one = Heartbeat(lambda: resting[0], lambda: time.monotonic() - 100, time.monotonic)
    one.begin(line, asyncio.new_event_loop(), lambda: None)
    one.beat()
    time.sleep(0.3)  # its thread sleeps until there is a deadline
    one.record_activity()
    resting[0] = False
    one.beat()
    time.sleep(30)


def waits_in_its_one_thread(line: socket.socket) -> None:
    one = Heartbeat(lambda: True, lambda: float("inf"), time.monotonic)
    one.begin_without_loop(line)
    one.beat()
    time.sleep(30)


def test_its_thread_wakes_when_a_rest_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "WATCHDOG_INTERVAL", 0.1)
    pid, line = in_a_process(wakes)
    assert status(pid) == WATCHDOG_EXIT_STATUS
    line.close()


@pytest.mark.parametrize("is_read", [True, False])
def test_a_visit_without_a_loop_sees_the_end_of_its_lifeline(is_read: bool) -> None:
    pid, line = in_a_process(waits_in_its_one_thread)
    poll = select.poll()
    poll.register(line, select.POLLIN)
    assert poll.poll(10_000)
    if is_read:
        line.recv(protocol.MAX_MESSAGE)
    line.close()
    assert status(pid) == 0
