"""A worker ends with its lifeline, and by a thread of its own where nothing else ends it."""

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
    """Be a worker whose time is up and whose loop does nothing more."""
    sender = Heartbeat(lambda: False, lambda: time.monotonic() - 100, time.monotonic)
    sender.begin(line, asyncio.new_event_loop(), lambda: None)
    sender.beat()
    time.sleep(30)


def test_a_frozen_worker_is_ended_by_its_own_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "WATCHDOG_INTERVAL", 0.1)
    pid, line = in_a_process(frozen)
    assert status(pid) == WATCHDOG_EXIT_STATUS
    line.close()


def answers_late(line: socket.socket) -> None:
    """Be used in the last second, just after a heartbeat."""
    sender = Heartbeat(lambda: False, lambda: time.monotonic() + 0.1, time.monotonic)
    sender.begin(line, asyncio.new_event_loop(), lambda: None)
    sender.beat()
    sender.record_activity()
    time.sleep(4)
    os._exit(0)


@pytest.mark.slow
def test_an_answer_in_the_last_second_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "WATCHDOG_INTERVAL", 0.1)
    pid, line = in_a_process(answers_late)
    assert status(pid) == 0
    line.close()


def rests(line: socket.socket) -> None:
    sender = Heartbeat(lambda: True, lambda: 0.0, time.monotonic)
    sender.begin(line, asyncio.new_event_loop(), lambda: None)
    sender.beat()
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
    sender = Heartbeat(lambda: False, lambda: time.monotonic() + 60, time.monotonic)
    sender.begin(line, loop, lambda: sender.report_ready())
    sender.beat()
    loop.run_forever()


def test_it_reports_the_seconds_left_and_receives_another_size() -> None:
    pid, line = in_a_process(waits)
    messages = line.recv(100)
    assert messages[:1] == protocol.HEARTBEAT_ACTIVE
    assert 55 <= int(messages[1:]) <= 60
    line.send(protocol.RESIZED)
    assert line.recv(100) == protocol.READY
    line.close()
    assert status(pid) == 0


def is_flooded(line: socket.socket) -> None:
    sender = Heartbeat(lambda: False, lambda: 0.0, time.monotonic)
    sender.begin(line, asyncio.new_event_loop(), lambda: None)
    for _ in range(1000):
        sender.record_activity()
    sender.report_finished()


def test_a_flood_of_keys_is_reported_once() -> None:
    pid, line = in_a_process(is_flooded)
    assert line.recv(100) == protocol.ACTIVITY
    assert line.recv(100) == protocol.FINISHED
    assert status(pid) == 0
    line.close()


def rests_and_is_used(line: socket.socket) -> None:
    resting, most = [True], heartbeat.IDLE_BEATS_PER_TICK
    sender = Heartbeat(lambda: resting[0], lambda: time.monotonic() + 60, time.monotonic, 15.0)
    assert sender.beat_idle() == 0.0  # a template has no heartbeat
    sender.begin(line, asyncio.new_event_loop(), lambda: None)
    assert [sender.beat_idle() for _ in range(most)] == [15.0] * most
    assert sender.beat_idle() == 0.0
    sender.beat()
    assert sender.beat_idle() == 15.0
    assert [sender.record_activity(), sender.record_activity()] == [True, False]
    assert sender.beat_idle() == 0.0  # its app must show that it has its turn
    sender.beat()  # which it was about to when the key came: it has not done anything yet
    resting[0] = False
    assert sender.beat_idle() == 0.0
    sender.beat()
    assert sender.beat_idle() == 0.0
    sender.report_finished()


def test_idle_heartbeats_come_from_the_loop_until_there_is_activity_or_a_tick_is_due() -> None:
    pid, line = in_a_process(rests_and_is_used)
    assert status(pid) == 0
    messages = [line.recv(100)[:1] for _ in range(heartbeat.IDLE_BEATS_PER_TICK + 6)]
    assert messages == [
        *[protocol.HEARTBEAT_IDLE] * (heartbeat.IDLE_BEATS_PER_TICK + 2),
        protocol.ACTIVITY, protocol.HEARTBEAT_IDLE, protocol.HEARTBEAT_ACTIVE, protocol.FINISHED,
    ]  # fmt: skip
    line.close()


def wakes(line: socket.socket) -> None:
    """Be used, and then have a loop that does nothing more."""
    resting = [True]
    sender = Heartbeat(lambda: resting[0], lambda: time.monotonic() - 100, time.monotonic)
    sender.begin(line, asyncio.new_event_loop(), lambda: None)
    sender.beat()
    time.sleep(0.3)  # its thread sleeps until there is a deadline
    sender.record_activity()
    resting[0] = False
    sender.beat()
    time.sleep(30)


def waits_in_its_one_thread(line: socket.socket) -> None:
    sender = Heartbeat(lambda: True, lambda: float("inf"), time.monotonic)
    sender.begin_without_loop(line)
    sender.beat()
    time.sleep(30)


def test_its_thread_wakes_when_a_rest_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "WATCHDOG_INTERVAL", 0.1)
    pid, line = in_a_process(wakes)
    assert status(pid) == WATCHDOG_EXIT_STATUS
    line.close()


@pytest.mark.parametrize("is_read", [True, False])
def test_a_worker_without_a_loop_sees_the_end_of_its_lifeline(is_read: bool) -> None:
    pid, line = in_a_process(waits_in_its_one_thread)
    poll = select.poll()
    poll.register(line, select.POLLIN)
    assert poll.poll(10_000)
    if is_read:
        line.recv(protocol.MAX_MESSAGE)
    line.close()
    assert status(pid) == 0
