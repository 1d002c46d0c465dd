"""The console supervisor: it owns one unattended terminal, and runs each visit in a new worker.

Its rules:

1.  Whatever ends a visit (its reader, the clock, a crash, a hang, new content) is followed by the
    same four steps: the worker is killed, the terminal is wiped, typed input is dropped, and the
    next worker, which is already forked, is given the terminal.
2.  The supervisor draws no page of content and reads no key: it never has a visitor's words.
3.  A worker that sends no heartbeat, or outlives the deadline of its visit, is killed, so that
    no page of a visit stays on the screen for ever.
4.  A second fork server reads changed content. The first one serves until the second is ready, and
    goes on if that fails: the last good content stays.
5.  After five failures in a row it shows a line that says to ask staff, and tries more slowly.
6.  systemd's watchdog is told that all is well only while the worker sends heartbeats.
7.  A worker ends with its terminal, or when the supervisor closes its lifeline; a fork server ends
    with the supervisor. A worker with a terminal outlives its fork server.

It imports little of the standard library: it must be small, and little in it may fail.
"""

from __future__ import annotations

import os
import select
import signal
import socket
from collections.abc import Callable
from functools import partial

from kiosk import fallback_messages
from kiosk.serve import protocol
from kiosk.serve.console.backoff import Backoff
from kiosk.serve.console.pin_throttle import PinThrottle
from kiosk.serve.console.report import ConsoleReport
from kiosk.serve.console.sheet_printer import SheetPrinter
from kiosk.serve.console.signals import SignalPipe
from kiosk.serve.console.tty import Tty
from kiosk.serve.forkserver.handle import ForkServerHandle
from kiosk.serve.forkserver.worker_handle import WorkerHandle
from kiosk.serve.spawn import reap_children
from kiosk.serve.systemd import SystemdNotifier
from kiosk.system.processes import LEFT_BY_STAFF

EARLY_DEATHS = 10
"""Workers in a row that died just after their first page, untouched; then they are failures."""
WHEN_IDLE = signal.SIGUSR1
"""The signal to end as soon as nobody is reading: systemd then starts what is installed now."""
SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGWINCH, signal.SIGCHLD, WHEN_IDLE)


