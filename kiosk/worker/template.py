"""The template that workers are forked from: an app with its first page rendered, over an opened
pack. It also applies the sandbox: part of it in the fork server, the rest in each worker.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from collections.abc import Callable
from pathlib import Path

from kiosk.core.events import PinRefused
from kiosk.core.port import VisitController
from kiosk.core.take_home.state import Outlet
from kiosk.core.visit import Presentation
from kiosk.errors import raised_at
from kiosk.fast_dataclass import replace
from kiosk.library.pack.reader import Pack
from kiosk.serve.forkserver.heartbeat import HEARTBEAT_INTERVAL, Heartbeat
from kiosk.serve.forkserver.sandbox import Sandbox
from kiosk.serve.forkserver.server import TerminalHandoff
from kiosk.serve.forkserver.worker_handle import IDLE_HEARTBEAT_INTERVAL
from kiosk.serve.rlimits import apply_rlimits, data_size
from kiosk.site.content import library_of, palettes_for, settings_of, visit_defaults_of
from kiosk.site.request import LaunchOptions
from kiosk.site.store import shared_store_for
from kiosk.site.take_home import outlets_of
from kiosk.site.visit_options import known_names, visit_defaults_for
from kiosk.system.clock import clock
from kiosk.terminal.environment import can_colour
from kiosk.typed_text import is_unicode
from kiosk.window_size import DEFAULT_SIZE
from kiosk.worker.dwell_report import DwellReport
from kiosk.worker.sheet_outlets import LifelineOutlets
from kiosk.worker.usage_observer import UsageObserver, usage_names
from kiosk.worker.warmup import keep_topics, warm_up

FIRST_HEARTBEAT = 1.0
"""Seconds from when a worker gets its terminal to its first heartbeat."""


MANY_COLORS = "-256color"
"""The end of the names of terminals that are drawn on alike."""

logger = logging.getLogger(__name__)


class VisitTemplate:
    """Template that each worker is a fork of: an app with its first page rendered, and no terminal
    yet.

    Args:
        pack: the content, opened as a pack.
        source: where the content is: a pack or a directory.
        launch: options of the site and its visits from the command line.
        size: in a server, the (columns, rows) that the first page is rendered for; None at a
            console, where the terminal's size is followed.
    """

    def __init__(
        self, pack: Pack, source: Path, launch: LaunchOptions, size: tuple[int, int] | None
    ) -> None:
        from kiosk.terminal.deferred_driver import DeferredDriver
        from kiosk.ui.app import KioskApp

        self._is_server = size is not None
        self.pack = pack
        settings = self.settings = settings_of(launch.config)
        library = library_of(pack, settings, launch.topic)
        may_leave = bool(settings.staff.pin) and not self._is_server
        offered = outlets_of(settings, may_print=not self._is_server, may_save=False, draws=True)
        self._defaults = visit_defaults_of(
            library, launch, settings, Presentation.SCREEN, may_leave=may_leave, outlets=offered
        )
        self._is_pin = _pin_verifier(settings.staff.pin) if may_leave else _is_no_pin
        self._store = shared_store_for(pack, source, settings, launch.topic)
        self._store.prepared()  # what each visit would make at its first question
        self._heartbeat = Heartbeat(
            lambda: self._port.is_resting,
            lambda: self._port.ends_at,
            clock,
            IDLE_HEARTBEAT_INTERVAL if self._is_server else HEARTBEAT_INTERVAL,
        )
        self.usage = usage_names(settings, library)
        """Names to keep figures of use with; None where the site has figures switched off."""
        observe = None
        if self.usage is not None:
            self._defaults = replace(self._defaults, is_counted=True)
            names = self.usage
            observe = UsageObserver(
                names["topics"], names["languages"], self._heartbeat.report_count
            )
        self._port = VisitController(
            library, self._defaults, clock, self._store, self._on_finished, self._check_pin,
            LifelineOutlets(self._heartbeat) if Outlet.PRINT in offered else None, observe,
        )  # fmt: skip
        themes = settings.show.themes
        plain, complaint = palettes_for(pack, launch.theme, coloured=False, offered=themes)
        colored, _ = palettes_for(pack, launch.theme, coloured=True, offered=themes)
        self._palettes = {True: colored, False: plain}
        keep_topics(library, self._defaults.language, self._store)
        self._library = library
        self._fillers: list[object] = []
        self._languages = library.languages
        self.known = known_names(library, [palette.name for palette in colored])
        self._ascii_only = (
            launch.ascii_only or settings.screen.ascii or not is_unicode(launch.encoding)
        )
        self._sandbox, self._data_size = Sandbox(pack.path), data_size()
        self._limits = settings.serve
        self.rendered = asyncio.Event()
        """Set when workers can be forked."""
        self.app = KioskApp(
            self._port,
            self._palettes[can_colour()],
            may_quit=self._is_server,
            complaint=complaint,
            driver=DeferredDriver,
            size=size or DEFAULT_SIZE,
            ascii_only=self._ascii_only,
            encoding=launch.encoding,
            on_tick=self._heartbeat.beat,
            on_rest=self._heartbeat.beat_idle,
            on_composed=self.rendered.set,
        )

    async def warm_up(self) -> None:
        """Drive a throw-away visit through a few pages, so that workers share the caches and code
        that it uses. It is not counted in figures of use, and its cautions do not make it wait.
        """
        at_once = replace(self._defaults, pace=replace(self._defaults.pace, seen=0.0))
        # What is new or recalled meanwhile stays for the template to notice.
        port = VisitController(self._library, at_once, clock, self._store.unchanging())
        self._fillers = await warm_up(port, self._palettes[True], is_shared=self._is_server)

    def before_fork(self) -> None:
        """In the fork server: give up the rights that no worker needs, and stop the app's ticks.

        What cannot be given up is logged. A tick would write to 2 MiB of memory that workers else
        share; ticks begin again in `run()`.
        """
        self.app.stop_ticking()
        _log_missing(self._sandbox.give_up())

    def after_fork(self) -> None:
        """In a new worker: give up the rights that only a fork server needs, such as to fork.

        In a server, limits of memory and processor time are set, too.
        """
        self._store.forked()
        _log_missing(self._sandbox.give_up_more())
        if self._is_server:
            apply_rlimits(self._limits, self._data_size)

    def run(self, handoff: TerminalHandoff) -> None:
        """In a worker: run a visit at a terminal, drawn or line by line as its options say.

        A drawn visit goes on in the event loop after this returns; one line by line ends the
        worker's process.
        """
        os.dup2(1, 2)  # to /dev/null: nothing of a visit reaches the journal
        self._store.on_fault = self._heartbeat.report_fault
        collect_young_generations()
        defaults = visit_defaults_for(handoff.options, self._defaults, self._languages)
        is_default = defaults == self._defaults
        kept_page = self._port.page
        if self._store.is_due():  # nothing that went while this process waited is shown
            self._port.tick()
        if not is_default:
            self._port.open_with(defaults)
        if self._is_server:
            self._port.on_change(DwellReport(self._port, self._heartbeat.report_dwell))
        if defaults.presentation is Presentation.LINES:
            self._run_line_session(handoff)
        else:
            self._draw(handoff, is_as_kept=is_default and self._port.page is kept_page)

    def _draw(self, handoff: TerminalHandoff, *, is_as_kept: bool) -> None:
        from kiosk.terminal.deferred_driver import DeferredDriver

        has_changed = self._set_terminal(handoff.term, handoff.options.get("theme", ""))
        edge = self.app.edge
        assert isinstance(edge, DeferredDriver)
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(
            lambda _, context: self._heartbeat.report_crash(raised_at(context.get("exception")))
        )
        self._heartbeat.begin(handoff.lifeline, loop, edge.window_changed)
        self.app.tick_from_now(FIRST_HEARTBEAT)
        edge.on_input = self._on_activity
        edge.take(
            handoff.source,
            handoff.sink,
            self._heartbeat.report_ready,
            as_kept=is_as_kept and not has_changed,
        )

    def _on_activity(self) -> None:
        if self._heartbeat.record_activity():
            self.app.tick_from_now()  # heartbeats are more frequent where somebody is there

    def _run_line_session(self, handoff: TerminalHandoff) -> None:
        from kiosk.worker.line_session import run_line_session, use_as_stdio

        use_as_stdio(handoff.source, handoff.sink, self._heartbeat)
        try:
            run_line_session(
                self._port, self._heartbeat, handoff.lifeline, clock,
                columns=handoff.size[0], ascii_only=self._ascii_only,
            )  # fmt: skip
        except Exception as error:
            self._heartbeat.report_crash(raised_at(error))
        self._heartbeat.report_exit()

    def _set_terminal(self, term: str, theme: str) -> bool:
        """Draw for the kind of terminal there is, in the theme that was asked for.

        Returns whether that differs from what the template is rendered for.
        """
        current = os.environ.get("TERM", "")
        if term and term != current:
            os.environ["TERM"] = term
            os.environ.pop("COLORTERM", None)
        is_alike = not term or term == current
        is_alike |= term.endswith(MANY_COLORS) and current.endswith(MANY_COLORS)
        if is_alike and not theme:
            return False
        palettes = self._palettes[can_colour()]
        start = next((i for i, palette in enumerate(palettes) if palette.name == theme), 0)
        self.app.set_palettes((*palettes[start:], *palettes[:start]))
        return True

    def resize(self, size: tuple[int, int]) -> None:
        """Lay the app out again, in the fork server, for a terminal of `size` (columns, rows)."""
        from kiosk.terminal.deferred_driver import DeferredDriver

        edge = self.app.edge
        assert isinstance(edge, DeferredDriver)
        edge.lay_out(size)

    def stop(self) -> None:
        """In the fork server, when no more workers are wanted: end this process at once, with
        status 0.
        """
        os._exit(0)

    def after_app(self) -> None:
        """To be called when the app has ended: report on the lifeline that it crashed, or, in a
        server, that the visitor left.

        Each report ends the process; where there is nothing to report, this returns.
        """
        if self.app.return_code:
            self._heartbeat.report_crash(self.app.crashed_at)
        if self._is_server:
            self._heartbeat.report_exit()

    def _check_pin(self, pin: str) -> None:
        """Try a PIN, if the supervisor allows it: it counts longer than a visit lives."""

        def on_answer(wait: int) -> None:
            if not wait and self._is_pin(pin):
                self._heartbeat.report_exit()
            self._port.deliver(PinRefused(wait=wait))

        self._heartbeat.request_pin_attempt(on_answer)

    def _on_finished(self) -> None:
        self._heartbeat.report_finished()


def _pin_verifier(pin_hash: str) -> Callable[[str], bool]:
    """Return a function that verifies a PIN; loads OpenSSL, so it is for sites with a PIN only."""
    from kiosk.password_hash import verify_password

    return lambda pin: verify_password(pin, pin_hash)


def _is_no_pin(_: str) -> bool:
    return False


def _log_missing(reasons: list[str]) -> None:
    for reason in reasons:
        logger.warning("a worker could not give up %s", reason)


def collect_young_generations() -> None:
    """Turn Python's garbage collection on for young objects. A collection of all objects, which
    would delay a page, in effect never comes.
    """
    gc.set_threshold(700, 10, 1_000_000)
    gc.enable()
