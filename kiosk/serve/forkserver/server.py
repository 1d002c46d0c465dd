"""The fork server: it renders the first page (Welcome) once, and forks a worker for each visit.

Its rules:

1.  It has one thread, renders before it forks, and never sees what a visitor types: a worker reads
    its terminal itself.
2.  A few spare workers are forked beforehand. Another is forked a moment after one was handed a
    terminal; several are forked one at a time, a moment apart, so that running visits notice
    nothing. A worker that is requested while none is spare is forked at once.
3.  A spare worker dies with the fork server. One that has its terminal outlives it: it ends with
    its terminal, or when the process that requested it ends or closes the lifeline.
4.  The template is laid out for one size. At a console (`follows_size`) it is laid out again for
    the size that was requested last. In a server the worker does that, and the template stays.

Its event loop has a poll selector (`new_loop()`), because forks share an epoll object: what one
process does to it is done to all.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import select
import selectors
import signal
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.errors import raised_at
from kiosk.serve import protocol
from kiosk.serve.forkserver.heartbeat import CRASH_EXIT_STATUS
from kiosk.serve.forkserver.shared_heap import prepare_heap

REFILL_DELAY = 0.15
"""Seconds after which another spare worker is forked: the one with a terminal paints first."""


@dataclass(frozen=True)
class TerminalHandoff:
    """Resources of a worker for its visit: a terminal, the lifeline, the visit's options."""

    source: int
    """The descriptor to read from."""
    sink: int
    """The descriptor to write to."""
    lifeline: socket.socket
    size: tuple[int, int]
    """Columns and rows."""
    term: str = ""
    """The terminal's name for its own kind (TERM); empty for what the fork server assumes."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Options that the visit begins with, by `protocol.OPTION_KEYS`; a missing one is as
    configured."""


class WorkerTemplate(Protocol):
    """Template of all workers: an app with its first page rendered, and no terminal yet."""

    def before_fork(self) -> None:
        """In the fork server, before the first fork: give up the rights that no worker needs."""
        ...

    def after_fork(self) -> None:
        """In a spare worker, just forked: give up the rights that only the fork server needs."""
        ...

    def run(self, handoff: TerminalHandoff) -> None:
        """In a worker that has been given a terminal: run a visit there."""
        ...

    def resize(self, size: tuple[int, int]) -> None:
        """In the fork server: lay the app out for this size (columns, rows)."""
        ...

    def stop(self) -> None:
        """In the fork server, when its control socket ends: end this process."""
        ...


def new_loop() -> asyncio.SelectorEventLoop:
    """Return a new event loop that works on in a forked child (it has a poll selector)."""
    return asyncio.SelectorEventLoop(selectors.PollSelector())


@dataclass(frozen=True)
class _SpareWorker:
    pid: int
    pidfd: int
    channel: socket.socket
    """Carries the request and its terminal to the worker."""


