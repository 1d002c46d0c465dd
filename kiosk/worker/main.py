"""The factory's process: wires library, port, app and factory, and decides nothing.

Started by the attendant with the socket of its control as descriptor 3.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import socket
import sys
import traceback
from dataclasses import asdict
from pathlib import Path

from kiosk.cli.main import Request
from kiosk.cli.run import close_environment
from kiosk.core.content import Level
from kiosk.core.events import PinRefused
from kiosk.core.port import VisitController
from kiosk.core.visit import Presentation
from kiosk.errors import raised_at
from kiosk.library.pack.reader import Pack, PackError, open_pack, verified
from kiosk.password_hash import verify_password
from kiosk.serve.forkserver.handle import RESTARTED
from kiosk.serve.forkserver.heartbeat import HEARTBEAT_INTERVAL, Heartbeat
from kiosk.serve.forkserver.sandbox import Sandbox, lacking
from kiosk.serve.forkserver.server import ForkServer, TerminalHandoff, new_loop
from kiosk.serve.forkserver.worker_handle import IDLE_HEARTBEAT_INTERVAL
from kiosk.serve.rlimits import apply_rlimits, data_now
from kiosk.settings.file import find_settings
from kiosk.site.content import (
    StartupError,
    clock,
    library_of,
    open_site,
    pack_of,
    palettes_for,
    settings_of,
    visit_defaults_of,
)
from kiosk.site.stock import file_stamps, shared_store_for
from kiosk.site.visit_options import known_names, visit_defaults_for
from kiosk.worker.warmup import warm_up

CONTROL = 3
"""The descriptor of the factory's control."""
FIRST_BEAT = 1.0
"""Seconds after which a heart is first heard."""
MANY = "-256color"
"""The end of the names of terminals that are drawn on alike."""
USUAL = "xterm-256color"
"""What the template of many wears: nearly all who come have it, or one that is drawn on alike."""
SIZE = (80, 24)
"""What the template is laid out for until it is asked for another size."""


class VisitTemplate:
    """The template of the factory: a composed app without a terminal."""

    def __init__(
        self, pack: Pack, place: Path, request: Request, size: tuple[int, int] | None
    ) -> None:
        from kiosk.terminal.deferred_driver import DeferredDriver
        from kiosk.ui.app import KioskApp, can_colour

        self._is_served = size is not None
        settings = self.settings = settings_of(request.config)
        library = library_of(pack, settings, request.topic)
        may_leave = bool(settings.staff.pin) and not self._is_served
        opening = visit_defaults_of(
            library, request, settings, Presentation.SCREEN, may_leave=may_leave
        )
        self._opening = opening
        self._kept_pin = settings.staff.pin
        self._shelf = shared_store_for(pack, place, settings)
        self._shelf.prepared()  # what every visit would make at its first question
        self._port = VisitController(
            library, opening, clock, self._shelf, self._on_finished, self._check_pin
        )
        plain, complaint = palettes_for(
            pack, request.theme, coloured=False, offered=settings.show.themes
        )
        coloured, _ = palettes_for(pack, request.theme, coloured=True, offered=settings.show.themes)
        self._palettes = {True: coloured, False: plain}
        warm_up(library, opening, self._shelf, coloured[0], clock)
        palettes = self._palettes[can_colour()]
        self._vitals = Heartbeat(
            lambda: self._port.is_resting,
            lambda: self._port.ends_at,
            clock,
            IDLE_HEARTBEAT_INTERVAL if self._is_served else HEARTBEAT_INTERVAL,
        )
        self._languages = library.languages
        self.known = known_names(library, [one.name for one in coloured])
        self._ascii_only = request.ascii_only or settings.screen.ascii
        self._sandbox, self._data = Sandbox(pack.path), data_now()
        self._limits = settings.serve
        self.composed = asyncio.Event()
        self.app = KioskApp(
            self._port,
            palettes,
            may_quit=self._is_served,
            complaint=complaint,
            driver=DeferredDriver,
            size=size or SIZE,
            ascii_only=self._ascii_only,
            on_tick=self._vitals.beat,
            on_rest=self._vitals.beat_idle,
            on_composed=self.composed.set,
        )

    def opened(self) -> None:
        """Give up what neither the factory nor a visit needs; say what cannot be."""
        _complain(self._sandbox.give_up())

    def forked(self) -> None:
        """Give up what a factory needs and a visit does not."""
        self._shelf.forked()
        _complain(self._sandbox.give_up_more())
        if self._is_served:
            apply_rlimits(self._limits, self._data)

    def take(self, given: TerminalHandoff) -> None:
        """Go on with this terminal."""
        os.dup2(1, 2)  # which is nowhere: nothing of a visit reaches the journal
        collect_young_generations()
        opening = visit_defaults_for(given.wants, self._opening, self._languages)
        is_usual = opening == self._opening
        if not is_usual:
            self._port.open_with(opening)
        if opening.manner is Presentation.LINES:
            self._run_line_session(given)
        else:
            self._draw(given, is_usual)

    def _draw(self, given: TerminalHandoff, is_usual: bool) -> None:
        from kiosk.terminal.deferred_driver import DeferredDriver

        dressed = self._set_terminal(given.wants.get("term", ""), given.wants.get("theme", ""))
        edge = self.app.edge
        assert isinstance(edge, DeferredDriver)
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(
            lambda _, context: self._vitals.report_crash(raised_at(context.get("exception")))
        )
        self._vitals.begin(given.lifeline, loop, edge.resized)
        self.app.tick_from_now(FIRST_BEAT)
        edge.on_input = self._on_activity
        as_kept = is_usual and not dressed
        edge.take(given.source, given.sink, self._vitals.report_ready, as_kept=as_kept)

    def _on_activity(self) -> None:
        if self._vitals.record_activity():
            self.app.tick_from_now()  # a heart beats faster where somebody is there

    def _run_line_session(self, given: TerminalHandoff) -> None:
        from kiosk.worker.line_session import run_line_session, use_as_stdio

        use_as_stdio(given.source, given.sink, self._vitals)
        try:
            run_line_session(
                self._port, self._vitals, given.lifeline, clock,
                columns=given.size[0], ascii_only=self._ascii_only,
            )  # fmt: skip
        except Exception as error:
            self._vitals.report_crash(raised_at(error))
        self._vitals.report_exit()

    def _set_terminal(self, term: str, theme: str) -> bool:
        """Wear what another kind of terminal can show, and the theme that was asked for.

        Whether that is anything else than what is worn already.
        """
        worn = os.environ.get("TERM", "")
        if term and term != worn:
            os.environ["TERM"] = term
            os.environ.pop("COLORTERM", None)
        alike = not term or term == worn or (term.endswith(MANY) and worn.endswith(MANY))
        if alike and not theme:
            return False
        from kiosk.ui.app import can_colour

        palettes = self._palettes[can_colour()]
        at = next((i for i, one in enumerate(palettes) if one.name == theme), 0)
        self.app.set_palettes((*palettes[at:], *palettes[:at]))
        return True

    def resize(self, size: tuple[int, int]) -> None:
        """Be laid out for another size."""
        from kiosk.terminal.deferred_driver import DeferredDriver

        edge = self.app.edge
        assert isinstance(edge, DeferredDriver)
        edge.hold(size)

    def stop(self) -> None:
        """Nobody will come."""
        os._exit(0)

    def ended(self) -> None:
        """In a visit: the app has ended by itself, or by a mistake."""
        if self.app.return_code:
            self._vitals.report_crash(self.app.crashed_at)
        if self._is_served:
            self._vitals.report_exit()

    def _check_pin(self, tried: str) -> None:
        """Have the attendant let it be tried, or not: it counts longer than a visit lives."""

        def answered(wait: int) -> None:
            if not wait and verify_password(tried, self._kept_pin):
                self._vitals.report_exit()
            self._port.deliver(PinRefused(wait=wait))

        self._vitals.request_pin_attempt(answered)

    def _on_finished(self) -> None:
        self._vitals.report_finished()