class ConsoleSupervisor:
    """Runs one visit after another on the terminal `console`, each in a worker of a fork server.

    Args:
        console: the unattended terminal.
        spawn: starts a fork server with the given control socket; returns its process id.
        clock: returns seconds, on a clock that also runs while the machine sleeps.
        notifier: tells systemd that the service is ready, and well.
        log: writes a line, never with a visitor's words, to the journal; it must ignore an empty
            one.
        report: counts visits, and answers `kiosk status`.
        printer: prints the sheets that workers hand over.
    """

    def __init__(
        self,
        console: Tty,
        spawn: Callable[[socket.socket], int],
        clock: Callable[[], float],
        notifier: SystemdNotifier,
        log: Callable[[str], None],
        report: ConsoleReport,
        printer: SheetPrinter,
    ) -> None:
        self._console = console
        self._spawn = spawn
        self._clock = clock
        self._notifier = notifier
        self._log = log
        self._report = report
        self._printer = printer
        self._forkserver: ForkServerHandle | None = None
        """The fork server that serves."""
        self._next: ForkServerHandle | None = None
        """The fork server that will replace it: it reads changed content."""
        self._worker: WorkerHandle | None = None
        self._backoff = Backoff()
        self._early_deaths = 0
        self._shows_message = False
        self._is_stale = False
        """True if the worker on the terminal is of a fork server that was replaced."""
        self._notified_at = 0.0
        self._pin_throttle = PinThrottle()
        self._exit_status: int | None = None
        self._ends_when_idle = False
        self._signals = SignalPipe()

    def run(self) -> int:
        """Run visits until a signal or staff end it, or the terminal is gone; return the exit
        status: 0, or LEFT_BY_STAFF if staff ended it with the PIN.
        """
        self._signals.listen(SIGNALS)
        self._console.wipe()
        while self._exit_status is None:
            self._check()
            self._wait()
        self._notifier.stopping()
        if self._worker is not None:
            self._worker.kill_and_wait()
            if self._worker.was_active and self._exit_status != LEFT_BY_STAFF:
                self._report.visit_ended(self._worker.tally, "", self._clock())
        for forkserver in filter(None, (self._forkserver, self._next)):
            forkserver.close()
        self._report.close()
        self._console.restore()
        return self._exit_status

    def _check(self) -> None:
        now = self._clock()
        if self._forkserver is None and self._backoff.may_try(now):
            self._forkserver = self._start()
        for forkserver in (self._forkserver, self._next):
            if forkserver is not None and forkserver.is_late(now):
                self._forkserver_lost(forkserver)
        worker = self._worker
        if self._ends_when_idle and (worker is None or worker.is_idle):
            self._exit_status = 0
        elif worker is None:
            self._request_worker(now)
        elif problem := worker.health_problem(now):
            self._replace_worker(problem)
        elif (worker.is_idle and self._is_stale) or worker.has_left_welcome(now):
            worker.is_finished = True
            self._replace_worker("")
        self._notify_systemd(now)

    def _wait(self) -> None:
        """Wait until something happens, and handle it; or until it is time to check again."""
        handlers: dict[int, Callable[[int], None]] = {self._signals.fileno(): self._on_signal}
        if self._report.fileno() >= 0:
            handlers[self._report.fileno()] = self._on_status_request
        poll = select.poll()
        poll.register(self._console, select.POLLOUT if self._console.is_behind else 0)
        for forkserver in filter(None, (self._forkserver, self._next)):
            handlers[forkserver.control.fileno()] = partial(self._on_forkserver_message, forkserver)
        if self._worker is not None:
            handlers[self._worker.lifeline.fileno()] = lambda _: self._on_worker_message()
            handlers[self._worker.pidfd] = lambda _: self._worker_died()
        handlers |= self._printer.handlers()
        for descriptor in handlers:
            poll.register(descriptor, select.POLLIN)
        handlers[self._console.fileno()] = self._on_console_event
        for descriptor, event in poll.poll(self._poll_timeout())[:1]:
            handlers[descriptor](event)

    def _poll_timeout(self) -> float:
        """Return the milliseconds after which to check again though nothing happened."""
        if self._worker is not None and self._worker.is_ready:
            return 5000.0
        return 100.0 if self._backoff.failures else 1000.0

    def _start(self) -> ForkServerHandle | None:
        try:
            return ForkServerHandle(self._spawn, self._clock())
        except OSError as error:
            self._failed(f"no fork server could be started: {error.strerror}")
            return None

    def _on_forkserver_message(self, forkserver: ForkServerHandle, _: int) -> None:
        try:
            pidfd = forkserver.receive()
        except EOFError:
            self._forkserver_lost(forkserver)
            return
        if pidfd is not None and (forkserver.requested is None or self._worker is not None):
            os.close(pidfd)
        elif pidfd is not None and forkserver.requested is not None:
            self._worker = WorkerHandle(forkserver.requested, pidfd, self._clock())
            forkserver.requested, self._shows_message, self._is_stale = None, False, False
        elif forkserver is self._next and forkserver.is_ready:
            self._log("content or settings have changed")
            self._report.content_read(forkserver.settings, self._clock())
            if self._forkserver is not None:
                self._forkserver.close()
            self._forkserver, self._next = forkserver, None
            self._is_stale = self._worker is not None
        elif forkserver is self._forkserver and forkserver.is_ready:
            self._report.content_read(forkserver.settings, self._clock())

    def _forkserver_lost(self, forkserver: ForkServerHandle) -> None:
        """Drop a fork server that has died or is late."""
        forkserver.close()
        self._report.content_refused(self._clock())
        if forkserver is self._next:
            self._next = None
            self._log("changed content or settings cannot be used; going on with those before")
        else:
            self._forkserver = None
            if not forkserver.has_served:
                self._failed("a fork server was not ready")

    def _renew_if_changed(self) -> None:
        if self._forkserver is not None and self._next is None and self._forkserver.has_changed:
            stamp = self._forkserver.current_stamps()
            self._next = self._start()
            if self._next is not None:
                self._forkserver.mark_seen(stamp)

    def _request_worker(self, now: float) -> None:
        forkserver = self._forkserver
        if forkserver is None or not forkserver.is_ready or forkserver.requested is not None:
            return
        if not self._backoff.may_try(now) or self._console.is_behind:
            return
        self._console.drop_input()
        try:
            forkserver.request_worker(self._console.descriptor, self._console.size(), now)
        except OSError:
            self._forkserver_lost(forkserver)

    def _on_worker_message(self) -> None:
        worker, now = self._worker, self._clock()
        assert worker is not None
        kind, rest = worker.receive(now)
        if not kind or worker.is_finished:
            self._worker_died()
        elif kind == protocol.READY:
            self._notifier.ready()
            self._report.opened()
        elif worker.report:
            self._log(worker.report)
        elif kind == protocol.EXIT and self._pin_throttle.may_leave(now):
            self._log("staff ended the kiosk")
            self._exit_status = LEFT_BY_STAFF
        elif kind == protocol.PIN_REQUEST:
            worker.send(self._pin_throttle.answer(now))
        elif kind == protocol.SHEET:
            self._printer.print(rest, worker.take_descriptor(), now, worker.send)
        elif kind == protocol.HEARTBEAT_IDLE:
            self._renew_if_changed()

    def _worker_died(self) -> None:
        worker = self._worker
        assert worker is not None
        worker.receive(self._clock())
        self._replace_worker("" if worker.is_finished else "a worker died")

    def _replace_worker(self, reason: str) -> None:
        """Kill the worker, wipe the terminal and drop input; then the next may come."""
        worker, self._worker = self._worker, None
        assert worker is not None
        worker.kill_and_wait()
        self._console.wipe()
        if worker.was_active or reason:
            self._report.visit_ended(worker.tally, reason, self._clock())
        self._log(reason)
        is_early = not worker.is_finished and worker.crashed_on_start(self._clock())
        self._early_deaths = self._early_deaths + 1 if is_early else 0
        if worker.is_ready and not worker.has_crashed and self._early_deaths < EARLY_DEATHS:
            self._backoff.succeeded()
        else:
            self._failed("")
        self._renew_if_changed()

    def _failed(self, reason: str) -> None:
        self._log(reason)
        self._backoff.failed(self._clock())
        if self._backoff.is_slow and self._worker is None and not self._shows_message:
            self._log("nothing can be shown; trying again, more slowly")
            self._console.say(fallback_messages.ASK_STAFF)
            self._shows_message = True

    def _on_signal(self, _: int) -> None:
        for number in self._signals.received():
            if number in (signal.SIGTERM, signal.SIGHUP):
                self._exit_status = 0
            elif number == WHEN_IDLE:
                self._ends_when_idle = True
            elif number == signal.SIGWINCH and self._worker is not None:
                self._worker.send(protocol.RESIZED)
            elif number == signal.SIGCHLD:
                reap_children()

    def _on_status_request(self, _: int) -> None:
        self._report.answer(self._worker, self._backoff.failures, self._clock())

    def _on_console_event(self, event: int) -> None:
        try:
            if event & (select.POLLHUP | select.POLLERR | select.POLLNVAL):
                raise OSError
            self._console.flush()
        except OSError:
            self._exit_status = 0

    def _notify_systemd(self, now: float) -> None:
        every = self._notifier.every
        is_well = self._worker is not None and self._worker.is_healthy(now)
        if every and is_well and now - self._notified_at >= every:
            self._notified_at = now
            self._notifier.alive()