class ForkServer:
    """Forks workers, and hands them the terminals that come in requests on the control socket.

    Args:
        control: socket to the process that requests workers; when it ends, the fork server ends.
        template: the rendered app that workers are forks of; it runs in `loop`.
        loop: the running event loop, made by `new_loop()`.
        size: columns and rows that the template is laid out for.
        spare_workers: how many workers are kept forked and waiting for a terminal.
        follows_size: True to lay the template out again for the size last requested.
    """

    def __init__(
        self,
        control: socket.socket,
        template: WorkerTemplate,
        loop: asyncio.SelectorEventLoop,
        size: tuple[int, int],
        *,
        spare_workers: int = 1,
        follows_size: bool = True,
    ) -> None:
        self._control = control
        self._template = template
        self._loop = loop
        self._size = size
        self._max_spare = spare_workers
        self._follows_size = follows_size
        self._spare: list[_SpareWorker] = []
        self._requests: list[tuple[protocol.WorkerRequest, list[int]]] = []
        """The requests, with their descriptors, that have no worker yet."""
        self._refill_timer: asyncio.TimerHandle | None = None
        self._children: dict[int, int] = {}
        """The pidfd of each child, by process."""
        self._heap_fillers: list[object] = []

    def open(
        self,
        files: Iterable[protocol.FileRecord],
        settings: Mapping[str, object] | None = None,
    ) -> None:
        """Give up rights, say on the control socket that workers can be requested, and fork the
        first.

        Args:
            files: the files that the template was made from, with their stamps.
            settings: what else the requesting process must know, as a JSON object.
        """
        self._template.before_fork()
        gc.collect()
        self._heap_fillers = prepare_heap()
        gc.freeze()
        self._control.setblocking(False)
        self._loop.add_reader(self._control, self._receive)
        protocol.send(self._control, protocol.ForkServerReady(files, settings))
        self._refill_in(0)  # in a callback: a child of Python 3.14 cannot leave its parent's task

    def _receive(self) -> None:
        try:
            message, descriptors = protocol.receive(self._control)
        except (BlockingIOError, protocol.InvalidMessage):
            return
        except (EOFError, OSError, ValueError):
            self._end()
            return
        if isinstance(message, protocol.WorkerRequest):
            self._requests.append((message, descriptors))
            self._serve_requests()
        else:
            protocol.close(descriptors)

    def _serve_requests(self) -> None:
        """Hand the terminals of the requests to spare workers; fork more if there are too few."""
        while self._requests and self._spare:
            request, descriptors = self._requests[0]
            worker = self._spare.pop(0)
            with contextlib.suppress(OSError):
                protocol.send(worker.channel, request, tuple(descriptors))
                self._requests.pop(0)
                protocol.close(descriptors)
                self._report_started(worker, request)
                self._follow_size(request.size)
            worker.channel.close()
        self._refill_in(0.0 if self._requests else REFILL_DELAY)

    def _report_started(self, worker: _SpareWorker, request: protocol.WorkerRequest) -> None:
        """Tell the client; one that cannot be told has ended."""
        message = protocol.WorkerStarted(worker.pid, request.number, len(self._spare))
        with contextlib.suppress(OSError):
            protocol.send(self._control, message, (worker.pidfd,))

    def _follow_size(self, size: tuple[int, int]) -> None:
        """Lay the template out for the size that was requested last."""
        if self._follows_size and size != self._size:
            self._size = size
            self._template.resize(size)
            self._dismiss_spare()

    def _dismiss_spare(self) -> None:
        """Let the spare workers end: they were forked from what the template was before."""
        for worker in self._spare:
            worker.channel.close()
        self._spare.clear()

    def _refill_in(self, seconds: float) -> None:
        """Fork again then. There is one such timer at a time, and a child inherits none."""
        if self._refill_timer is not None:
            self._refill_timer.cancel()
        self._refill_timer = self._loop.call_later(seconds, self._refill)

    def _refill(self) -> None:
        """Fork one worker if too few are spare.

        Nothing may follow the fork in a caller: the child returns from here, too.
        """
        if len(self._spare) >= max(self._max_spare, len(self._requests)):
            return
        ours, theirs = protocol.pair()
        pid = os.fork()
        if pid == 0:
            ours.close()
            self._become_worker(theirs)
            return
        theirs.close()
        pidfd = os.pidfd_open(pid)
        self._children[pid] = pidfd
        self._loop.add_reader(pidfd, self._reap, pid)
        self._spare.append(_SpareWorker(pid, pidfd, ours))
        if self._requests:
            self._serve_requests()
            return
        if not self._follows_size:
            with contextlib.suppress(OSError):
                protocol.send(self._control, protocol.SpareWorkers(len(self._spare)))
        self._refill_in(REFILL_DELAY)

    def _reap(self, pid: int) -> None:
        pidfd = self._children.pop(pid)
        self._loop.remove_reader(pidfd)
        os.close(pidfd)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        left = [worker for worker in self._spare if worker.pid != pid]
        if len(left) < len(self._spare):
            self._spare = left
            self._refill_in(REFILL_DELAY)

    def _end(self) -> None:
        self._loop.remove_reader(self._control)
        self._dismiss_spare()
        self._template.stop()

    def _become_worker(self, channel: socket.socket) -> None:
        """In the child: close all that is the fork server's, and wait for a terminal."""
        loop = self._loop
        loop._close_self_pipe()  # type: ignore[attr-defined]
        loop._make_self_pipe()  # type: ignore[attr-defined]
        asyncio._set_running_loop(loop)
        if self._refill_timer is not None:
            self._refill_timer.cancel()
        loop.remove_reader(self._control)
        self._control.close()
        for pidfd in self._children.values():
            loop.remove_reader(pidfd)
            os.close(pidfd)
        self._children.clear()
        self._dismiss_spare()
        for _, descriptors in self._requests:
            protocol.close(descriptors)
        self._requests.clear()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._template.after_fork()
        loop.add_reader(channel, self._take_terminal, channel)

    def _take_terminal(self, channel: socket.socket) -> None:
        """In the child: the terminal has come, or the fork server has gone."""
        self._loop.remove_reader(channel)
        try:
            request, descriptors = protocol.receive(channel)
        except (EOFError, OSError, ValueError):
            os._exit(0)
        channel.close()
        if not isinstance(request, protocol.WorkerRequest) or _has_ended(descriptors[2]):
            os._exit(0)
        source, sink, line = descriptors
        lifeline = socket.socket(fileno=line)
        lifeline.setblocking(False)
        try:
            self._template.run(
                TerminalHandoff(source, sink, lifeline, request.size, request.term, request.options)
            )
        except Exception as error:
            with contextlib.suppress(OSError):
                lifeline.send(protocol.CRASHED + raised_at(error).encode("ascii", "replace"))
            os._exit(CRASH_EXIT_STATUS)


def _has_ended(lifeline: int) -> bool:
    """Return whether the other end of a lifeline is closed."""
    poll = select.poll()
    poll.register(lifeline, 0)
    return bool(poll.poll(0))
