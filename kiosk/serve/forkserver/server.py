"""The factory: one composed Welcome page, forked for each visit.

Its rules:

1.  It has one thread, composes before it forks, and never sees what a visitor types: a visit reads
    its terminal itself.
2.  A few visits wait, forked and ready. Another is made a moment after one was handed out.
    Where there are more to refill, they are forked one at a time, a moment apart: those who are
    inside notice nothing. What is asked for while none waits is forked at once.
3.  A waiting visit dies with the factory. One that has its terminal outlives it: it ends with its
    terminal, with its client, or when its client closes the lifeline.
4.  The template is laid out for one size. Asked for another, a factory of one client (`fits`) is
    laid out anew for that; one of many leaves that to the visit, and the next finds it as it was.

`new_loop()` is needed because an epoll object is shared by forks: what one visit does to it is done
to all. A poll selector lives in the process.
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
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.errors import raised_at
from kiosk.serve import protocol

REFILL_DELAY = 0.15
"""Seconds after which another waiting visit is forked: the one handed out paints first."""
REQUEST_DESCRIPTORS = 3
"""What comes with a request: where to read, where to write, the lifeline."""


@dataclass(frozen=True)
class TerminalHandoff:
    """A terminal for a visit."""

    source: int
    sink: int
    lifeline: socket.socket
    size: tuple[int, int]
    """Columns and rows."""
    wants: Mapping[str, str] = field(default_factory=dict)
    """What the visit should be, by the names of `messages.WANTS`; what is missing is as the factory
    has it."""


class WorkerTemplate(Protocol):
    """An app that is composed and has no terminal yet."""

    def opened(self) -> None:
        """In the factory, before the first fork: give up what neither it nor a visit will need."""
        ...

    def forked(self) -> None:
        """In a visit's process, before anybody comes: give up what it will not need."""
        ...

    def take(self, given: TerminalHandoff) -> None:
        """In a visit's process: go on with this terminal."""
        ...

    def resize(self, size: tuple[int, int]) -> None:
        """In the factory: be laid out for this size."""
        ...

    def stop(self) -> None:
        """End: nobody will come."""
        ...


def new_loop() -> asyncio.SelectorEventLoop:
    """An event loop that survives a fork."""
    return asyncio.SelectorEventLoop(selectors.PollSelector())


@dataclass(frozen=True)
class _SpareWorker:
    pid: int
    pidfd: int
    line: socket.socket


