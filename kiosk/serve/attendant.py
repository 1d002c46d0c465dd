"""The attendant of an unattended kiosk: it owns the terminal, and every visit is a new process.

Its rules:

1.  Whatever ends a visit (its reader, the clock, a crash, a hang, new content) is followed by the
    same four steps: the process is killed, the terminal is wiped, what was typed is dropped, the
    next visit, which waits already, is given the terminal.
2.  It never draws a page of content and never reads a key: it holds no word of a visitor.
3.  A visit whose heart has not been heard for `HEART` seconds, or that outlives its own deadline by
    `GRACE`, is killed: the third of three means against a page that stands for ever.
4.  After `FAST_FAILURES` in a row it shows a line of its own, and keeps trying, more slowly.
5.  systemd hears that all is well only while a heart beats.
6.  Who dies: a visit with its terminal, or when the attendant closes its lifeline; the factory with
    the attendant. A visit outlives the factory.

Standard library only, and little of it: it must be small, and have nothing to fail with.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kiosk import bare_words
from kiosk.serve import messages
from kiosk.serve.console import Console
from kiosk.serve.notify import Notify
from kiosk.serve.patience import Patience

HEART = 15.0
"""Seconds without a heartbeat after which a visit counts as hung; it beats every five."""
PAINTS = 10.0
"""Seconds within which a visit's first page must be on its way."""
STARTS = 30.0
"""Seconds within which a factory must be ready."""
GRACE = 10.0
"""Seconds after its own deadline that a visit may still live."""
FAST_FAILURES = 5
"""Visits that crashed or painted nothing, and factories that were not ready, in a row."""
SLOWEST = 30.0
"""Seconds between two attempts, at most."""
LEFT_BY_STAFF = 3
"""Exit status after staff ended it; systemd does not restart that."""
IGNORED = ("INT", "QUIT", "TSTP", "TTIN", "TTOU", "USR1", "USR2", "ALRM", "IO", "VTALRM", "PIPE")

Stamp = tuple[tuple[int, int, int], ...]


@dataclass
class Visit:
    """A process that has the terminal."""

    line: socket.socket
    pidfd: int
    opened_at: float
    heard_at: float
    painted: bool = False
    resting: bool = True
    ends_at: float = float("inf")
    over: bool = False
    crashed: bool = False


@dataclass
class Works:
    """A factory: its process, and what it told of itself once it was ready."""

    pid: int
    control: socket.socket
    begun_at: float
    told: dict[str, object] | None = None
    asked: socket.socket | None = None
    """Our end of the lifeline of the visit that was asked for and is not there yet."""
    stamp: Stamp = field(default=())


