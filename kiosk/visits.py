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
from pathlib import Path

from kiosk.command_line import Request
from kiosk.core.content import Level
from kiosk.core.events import ChoseLanguage, PinRefused
from kiosk.core.port import LivePort
from kiosk.core.visit import Manner
from kiosk.launch import close_environment
from kiosk.library.pack import OpenPack, Unreadable, open_pack, verified
from kiosk.library.recalls import beside
from kiosk.library.settings_file import find_settings
from kiosk.pin import fits
from kiosk.place import (
    Declined,
    clock,
    library_of,
    opening_of,
    pack_of,
    palettes_for,
    place_of,
    settings_of,
)
from kiosk.serve.factory import Factory, Handover, new_loop
from kiosk.serve.sandbox import give_up, lacking
from kiosk.serve.vitals import Vitals
from kiosk.serve.works import AGAIN, stamp
from kiosk.stock import forked_shelf_of
from kiosk.whereabouts import INSTALLED

CONTROL = 3
"""The descriptor of the factory's control."""
MOST_WATCHED = 300
"""Files of a content directory that are watched; a pack is one."""
SIZE = (80, 24)
"""What the template is laid out for until it is asked for another size."""


class WarmVisit:
    """The template of the factory: a composed app without a terminal."""

    def __init__(self, pack: OpenPack, place: Path, request: Request) -> None:
        from kiosk.terminal.held import HeldDriver
        from kiosk.ui.app import KioskApp, can_colour

        settings = settings_of(request.config)
        library = library_of(pack, settings, request.topic)
        opening = opening_of(
            library, request, settings, Manner.SCREEN, may_leave=bool(settings.pin)
        )
        self._kept_pin = settings.pin
        self._shelf = forked_shelf_of(pack, place, settings)
        self._shelf.prepared()  # what every visit would make at its first question
        self._port = LivePort(library, opening, clock, self._shelf, self._over, self._check_pin)
        plain, complaint = palettes_for(
            pack, request.theme, coloured=False, offered=settings.themes
        )
        coloured, _ = palettes_for(pack, request.theme, coloured=True, offered=settings.themes)
        self._palettes = {True: coloured, False: plain}
        palettes = self._palettes[can_colour()]
        self._vitals = Vitals(
            lambda: self._port.is_resting, lambda: self._port.ends_at, clock
        )  # fmt: skip
        self.composed = asyncio.Event()
        self.app = KioskApp(
            self._port,
            palettes,
            may_quit=False,
            complaint=complaint,
            driver=HeldDriver,
            size=SIZE,
            ascii_only=request.ascii_only or settings.ascii_only,
            on_tick=self._vitals.beat,
            on_composed=self.composed.set,
        )

    def take(self, given: Handover) -> None:
        """Go on with this terminal."""
        from kiosk.terminal.held import HeldDriver

        self._shelf.forked()
        for one in give_up():
            print(f"kiosk: a visit could not give up {one}", file=sys.stderr, flush=True)
        os.dup2(1, 2)  # which is nowhere: nothing of a visit reaches the journal
        gc.enable()
        self._meet(given)
        edge = self.app.edge
        assert isinstance(edge, HeldDriver)
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda *_: self._vitals.crashed("in the loop"))
        self._vitals.begin(given.lifeline, loop, edge.resized)
        edge.on_input = self._vitals.stirred
        edge.take(
            given.source, given.sink, lambda: self.app.call_after_refresh(self._vitals.painted)
        )

    def _meet(self, given: Handover) -> None:
        """Wear what another kind of terminal can show, and speak another language."""
        if given.language and self._port.page.language != given.language:
            self._port.deliver(ChoseLanguage(language=given.language))
        if given.term and given.term != os.environ.get("TERM"):
            os.environ["TERM"] = given.term
            os.environ.pop("COLORTERM", None)
            from kiosk.ui.app import can_colour

            self.app.wear(self._palettes[can_colour()])

    def resize(self, size: tuple[int, int]) -> None:
        """Be laid out for another size."""
        from kiosk.terminal.held import HeldDriver

        edge = self.app.edge
        assert isinstance(edge, HeldDriver)
        edge.hold(size)

    def stop(self) -> None:
        """Nobody will come."""
        os._exit(0)

    def ended(self) -> None:
        """In a visit: the app has ended by itself, or by a mistake."""
        if self.app.return_code:
            self._vitals.crashed(self.app.crashed_at)

    def _check_pin(self, tried: str) -> None:
        """Have the attendant let it be tried, or not: it counts longer than a visit lives."""

        def answered(wait: int) -> None:
            if not wait and fits(tried, self._kept_pin):
                self._vitals.leave()
            self._port.deliver(PinRefused(wait=wait))

        self._vitals.may_i(answered)

    def _over(self) -> None:
        self._vitals.over()


def stamped(place: Path, settings: Path | None) -> list[list[str | int]]:
    """The files that are about to be read, each with what tells that it has changed since."""
    inner = sorted(place.rglob("*"))[:MOST_WATCHED] if place.is_dir() else []
    # what is not there yet is watched, too: a first recall, a first library of this machine
    files = [place, beside(place), INSTALLED, *inner, *([settings] if settings else [])]
    return [[str(one), *stamp(str(one))] for one in files]


async def _serve(control: socket.socket, request: Request, loop: asyncio.SelectorEventLoop) -> None:
    place = place_of(request.content)
    watched = stamped(place, find_settings(request.config))
    pack = pack_of(place)
    # the attendant has shown something before: what comes now is a changeover
    opened = verified(pack) if AGAIN in os.environ else open_pack(pack)
    template = WarmVisit(opened, place, request)
    factory = Factory(control, template, loop, SIZE)
    running = asyncio.create_task(template.app.run_async())
    composed = asyncio.create_task(template.composed.wait())
    await asyncio.wait({running, composed}, return_when=asyncio.FIRST_COMPLETED)
    if composed.done():
        factory.open(watched)
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
    try:
        loop.run_until_complete(_serve(socket.socket(fileno=CONTROL), request, loop))
    except (Declined, Unreadable) as why:
        print(f"kiosk: {why}", file=sys.stderr, flush=True)
    finally:
        os._exit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