class ForkServer:
    """Forks visits of `template` for the client at the other end of `control`.

    Args:
        control: the socket of `messages`; its end is the end of the factory.
        template: composed, in `loop`.
        loop: of `new_loop()`; running.
        size: that the template is laid out for.
        waiting: how many visits wait, forked.
        fits: whether the template follows the size that was asked for last.
    """

    def __init__(
        self,
        control: socket.socket,
        template: WorkerTemplate,
        loop: asyncio.SelectorEventLoop,
        size: tuple[int, int],
        *,
        waiting: int = 1,
        fits: bool = True,
    ) -> None:
        self._control = control
        self._template = template
        self._loop = loop
        self._size = size
        self._most = waiting
        self._fits = fits
        self._waiting: list[_SpareWorker] = []
        self._asked_for: list[tuple[dict[str, object], list[int]]] = []
        """What was told, and the descriptors, of visits that are asked for and not there yet."""
        self._plan: asyncio.TimerHandle | None = None
        self._children: dict[int, int] = {}
        """The pidfd of each child, by process."""

    def open(
        self, watched: list[list[str | int]], more: Mapping[str, object] | None = None
    ) -> None:
        """Say that there are visits to be had, and of which files they are made; fork the first.

        What else the client should know of them goes with it.
        """
        self._template.opened()
        gc.collect()
        gc.freeze()
        self._control.setblocking(False)
        self._loop.add_reader(self._control, self._asked)
        protocol.send(self._control, {"ready": watched, **(more or {})})
        self._refill()

    def _asked(self) -> None:
        try:
            message, given = protocol.receive(self._control)
        except BlockingIOError:
            return
        except (EOFError, OSError, ValueError):
            self._end()
            return
        try:
            size = protocol.size_in(message)
        except ValueError:
            protocol.close(given)
            return
        if len(given) != REQUEST_DESCRIPTORS:
            protocol.close(given)
            return
        wants = {key: protocol.text_in(message, key) for key in protocol.OPTION_KEYS}
        told: dict[str, object] = {"size": list(size), "number": message.get("number"), **wants}
        self._asked_for.append((told, given))
        self._hand_over()

    def _hand_over(self) -> None:
        """Give what was asked for to those that wait; fork more if there are too few."""
        while self._asked_for and self._waiting:
            told, given = self._asked_for[0]
            one = self._waiting.pop(0)
            with contextlib.suppress(OSError):
                protocol.send(one.line, told, tuple(given))
                self._asked_for.pop(0)
                protocol.close(given)
                self._tell_of(one, told)
                self._fit(protocol.size_in(told))
            one.line.close()
        self._refill_in(0.0 if self._asked_for else REFILL_DELAY)

    def _tell_of(self, one: _SpareWorker, told: Mapping[str, object]) -> None:
        """Which visit has come of what was asked; a client that cannot be told has ended."""
        said = {"pid": one.pid, "number": told["number"], "waiting": len(self._waiting)}
        with contextlib.suppress(OSError):
            protocol.send(self._control, said, (one.pidfd,))

    def _fit(self, size: tuple[int, int]) -> None:
        """Lay the template out for the size that was asked for last."""
        if self._fits and size != self._size:
            self._size = size
            self._template.resize(size)
            self._dismiss()

    def _dismiss(self) -> None:
        """Let go of those that wait: they were forked from what the template was before."""
        for one in self._waiting:
            one.line.close()
        self._waiting.clear()

    def _refill_in(self, seconds: float) -> None:
        """Fork again then. There is one such plan at a time, and a child inherits none."""
        if self._plan is not None:
            self._plan.cancel()
        self._plan = self._loop.call_later(seconds, self._refill)

    def _refill(self) -> None:
        """Fork one visit if too few wait. Ends with the fork: the child comes back from it, too."""
        if len(self._waiting) >= max(self._most, len(self._asked_for)):
            return
        ours, theirs = protocol.pair()
        pid = os.fork()
        if pid == 0:
            ours.close()
            self._become_a_visit(theirs)
            return
        theirs.close()
        pidfd = os.pidfd_open(pid)
        self._children[pid] = pidfd
        self._loop.add_reader(pidfd, self._reap, pid)
        self._waiting.append(_SpareWorker(pid, pidfd, ours))
        if self._asked_for:
            self._hand_over()
            return
        if not self._fits:
            with contextlib.suppress(OSError):
                protocol.send(self._control, {"waiting": len(self._waiting)})
        self._refill_in(REFILL_DELAY)

    def _reap(self, pid: int) -> None:
        pidfd = self._children.pop(pid)
        self._loop.remove_reader(pidfd)
        os.close(pidfd)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        left = [one for one in self._waiting if one.pid != pid]
        if len(left) < len(self._waiting):
            self._waiting = left
            self._refill_in(REFILL_DELAY)

    def _end(self) -> None:
        self._loop.remove_reader(self._control)
        self._dismiss()
        self._template.stop()

    def _become_a_visit(self, line: socket.socket) -> None:
        """In the child: let go of all that is the factory's, and wait for a terminal."""
        loop = self._loop
        loop._close_self_pipe()  # type: ignore[attr-defined]
        loop._make_self_pipe()  # type: ignore[attr-defined]
        asyncio._set_running_loop(loop)
        if self._plan is not None:
            self._plan.cancel()
        loop.remove_reader(self._control)
        self._control.close()
        for pidfd in self._children.values():
            loop.remove_reader(pidfd)
            os.close(pidfd)
        self._children.clear()
        self._dismiss()
        for _, given in self._asked_for:
            protocol.close(given)
        self._asked_for.clear()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._template.forked()
        loop.add_reader(line, self._given, line)

    def _given(self, line: socket.socket) -> None:
        """In the child: the terminal has come, or the factory has gone."""
        self._loop.remove_reader(line)
        try:
            message, given = protocol.receive(line)
            size = protocol.size_in(message)
            source, sink, lifeline = given
        except (EOFError, OSError, ValueError):
            os._exit(0)
        line.close()
        if _is_dead(lifeline):
            os._exit(0)
        held = socket.socket(fileno=lifeline)
        held.setblocking(False)
        try:
            wants = {key: protocol.text_in(message, key) for key in protocol.OPTION_KEYS}
            self._template.take(TerminalHandoff(source, sink, held, size, wants))
        except Exception as error:
            print(f"kiosk: a visit did not begin: {raised_at(error)}", file=sys.stderr)
            sys.stderr.flush()
            os._exit(70)


def _is_dead(lifeline: int) -> bool:
    """Whether nobody is at the other end any more."""
    poll = select.poll()
    poll.register(lifeline, 0)
    return bool(poll.poll(0))