class Attendant:
    """Attends `console` with visits of the factories that `spawn` starts.

    Args:
        console: the terminal.
        spawn: starts a factory that has the given socket for its control; its process id.
        clock: seconds, on a clock that runs through sleep.
        notify: tells systemd.
        log: takes a line for the journal, which never holds a visitor's word.
    """

    def __init__(
        self,
        console: Console,
        spawn: Callable[[socket.socket], int],
        clock: Callable[[], float],
        notify: Notify,
        log: Callable[[str], None],
    ) -> None:
        self._console = console
        self._spawn = spawn
        self._clock = clock
        self._notify = notify
        self._log = log
        self._works: Works | None = None
        self._visit: Visit | None = None
        self._failures = 0
        self._not_before = 0.0
        self._shows_line = False
        self._stale = False
        self._told_at = 0.0
        self._patience = Patience()
        self._status: int | None = None
        self._wake, self._woken = os.pipe()
        for end in (self._wake, self._woken):
            os.set_blocking(end, False)

    def run(self) -> int:
        """Attend until somebody ends it; the exit status."""
        self._listen_to_signals()
        self._console.take()
        self._console.wipe()
        while self._status is None:
            self._go_on()
            self._wait()
        self._notify.stopping()
        self._end_visit()
        self._end_works()
        self._console.give_back()
        return self._status

    # -- what is to be done now

    def _go_on(self) -> None:
        now = self._clock()
        works, visit = self._works, self._visit
        if works is None and now >= self._not_before:
            self._start_works(now)
        elif works is not None and works.told is None and now - works.begun_at > STARTS:
            self._works_failed("a factory was not ready in time")
        if visit is not None:
            self._look_after(visit, now)
        elif self._can_ask(now):
            self._ask()
        self._tell_systemd(now)

    def _can_ask(self, now: float) -> bool:
        works = self._works
        if works is None or works.told is None or works.asked is not None:
            return False
        return now >= self._not_before and not self._console.waits

    def _look_after(self, visit: Visit, now: float) -> None:
        if now - visit.heard_at > HEART:
            self._ended("a visit hung")
        elif not visit.painted and now - visit.opened_at > PAINTS:
            self._ended("a visit painted nothing")
        elif now > visit.ends_at:
            self._ended("a visit outlived its time")
        elif visit.resting and self._stale and self._works and self._works.told is not None:
            visit.over = True
            self._ended("new content")

    def _wait(self) -> None:
        """Until something is heard, or at most a second."""
        poll = select.poll()
        poll.register(self._wake, select.POLLIN)
        poll.register(self._console, select.POLLOUT if self._console.waits else 0)
        works, visit = self._works, self._visit
        if works is not None:
            poll.register(works.control, select.POLLIN)
        if visit is not None:
            poll.register(visit.line, select.POLLIN)
            poll.register(visit.pidfd, select.POLLIN)
        for descriptor, event in poll.poll(1000.0):
            if descriptor == self._wake:
                self._signalled()
            elif descriptor == self._console.fileno():
                self._console_says(event)
            elif works is self._works and works and descriptor == works.control.fileno():
                self._works_says(works)
            elif visit is self._visit and visit and descriptor == visit.line.fileno():
                self._visit_says(visit)
            elif visit is self._visit and visit and descriptor == visit.pidfd:
                self._ended("" if visit.over else "a visit died")

    # -- the factory

    def _start_works(self, now: float) -> None:
        ours, theirs = messages.pair()
        try:
            self._works = Works(self._spawn(theirs), ours, now)
        except OSError as error:
            ours.close()
            self._failed(f"no factory could be started: {error.strerror}")
        finally:
            theirs.close()

    def _works_says(self, works: Works) -> None:
        try:
            said, given = messages.receive(works.control)
        except (EOFError, OSError, ValueError):
            self._works_failed(
                "" if works.told is not None else "a factory died before it was ready"
            )
            return
        if "ready" in said:
            works.told = said["ready"]
            works.stamp = self._stamp(works)
        elif "pid" in said and len(given) == 1 and works.asked is not None:
            now = self._clock()
            self._visit = Visit(works.asked, given.pop(), now, now)
            works.asked = None
            self._shows_line = False
        messages.close(given)

    def _works_failed(self, why: str) -> None:
        self._end_works()
        if why:
            self._failed(why)

    def _end_works(self) -> None:
        works, self._works = self._works, None
        if works is None:
            return
        works.control.close()
        if works.asked is not None:
            works.asked.close()
        if works.told is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(works.pid, signal.SIGKILL)

    def _stamp(self, works: Works) -> Stamp:
        """What tells whether the files that a factory read have changed."""
        watched = (works.told or {}).get("watched")
        found = []
        for name in watched if isinstance(watched, list) else ():
            try:
                held = Path(name).stat()
            except OSError:
                found.append((0, 0, 0))
            else:
                found.append((held.st_ino, held.st_size, held.st_mtime_ns))
        return tuple(found)

    def _renew_if_changed(self) -> None:
        works = self._works
        if works is not None and works.told is not None and self._stamp(works) != works.stamp:
            self._log("content or settings have changed")
            self._end_works()
            self._stale = True

    # -- the visit

    def _ask(self) -> None:
        works = self._works
        assert works is not None
        ours, theirs = messages.pair()
        ours.setblocking(False)
        terminal = self._console.descriptor
        try:
            given = (terminal, terminal, theirs.fileno())
            messages.send(works.control, {"size": self._console.size()}, given)
            works.asked, self._stale = ours, False
        except OSError:
            ours.close()
            self._works_failed("a factory does not answer")
        finally:
            theirs.close()

    def _visit_says(self, visit: Visit) -> None:
        now = self._clock()
        try:
            said = visit.line.recv(messages.MOST)
        except BlockingIOError:
            return
        except OSError:
            said = b""
        kind, more = said[:1], said[1:]
        if kind == messages.PAINTED:
            visit.painted = True
            self._notify.ready()
        elif kind in (messages.RESTING, messages.IN_USE):
            visit.resting = kind == messages.RESTING
            visit.ends_at = now + _seconds(more) + GRACE
            if visit.resting:
                self._renew_if_changed()
        elif kind == messages.OVER:
            visit.over = True
        elif kind == messages.CRASHED:
            visit.crashed = True
            self._log(f"a visit crashed: {more[:100].decode('ascii', 'replace')}")
        elif kind == messages.LEAVE:
            self._log("staff ended the kiosk")
            self._status = LEFT_BY_STAFF
        elif kind == messages.MAY_I:
            self._let_try(visit, now)
        if not said or visit.over:
            self._ended("" if visit.over else "a visit died")
        else:
            visit.heard_at = now

    def _let_try(self, visit: Visit, now: float) -> None:
        wait = self._patience.ask(now)
        answer = messages.WAIT + str(int(wait) + 1).encode() if wait else messages.TRY
        with contextlib.suppress(OSError):
            visit.line.send(answer)

    def _ended(self, why: str) -> None:
        """Kill, wipe, drop: then the next may come."""
        visit = self._visit
        assert visit is not None
        self._end_visit()
        self._console.wipe()
        if why:
            self._log(why)
        if visit.painted and not visit.crashed:
            self._failures = 0
            self._not_before = 0.0
        else:
            self._failed("")
        self._renew_if_changed()

    def _end_visit(self) -> None:
        visit, self._visit = self._visit, None
        if visit is None:
            return
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(visit.pidfd, signal.SIGKILL)
        poll = select.poll()
        poll.register(visit.pidfd, select.POLLIN)
        poll.poll(1000)
        visit.line.close()
        os.close(visit.pidfd)

    def _failed(self, why: str) -> None:
        if why:
            self._log(why)
        self._failures += 1
        slow = max(0, self._failures - FAST_FAILURES)
        pause = min(SLOWEST, 0.5 * 2**slow) if slow else 0.1 * (self._failures - 1)
        self._not_before = self._clock() + pause
        if self._failures >= FAST_FAILURES and self._visit is None and not self._shows_line:
            self._log("nothing can be shown; trying on, more slowly")
            self._console.say(bare_words.ASK_STAFF)
            self._shows_line = True

    # -- the world

    def _listen_to_signals(self) -> None:
        for name in IGNORED:
            signal.signal(getattr(signal, f"SIG{name}"), signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGWINCH, signal.SIGCHLD):
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(self._woken, warn_on_full_buffer=False)

    def _signalled(self) -> None:
        with contextlib.suppress(BlockingIOError):
            for number in os.read(self._wake, 256):
                if number in (signal.SIGTERM, signal.SIGHUP):
                    self._status = 0
                elif number == signal.SIGWINCH and self._visit is not None:
                    with contextlib.suppress(OSError):
                        self._visit.line.send(messages.RESIZED)
                elif number == signal.SIGCHLD:
                    with contextlib.suppress(ChildProcessError):
                        while os.waitpid(-1, os.WNOHANG) != (0, 0):
                            pass

    def _console_says(self, event: int) -> None:
        if event & (select.POLLHUP | select.POLLERR | select.POLLNVAL):
            self._status = 0
            return
        try:
            self._console.flush()
        except OSError:
            self._status = 0

    def _tell_systemd(self, now: float) -> None:
        visit, every = self._visit, self._notify.every
        well = visit is not None and visit.painted and now - visit.heard_at < HEART
        if every and well and now - self._told_at >= every:
            self._told_at = now
            self._notify.alive()


def _seconds(told: bytes) -> float:
    """The seconds that a heartbeat tells; for ever where it tells none."""
    return float(told) if told.isdigit() else float("inf")
