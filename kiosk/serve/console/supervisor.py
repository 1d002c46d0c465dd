"""The attendant of an unattended kiosk: it owns the terminal, and every visit is a new process.

Its rules:

1.  Whatever ends a visit (its reader, the clock, a crash, a hang, new content) is followed by the
    same four steps: the process is killed, the terminal is wiped, what was typed is dropped, the
    next visit, which waits already, is given the terminal.
2.  It never draws a page of content and never reads a key: it holds no word of a visitor.
3.  A visit whose heart is not heard, or that outlives its own deadline, is killed: the third of
    three means against a page that stands for ever.
4.  Changed content is read by a second factory. The first serves until that one is ready, and goes
    on where it is not: the last good content stays.
5.  After `FAST_FAILURES` in a row it shows a line of its own, and keeps trying, more slowly.
6.  systemd hears that all is well only while a heart beats.
7.  Who dies: a visit with its terminal, or when the attendant closes its lifeline; a factory with
    the attendant. A visit outlives its factory.

Standard library only, and little of it: it must be small, and have nothing to fail with.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from collections.abc import Callable

from kiosk import fallback_messages
from kiosk.serve import protocol
from kiosk.serve.console.pin_throttle import PinThrottle
from kiosk.serve.console.tty import Tty
from kiosk.serve.forkserver.handle import ForkServerHandle
from kiosk.serve.forkserver.worker_handle import WorkerHandle
from kiosk.serve.systemd import SystemdNotifier

FAST_FAILURES = 5
"""Visits that crashed or painted nothing, and factories that were not ready, in a row."""
YOUNG_DEATHS = 10
"""Visits in a row that died as soon as they had painted, untouched: then they count as failures."""
SLOWEST = 30.0
"""Seconds between two attempts, at most."""
LEFT_BY_STAFF = 3
"""Exit status after staff ended it; systemd does not restart that."""
IGNORED = ("INT", "QUIT", "TSTP", "TTIN", "TTOU", "USR1", "USR2", "ALRM", "IO", "VTALRM", "PIPE")


class ConsoleSupervisor:
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
        console: Tty,
        spawn: Callable[[socket.socket], int],
        clock: Callable[[], float],
        notify: SystemdNotifier,
        log: Callable[[str], None],
    ) -> None:
        self._console = console
        self._spawn = spawn
        self._clock = clock
        self._notify = notify
        self._log = log
        self._works: ForkServerHandle | None = None
        """The factory that serves."""
        self._next: ForkServerHandle | None = None
        """One that reads changed content."""
        self._visit: WorkerHandle | None = None
        self._failures = 0
        self._died_young = 0
        self._not_before = 0.0
        self._shows_line = False
        self._stale = False
        """Whether the visit on the terminal is of a factory that was replaced."""
        self._told_at = 0.0
        self._patience = PinThrottle()
        self._status: int | None = None
        self._wake, self._woken = os.pipe()
        for end in (self._wake, self._woken):
            os.set_blocking(end, False)

    def run(self) -> int:
        """Attend until somebody ends it; the exit status."""
        self._listen_to_signals()
        self._console.wipe()
        while self._status is None:
            self._run_once()
            self._wait()
        self._notify.stopping()
        if self._visit is not None:
            self._visit.end()
        for works in (self._works, self._next):
            if works is not None:
                works.close()
        self._console.restore()
        return self._status

    # -- what is to be done now

    def _run_once(self) -> None:
        now = self._clock()
        if self._works is None and now >= self._not_before:
            self._works = self._start()
        for works in (self._works, self._next):
            if works is not None and works.is_late(now):
                self._fork_server_lost(works)
        visit = self._visit
        if visit is None:
            self._request_worker(now)
        elif complaint := visit.health_problem(now):
            self._ended(complaint)
        elif (visit.resting and self._stale) or visit.has_exited_by_request(now):
            visit.over = True
            self._ended("")
        self._notify_systemd(now)

    def _wait(self) -> None:
        """Until something is heard, or at most a second."""
        heard: dict[int, Callable[[int], None]] = {
            self._wake: self._signalled,
            self._console.fileno(): self._console_event,
        }
        poll = select.poll()
        poll.register(self._console, select.POLLOUT if self._console.waits else 0)
        for works in (self._works, self._next):
            if works is not None:
                heard[works.control.fileno()] = lambda _, one=works: self._fork_server_message(one)  # type: ignore[misc]
        if self._visit is not None:
            heard[self._visit.line.fileno()] = lambda _: self._worker_message()
            heard[self._visit.pidfd] = lambda _: self._died()
        for descriptor in heard:
            if descriptor != self._console.fileno():
                poll.register(descriptor, select.POLLIN)
        for descriptor, event in poll.poll(self._until_next_look())[:1]:
            heard[descriptor](event)

    def _until_next_look(self) -> float:
        """Milliseconds after which to look again though nothing was heard."""
        if self._visit is not None and self._visit.painted:
            return 5000.0
        return 100.0 if self._failures else 1000.0

    # -- factories

    def _start(self) -> ForkServerHandle | None:
        try:
            return ForkServerHandle(self._spawn, self._clock())
        except OSError as error:
            self._failed(f"no factory could be started: {error.strerror}")
            return None

    def _fork_server_message(self, works: ForkServerHandle) -> None:
        try:
            pidfd = works.receive()
        except EOFError:
            self._fork_server_lost(works)
            return
        if pidfd is not None and (works.asked is None or self._visit is not None):
            os.close(pidfd)
        elif pidfd is not None and works.asked is not None:
            self._visit = WorkerHandle(works.asked, pidfd, self._clock())
            works.asked, self._shows_line, self._stale = None, False, False
        elif works is self._next and works.is_ready:
            self._log("content or settings have changed")
            if self._works is not None:
                self._works.close()
            self._works, self._next = works, None
            self._stale = self._visit is not None

    def _fork_server_lost(self, works: ForkServerHandle) -> None:
        """A factory has died, or is late."""
        works.close()
        if works is self._next:
            self._next = None
            self._log("changed content or settings cannot be used; going on with those before")
        else:
            self._works = None
            if not works.has_served:
                self._failed("a factory was not ready")

    def _renew_if_changed(self) -> None:
        if self._works is not None and self._next is None and self._works.has_changed:
            seen = self._works.current_stamps()
            self._next = self._start()
            if self._next is not None:
                self._works.mark_seen(seen)

    # -- the visit

    def _request_worker(self, now: float) -> None:
        works = self._works
        if works is None or not works.is_ready or works.asked is not None:
            return
        if now < self._not_before or self._console.waits:
            return
        self._console.drop_input()
        try:
            works.request_worker(self._console.descriptor, self._console.size(), now)
        except OSError:
            self._fork_server_lost(works)

    def _worker_message(self) -> None:
        visit, now = self._visit, self._clock()
        assert visit is not None
        kind, more = visit.receive(now)
        if not kind or visit.over:
            self._died()
        elif kind == protocol.READY:
            self._notify.ready()
        elif kind == protocol.CRASHED:
            self._log(f"a visit crashed: {more[:100].decode('ascii', 'replace')}")
        elif kind == protocol.EXIT and self._patience.may_leave(now):
            self._log("staff ended the kiosk")
            self._status = LEFT_BY_STAFF
        elif kind == protocol.PIN_REQUEST:
            wait = self._patience.request_attempt(now)
            visit.send(
                protocol.PIN_WAIT + str(int(wait) + 1).encode() if wait else protocol.PIN_ALLOWED
            )
        elif kind == protocol.HEARTBEAT_IDLE:
            self._renew_if_changed()

    def _died(self) -> None:
        visit = self._visit
        assert visit is not None
        visit.receive(self._clock())
        self._ended("" if visit.over else "a visit died")

    def _ended(self, why: str) -> None:
        """Kill, wipe, drop: then the next may come."""
        visit, self._visit = self._visit, None
        assert visit is not None
        visit.end()
        self._console.wipe()
        if why:
            self._log(why)
        young = not visit.over and visit.crashed_on_start(self._clock())
        self._died_young = self._died_young + 1 if young else 0
        if visit.painted and not visit.crashed and self._died_young < YOUNG_DEATHS:
            self._failures, self._not_before = 0, 0.0
        else:
            self._failed("")
        self._renew_if_changed()

    def _failed(self, why: str) -> None:
        if why:
            self._log(why)
        self._failures += 1
        slow = max(0, self._failures - FAST_FAILURES)
        pause = min(SLOWEST, 0.5 * 2.0**slow) if slow else 0.1 * (self._failures - 1)
        self._not_before = self._clock() + pause
        if self._failures >= FAST_FAILURES and self._visit is None and not self._shows_line:
            self._log("nothing can be shown; trying on, more slowly")
            self._console.say(fallback_messages.ASK_STAFF)
            self._shows_line = True

    # -- the world

    def _listen_to_signals(self) -> None:
        for name in IGNORED:
            signal.signal(getattr(signal, f"SIG{name}"), signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGWINCH, signal.SIGCHLD):
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(self._woken, warn_on_full_buffer=False)

    def _signalled(self, _: int) -> None:
        with contextlib.suppress(BlockingIOError):
            for number in os.read(self._wake, 256):
                if number in (signal.SIGTERM, signal.SIGHUP):
                    self._status = 0
                elif number == signal.SIGWINCH and self._visit is not None:
                    self._visit.send(protocol.RESIZED)
                elif number == signal.SIGCHLD:
                    with contextlib.suppress(ChildProcessError):
                        while os.waitpid(-1, os.WNOHANG) != (0, 0):
                            pass

    def _console_event(self, event: int) -> None:
        if event & (select.POLLHUP | select.POLLERR | select.POLLNVAL):
            self._status = 0
            return
        try:
            self._console.flush()
        except OSError:
            self._status = 0

    def _notify_systemd(self, now: float) -> None:
        every = self._notify.every
        well = self._visit is not None and self._visit.is_healthy(now)
        if every and well and now - self._told_at >= every:
            self._told_at = now
            self._notify.alive()
