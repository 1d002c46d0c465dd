"""A template waits without a look at the time; a worker looks before it draws, where it must."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from kiosk.library.pack.reader import open_pack
from kiosk.serve import protocol
from kiosk.serve.forkserver.sandbox import Sandbox
from kiosk.serve.forkserver.server import TerminalHandoff
from kiosk.site.request import LaunchOptions
from kiosk.worker import template as template_module
from kiosk.worker.template import VisitTemplate
from tests.support.prebuilt_pack import shipped_pack


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch) -> Iterator[VisitTemplate]:
    monkeypatch.setattr(Sandbox, "give_up", lambda _: [])
    monkeypatch.setattr(os, "dup2", lambda *_: 0)
    monkeypatch.setattr(template_module, "collect_young_generations", lambda: None)
    source: Path = shipped_pack()
    with open_pack(source) as pack:
        yield VisitTemplate(pack, source, LaunchOptions(content=source), (80, 24))


def test_nothing_is_due_after_the_last_preparation_for_a_fork(template: VisitTemplate) -> None:
    async def plan() -> asyncio.TimerHandle:
        template.app.tick_from_now()
        (tick,) = asyncio.get_running_loop()._scheduled  # type: ignore[attr-defined]
        template.before_fork()
        assert isinstance(tick, asyncio.TimerHandle)
        return tick

    assert asyncio.run(plan()).cancelled()


def test_a_worker_tells_its_parent_that_the_library_cannot_be_read_also_before_it_draws(
    template: VisitTemplate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begin(_: VisitTemplate, handoff: TerminalHandoff, **__: bool) -> None:
        template._heartbeat._use(handoff.lifeline)

    monkeypatch.setattr(VisitTemplate, "_draw", begin)
    monkeypatch.setattr(template._store, "_recalls", mock.Mock(changed=lambda _: -1))
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        ours.settimeout(5)
        template.run(TerminalHandoff(0, 1, theirs, (80, 24)))
        assert ours.recv(100) == protocol.FAULT + b"UnreadableRecalls"
        template._heartbeat.report_fault("PackError connection.py:1")
        assert ours.recv(100) == protocol.FAULT + b"PackError connection.py:1"


@pytest.mark.parametrize("recalled", [False, True])
def test_a_page_painted_before_is_shown_unless_its_text_was_recalled(
    template: VisitTemplate, monkeypatch: pytest.MonkeyPatch, *, recalled: bool
) -> None:
    drawn: list[bool] = []
    monkeypatch.setattr(VisitTemplate, "_draw", lambda *_, is_as_kept: drawn.append(is_as_kept))
    if recalled:
        topics = frozenset(id_ for id_, _, _ in template.pack.texts())
        monkeypatch.setattr(template._store, "withdrawn", lambda: topics)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        template.run(TerminalHandoff(0, 1, theirs, (80, 24)))
    assert drawn == [not recalled]
    assert bool(template._port._library.cards) is not recalled