def _complain(lacking: list[str]) -> None:
    for one in lacking:
        print(f"kiosk: a visit could not give up {one}", file=sys.stderr, flush=True)


def collect_young_generations() -> None:
    """Collect garbage, but never all of it while somebody waits for a page."""
    gc.set_threshold(700, 10, 1_000_000)
    gc.enable()


async def _serve(
    control: socket.socket,
    request: Request,
    size: tuple[int, int] | None,
    loop: asyncio.SelectorEventLoop,
) -> None:
    place = open_site(request.content)
    watched = file_stamps(place, find_settings(request.config))
    pack = pack_of(place)
    # the attendant has shown something before: what comes now is a changeover
    opened = verified(pack) if RESTARTED in os.environ else open_pack(pack)
    template = VisitTemplate(opened, place, request, size)
    serving = template.settings.serve
    many = size is not None
    factory = ForkServer(
        control,
        template,
        loop,
        size or SIZE,
        waiting=serving.spare_workers if many else 1,
        fits=not many,
    )
    more = (
        {
            "limits": asdict(serving),
            "ssh": {**asdict(template.settings.ssh), "log_addresses": serving.log_addresses},
            "known": template.known,
        }
        if many
        else {}
    )
    running = asyncio.create_task(template.app.run_async())
    composed = asyncio.create_task(template.composed.wait())
    await asyncio.wait({running, composed}, return_when=asyncio.FIRST_COMPLETED)
    if composed.done():
        factory.open(watched, more)
    await running
    template.ended()


def main(told: str) -> int:
    """Be a factory for the request that `told` encodes, until its control ends."""
    gc.disable()
    close_environment()
    asked = json.loads(told)
    level = Level(asked["level"]) if asked.get("level") else None
    content = Path(asked["content"]) if asked.get("content") else None
    request = Request(
        "run",
        content=content,
        theme=asked.get("theme"),
        level=level,
        topic=asked.get("topic"),
        config=Path(asked["config"]) if asked.get("config") else None,
        ascii_only=bool(asked.get("ascii")),
    )
    for one in lacking():
        print(f"kiosk: a visit cannot give up all that it should. {one}", file=sys.stderr)
    loop = new_loop()
    asyncio.set_event_loop(loop)
    status = 0
    try:
        size = (asked["size"][0], asked["size"][1]) if asked.get("size") else None
        if size is not None:  # the terminal that a house was started from is nobody's
            os.environ["TERM"] = USUAL
            os.environ.pop("COLORTERM", None)
        loop.run_until_complete(_serve(socket.socket(fileno=CONTROL), request, size, loop))
    except (StartupError, PackError) as why:
        print(f"kiosk: {why}", file=sys.stderr, flush=True)
    except BaseException:  # no reader is in this process: a traceback holds nothing of anybody
        traceback.print_exc()
        status = 1
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
